package bpfmc.model.step;

/** What an access says of the order of other accesses around it (the instruction set, RFC 9669, and Linux's memory model of BPF). */
public enum MemoryOrder {
    /** Nothing. */
    PLAIN,
    /** Nothing, but it is indivisible: an atomic that does not fetch. */
    RELAXED,
    /** Nothing after it comes before it. */
    ACQUIRE,
    /** Nothing before it comes after it. */
    RELEASE,
    /** Both: an atomic that fetches. A compare-and-exchange that fails is no more than a load, but on x86. */
    FULL
}
