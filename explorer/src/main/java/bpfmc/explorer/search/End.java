package bpfmc.explorer.search;

/** How a search ended. */
public sealed interface End permits Finished, LimitReached {}
