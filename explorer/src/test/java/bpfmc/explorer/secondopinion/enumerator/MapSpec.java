package bpfmc.explorer.secondopinion.enumerator;

/**
 * A map.
 *
 * @param keySize bytes, at most 8 @param valueSize bytes @param maxEntries how many keys fit
 * @param lockAt offset of the bpf_spin_lock in the value, -1 when there is none
 */
public record MapSpec(Kind kind, int keySize, int valueSize, int maxEntries, int lockAt) {
    static final int LOCK_SIZE = 4;

    /** What keys are, and whether each CPU has a value of its own. HASH is preallocated. */
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
