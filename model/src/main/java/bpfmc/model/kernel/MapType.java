package bpfmc.model.kernel;

import java.util.Optional;

/** The kernel's map types in the order of their numbers (include/uapi/linux/bpf.h, enum bpf_map_type). */
public enum MapType {
    UNSPEC, HASH, ARRAY, PROG_ARRAY, PERF_EVENT_ARRAY, PERCPU_HASH, PERCPU_ARRAY, STACK_TRACE, CGROUP_ARRAY, LRU_HASH,
    LRU_PERCPU_HASH, LPM_TRIE, ARRAY_OF_MAPS, HASH_OF_MAPS, DEVMAP, SOCKMAP, CPUMAP, XSKMAP, SOCKHASH, CGROUP_STORAGE,
    REUSEPORT_SOCKARRAY, PERCPU_CGROUP_STORAGE, QUEUE, STACK, SK_STORAGE, DEVMAP_HASH, STRUCT_OPS, RINGBUF,
    INODE_STORAGE, TASK_STORAGE, BLOOM_FILTER, USER_RINGBUF, CGRP_STORAGE, ARENA, INSN_ARRAY, RHASH;

    private static final MapType[] ALL = values();

    /** {@return the type with this number, empty when the kernel knows none} */
    public static Optional<MapType> of(long number) {
        return number >= 0 && number < ALL.length ? Optional.of(ALL[(int) number]) : Optional.empty();
    }

    /** {@return whether each CPU has values of its own} */
    public boolean perCpu() {
        return switch (this) {
            case PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
            default -> false;
        };
    }

    /** {@return whether its values belong to objects of the kernel: how many there are, no number limits} */
    public boolean ofObjects() {
        return switch (this) {
            case TASK_STORAGE, SK_STORAGE, INODE_STORAGE, CGRP_STORAGE, CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> true;
            default -> false;
        };
    }

    /** {@return whether every value is there before a program can ask for it, and stays} */
    public boolean alwaysThere() {
        return this == CGROUP_STORAGE || this == PERCPU_CGROUP_STORAGE;
    }
}
