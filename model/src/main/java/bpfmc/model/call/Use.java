package bpfmc.model.call;

/** What a call may do, whatever its arguments are: what the static analyses ask of a {@link CallFamily}. */
public enum Use {
    /** It may find the address of a map value, and hand it to the program or to a callback. */
    FINDS_ELEMENT,
    /** Its result is such an address, or 0, and nothing else. */
    RETURNS_ELEMENT,
    /** It may bind a key that an earlier lookup has missed. */
    UPDATES,
    /** It may change which keys find which elements, or keep others from it. */
    REBINDS,
    /** It reads a clock. */
    READS_CLOCK,
    /** It tells the number of the CPU that the program runs on. */
    TELLS_OWN_CPU,
    /** It names other CPUs by their numbers. */
    NAMES_CPUS,
    /** It tells of the running task, or finds a value that belongs to it. */
    TELLS_TASK,
    /** It visits elements of a map one after the other. */
    WALKS,
    /** It hands out objects that the program allocates, or takes out of lists. */
    ALLOCATES,
    /** It takes a bpf_spin_lock. */
    TAKES_SPIN_LOCK,
    /** It takes or releases a resilient lock, whose taking may fail. */
    RESILIENT_LOCK,
    /** It may go on in any code of the object. */
    GOES_ANYWHERE,
    /** It may read the packet, the context, or what the run has handed to the kernel. */
    READS_KERNEL,
    /** It may move the packet, or change what it holds or how long it is. */
    CHANGES_PACKET,
    /** It may sleep: another task may run on its CPU meanwhile. */
    SLEEPS,
    /** It returns a number of which nothing is known. */
    RETURNS_UNKNOWN
}
