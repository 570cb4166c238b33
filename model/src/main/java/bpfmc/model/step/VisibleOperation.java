package bpfmc.model.step;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.program.Async;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The step an agent stands before: something others can notice, or that depends on what others did. It names its
 * location and access and performs nothing. Unknowns are named relative to the agent.
 */
public sealed interface VisibleOperation {

    /** An access to bytes of one element. */
    sealed interface Access extends VisibleOperation {
        Region.Element element();

        /** {@return bytes from the start of the value} */
        int offset();

        /** {@return bytes} */
        int size();

        boolean writes();

        /** {@return whether the access is one indivisible step for other atomic accesses} */
        boolean atomic();

        /** {@return what the access says of the order of others around it} */
        default MemoryOrder order() {
            return switch (this) {
                case Load o -> o.atomic() ? MemoryOrder.ACQUIRE : MemoryOrder.PLAIN;
                case Store o -> o.atomic() ? MemoryOrder.RELEASE : MemoryOrder.PLAIN;
                case ReadModifyWrite o -> o.fetch() ? MemoryOrder.FULL : MemoryOrder.RELAXED;
                case CopyOut o -> MemoryOrder.PLAIN;
                case CopyIn o -> MemoryOrder.PLAIN;
            };
        }
    }

    /** Reads bytes; the answer is the number. */
    record Load(Region.Element element, int offset, int size, boolean atomic) implements Access {
        @Override
        public boolean writes() {
            return false;
        }
    }

    /** Writes bytes. */
    record Store(Region.Element element, int offset, int size, Value.Scalar value, boolean atomic) implements Access {
        @Override
        public boolean writes() {
            return true;
        }
    }

    /** Atomic read-modify-write; the answer is the old number. @param expected what CMPXCHG compares with, else zero */
    record ReadModifyWrite(Region.Element element, int offset, int size, AtomicOp op, boolean fetch, Value.Scalar operand,
            Value.Scalar expected) implements Access {
        @Override
        public boolean writes() {
            return true;
        }

        @Override
        public boolean atomic() {
            return true;
        }
    }

    /**
     * Reads bytes for a helper, in no particular order and not indivisibly; the answer is the bytes from {@code offset}.
     * One piece of a longer copy: pieces keep the number of steps small, and where another agent writes to the same
     * piece meanwhile, that is a data race and reported as one.
     */
    record CopyOut(Region.Element element, int offset, int size) implements Access {
        @Override
        public boolean writes() {
            return false;
        }

        @Override
        public boolean atomic() {
            return false;
        }
    }

    /** Writes bytes for a helper, as {@link CopyOut} reads them. @param contents from offset 0; its gaps are left alone */
    record CopyIn(Region.Element element, int offset, int size, Cells contents) implements Access {
        @Override
        public boolean writes() {
            return true;
        }

        @Override
        public boolean atomic() {
            return false;
        }
    }

    /**
     * Takes the lock at this offset of the element; waits while another agent owns it. Of a resilient lock the answer is 0 when it
     * is taken, an error when it is not; of others it is nothing.
     *
     * @param progress where that is several steps
     */
    record Acquire(Region.Element element, int offset, LockCall call, LockProgress progress) implements VisibleOperation {
        public Acquire(Region.Element element, int offset, LockCall call) {
            this(element, offset, call, LockProgress.NONE);
        }

        /** {@return the same when it has come this far} */
        public Acquire at(LockProgress now) {
            return new Acquire(element, offset, call, now);
        }

        /** {@return whether it is about the same lock} */
        public boolean wants(Acquire other) {
            return element.slot() == other.element.slot() && offset == other.offset;
        }
    }

    /** Releases the lock at this offset of the element. @param progress where that is several steps */
    record Release(Region.Element element, int offset, LockCall call, LockProgress progress) implements VisibleOperation {
        public Release(Region.Element element, int offset, LockCall call) {
            this(element, offset, call, LockProgress.NONE);
        }

        /** {@return the same when it has come this far} */
        public Release at(LockProgress now) {
            return new Release(element, offset, call, now);
        }
    }

    /** An operation on the keys of a map. */
    sealed interface MapOperation extends VisibleOperation {
        int map();

        Key key();
    }

    /** Finds the key's element; the answer is its address or 0. */
    record Lookup(int map, Key key) implements MapOperation {}

    /** Finds another CPU's element of a per-CPU map; the answer is its address or 0. */
    record LookupOnCpu(int map, Key key, Term cpu) implements MapOperation {}

    /**
     * Finds the element of a hash map that a walk comes to next; the answer is its address, or 0 when the walk is over: it has been to all of the map's keys, each once.
     * Into a map in which keys came and went since it began it looks as it is: it may come to any key, and be over at any time.
     *
     * @param key an unknown @param visited the keys that it has been to @param changed whether a key has come into the map, or gone, since it began
     * @param ahead whether it looks for the one behind the next, before it leaves that one: then 0 says that it has not looked yet
     */
    record Walk(int map, Key key, ImmutableList<Key> visited, boolean changed, boolean ahead) implements MapOperation {}

