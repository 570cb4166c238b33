package bpfmc.model.lock;

/** A lock of real threads. Each thread says which CPU it is; what runs on one CPU nests, as contexts do. */
public interface SpinLock {
    /** Takes the lock. @param cpu who asks @throws SpinLimitReached when it takes too long */
    void lock(int cpu);

    /** Releases it. @param cpu who owns it */
    void unlock(int cpu);

    /** {@return whether it could be taken at once} */
    boolean tryLock(int cpu);
}
