package bpfmc.explorer.verdict;

/** What a reachable state shows: a fault, or a place beyond which nothing can be said. */
public sealed interface Observation permits Finding, Gap {}
