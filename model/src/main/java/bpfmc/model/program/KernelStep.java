package bpfmc.model.program;

/**
 * A function of the kernel's own that no program can call: a step within a system call on a map (kernel/bpf/hashtab.c, arraymap.c), or around a callback of a
 * timer or a work item (kernel/bpf/helpers.c). Only programs that bpfmc writes itself name them ({@link Reference.Kernel}).
 */
public enum KernelStep {
    /** Finds the entry of an array, of a map and a key. */
    FIND_ENTRY("array_map_lookup_elem", false),
    /** Takes the lock of a key's bucket, of a map and a key. */
    LOCK_BUCKET("htab_lock_bucket", true),
    /** Releases it. */
    UNLOCK_BUCKET("htab_unlock_bucket", true),
    /** Unbinds the key, then releases it. */
    DELETE("hlist_nulls_del_rcu", true),
    /** Inserts a key that is not there, with any value for each CPU: of a map, a key and a number of CPUs. */
    INSERT("alloc_htab_elem", true),
    /** Another CPU's value, of an element and the number of a CPU. */
    ON_CPU("per_cpu_ptr", false),
    /** How many CPUs there are. */
    CPUS("num_possible_cpus", false),
    /** A timer expires, or a work item begins: of a map and a key. */
    BEGIN_CALLBACK("bpf_async_cb begins", true),
    /** Its callback has returned: of a map and a key. */
    END_CALLBACK("bpf_async_cb ends", true);

    /** How many arguments each takes at most. */
    public static final int ARGUMENTS = 3;

    private final String function;
    private final boolean rebinds;

    KernelStep(String function, boolean rebinds) {
        this.function = function;
        this.rebinds = rebinds;
    }

    /** {@return the function of the kernel that does it, for people} */
    public String function() {
        return function;
    }

    /** {@return whether it may bind or unbind keys, or keep others from it} */
    public boolean rebinds() {
        return rebinds;
    }
}
