package bpfmc.explorer.search;

/** Which states a search stores. It looks at all of them. */
public enum Keep {
    /** Every one. */
    ALL,
    /** Those with one successor only where something led to them by a choice: chains of steps without a choice are run through. */
    BRANCHING
}
