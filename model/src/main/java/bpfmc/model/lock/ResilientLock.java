package bpfmc.model.lock;

/** A lock of real threads that may be refused. Each thread says which CPU it is. */
public interface ResilientLock {
    /** What taking a lock comes to (include/uapi/asm-generic/errno.h for the numbers of the kernel). */
    enum Result { TAKEN, EDEADLK, ETIMEDOUT }

    /** Takes the lock, or says why not; nothing is held then. @param cpu who asks */
    Result lock(int cpu);

    /** Releases the lock taken last. @param cpu who owns it */
    void unlock(int cpu);
}
