package bpfmc.explorer.verdict;

import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** All ways in which a scenario can leave the maps. @param unfinished why there may be more */
public record FinalStates(ImmutableList<FinalState> states, Optional<Reason> unfinished) {}
