package bpfmc.explorer.secondopinion.enumerator;

/**
 * A map.
 *
 * @param keySize bytes, at most 8 @param valueSize bytes @param maxEntries how many keys fit
 * @param lockAt offset of the lock in the value, -1 when there is none
 * @param resilient whether that is a bpf_res_spin_lock
 * @param preallocated whether a hash map's elements are there from the start (no BPF_F_NO_PREALLOC)
 */
public record MapSpec(Kind kind, int keySize, int valueSize, int maxEntries, int lockAt, boolean preallocated, boolean resilient) {
    static final int LOCK_SIZE = 4;

    /** What keys are, and whether each CPU has a value of its own. */
    public enum Kind { ARRAY, PERCPU_ARRAY, HASH }

    boolean hash() {
        return kind == Kind.HASH;
    }

    boolean perCpu() {
        return kind == Kind.PERCPU_ARRAY;
    }

    /** {@return whether a copy of the value leaves the byte at this offset alone} */
    boolean special(int offset) {
        return lockAt >= 0 && offset >= lockAt && offset < lockAt + LOCK_SIZE;
    }
}
