package bpfmc.model.step;

/** What memory promises to several CPUs. */
public enum Consistency {
    /** Sequential consistency: every access is seen by all at once, in the order of each program. */
    SEQUENTIAL,
    /** x86's total store order: a plain store is seen by its own CPU first, by all others later, in order. */
    TOTAL_STORE_ORDER
}
