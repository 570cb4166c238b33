package bpfmc.explorer.verdict;

import bpfmc.explorer.verdict.Verdict.Reason;
import org.eclipse.collections.api.list.ImmutableList;

/** All ways in which a scenario can leave the maps. @param unfinished why there may be more; empty when these are all */
public record FinalStates(ImmutableList<FinalState> states, ImmutableList<Reason> unfinished) {}
