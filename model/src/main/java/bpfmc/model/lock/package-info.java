/**
 * Lock algorithms, each told twice: as a step machine that the explorer runs through every interleaving, and as a real Java
 * lock that jcstress runs on real threads. Both work on the same words ({@link bpfmc.model.lock.LockLayout}) and cite the
 * same lines of the kernel; the steps of a machine are numbered, and the Java code names the number at each access.
 *
 * <pre>
 * LockMachine          one access to shared words a step, or an await
 *   TrivialMachine       kernel/bpf/helpers.c without queued spin locks     TrivialSpinLock
 *   TicketMachine        include/asm-generic/ticket_spinlock.h              TicketSpinLock
 *   QueuedMachine        kernel/locking/qspinlock.c                         QueuedSpinLock
 *   ResilientMachine     kernel/bpf/rqspinlock.c                            ResilientSpinLock
 *   ResilientTasMachine  the same, its test-and-set form                    ResilientTasSpinLock
 * HeldLocks            what a resilient lock knows of other CPUs                HeldTables
 * LockImplementation   the machine that programs run over (bpfmc check --lock), or the specification
 * Defect               what is deliberately broken in a machine
 * LockWords            the words of the Java locks, with Java's access modes
 * LockedElement        a map element: copies with and without BPF_F_LOCK (kernel/bpf/helpers.c, copy_map_value_locked)
 * </pre>
 */
package bpfmc.model.lock;