    /**
     * Binds the key to a new value, or copies into the bound one, as the map type does; the answer is 0 or an error. With
     * BPF_F_LOCK a key that is bound stays as it is, and the answer is its element, to be copied into under its lock
     * (kernel/bpf/hashtab.c, htab_map_update_elem, its second look).
     *
     * @param onAllCpus whether {@code value} holds the values of all CPUs of a per-CPU map, as user space hands them over
     */
    record Update(int map, Key key, Cells value, long flags, boolean onAllCpus) implements MapOperation {
        /** A program's update: of a per-CPU map it writes the value of the program's own CPU. */
        public Update(int map, Key key, Cells value, long flags) {
            this(map, key, value, flags, false);
        }
    }

    /** Unbinds the key; the answer is 0 or an error. */
    record Delete(int map, Key key) implements MapOperation {}

    /**
     * Finds the key's element and takes the lock of its bucket; waits while another run owns that. The answer is the element's
     * address, or 0 when the key is not there, and then nothing is taken (kernel/bpf/hashtab.c, htab_lock_bucket).
     */
    record LockBucket(int map, Key key) implements MapOperation {}

    /** Releases the lock of the key's bucket. @param unlinks whether the key is unbound before */
    record UnlockBucket(int map, Key key, boolean unlinks) implements MapOperation {}

    /**
     * The timer of the key's element expires, or its work item begins; the answer is its address, or 0 when it is not there, its timer is not about to run this
     * callback, or a callback of it runs elsewhere. @param callback index of the callback's program in the object
     */
    record BeginTimer(Async async, int map, Key key, int callback) implements MapOperation {}

    /** The callback of the timer, or work item, of the key's element has returned. */
    record EndTimer(Async async, int map, Key key) implements MapOperation {}

    /** A step of a call on the timer, or work item, of an element. */
    sealed interface TimerOperation extends VisibleOperation {
        Async async();

        Region.Element element();
    }

    /** Makes the field a timer; the answer is 0 or an error. */
    record InitTimer(Async async, Region.Element element) implements TimerOperation {}

    /** Gives the timer its callback; the answer is 0 or an error. @param callback index of the callback's program in the object */
    record SetTimer(Async async, Region.Element element, int callback) implements TimerOperation {}

    /** Looks whether the timer has a callback, then starts it. @param checked whether it has looked @param later whether others start it, later */
    record StartTimer(Async async, Region.Element element, boolean checked, boolean later) implements TimerOperation {}

    /** Cancels the timer. @param own the element of which the run itself is a timer's callback, -1 when it is none */
    record CancelTimer(Region.Element element, Phase phase, int own) implements TimerOperation {
        @Override
        public Async async() {
            return Async.TIMER;
        }

        /**
         * What comes next: callbacks announce that they cancel; then the timer loses its callback; then one that still runs is waited
         * for. A callback that must not wait takes back what it has announced, in a step of its own: meanwhile others may have read it.
         */
        public enum Phase { ANNOUNCE, DROP, RETREAT, WAIT }
    }

    /** Asks for another CPU's value of an element of a per-CPU map; the answer is its address, 0 where there is no such CPU. */
    record ElementOnCpu(Region.Element element, int cpu) implements VisibleOperation {}

    /** Asks how many CPUs there are. */
    record CpuCount() implements VisibleOperation {}

    /** Reads a clock; the answer is the sample. */
    record ReadClock(Symbol sample) implements VisibleOperation {}

    /**
     * Uses the unsigned difference of two samples of a clock that has wrapped, because the one it subtracts was taken later;
     * then goes on with it.
     */
    record UseWrapped(Symbol earlier, Symbol later) implements VisibleOperation {}

    /** An atomic operation on memory of the run's own, which others notice by what it does to the stores before it. Only where memory is not sequentially consistent. */
    record Fence() implements VisibleOperation {}

    /** Asks for the number of the CPU the agent runs on. */
    record CpuNumber() implements VisibleOperation {}

    /**
     * Switches interrupts or preemption of its own CPU; only runs on that CPU can tell.
     *
     * @param saved what bpf_local_irq_restore restores, as {@link CpuFlags#irqsOffAt()}
     */
    record Toggle(Switch what, int saved) implements VisibleOperation {}

    /** What a {@link Toggle} does (bpf_local_irq_save and its kin, kernel/bpf/helpers.c, Linux 6.10 and 6.14). */
    enum Switch { IRQ_SAVE, IRQ_RESTORE, PREEMPT_DISABLE, PREEMPT_ENABLE }

    /** The beginning of a run; what it does first may depend on its inputs. */
    record Start() implements VisibleOperation {}

    /**
     * The end of a run.
     *
     * @param held the locks it still owns @param flags what it has left switched off on its CPU
     * @param returned the program's value as the kernel uses it, an int; empty where nobody asks, and of a run that never began
     */
    record End(ImmutableList<HeldLock> held, CpuFlags flags, Optional<Value.Scalar> returned) implements VisibleOperation {
        /** An end whose value nobody asks for. */
        public End(ImmutableList<HeldLock> held, CpuFlags flags) {
            this(held, flags, Optional.empty());
        }
    }

    /** The run needs something that is not modelled; no verdict can cover what follows. @param what for the user */
    record Unsupported(String what) implements VisibleOperation {}
}
