package bpfmc.model.lock;

/**
 * A map element whose value is words guarded by a lock inside it. Copies with BPF_F_LOCK take the lock (kernel/bpf/helpers.c,
 * copy_map_value_locked); copies without it go word by word, in no order that others could rely on (include/linux/bpf.h,
 * copy_map_value).
 */
public final class LockedElement {
    private final SpinLock lock;
    private final int[] value;

    /** @param words of the value, without the lock */
    public LockedElement(SpinLock lock, int words) {
        this.lock = lock;
        this.value = new int[words];
    }

    /** What a program does between bpf_spin_lock and bpf_spin_unlock. */
    public void locked(int cpu, java.util.function.Consumer<int[]> section) {
        lock.lock(cpu);
        try {
            section.accept(value);
        } finally {
            lock.unlock(cpu);
        }
    }

    /** {@return the value itself, for programs that do without the lock} */
    public int[] value() {
        return value;
    }

    /** Copies a value in. @param withLock BPF_F_LOCK */
    public void update(int cpu, boolean withLock, int... from) {
        if (withLock) {
            locked(cpu, v -> System.arraycopy(from, 0, v, 0, v.length));
        } else {
            for (int i = 0; i < value.length; i++) {
                value[i] = from[i];
            }
        }
    }

    /** Copies the value out. @param withLock BPF_F_LOCK */
    public int[] lookup(int cpu, boolean withLock) {
        int[] copy = new int[value.length];
        if (withLock) {
            locked(cpu, v -> System.arraycopy(v, 0, copy, 0, v.length));
        } else {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = value[i];
            }
        }
        return copy;
    }
}
