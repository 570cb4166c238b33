package bpfmc.model.call;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.ClockSamples;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.StoredProvenance;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Calls of kernel helpers. Those that touch maps, locks, the CPU or control flow are treated one by one; all others get
 * what their prototype says: an unknown result, unknown bytes in the memory they may write ({@link DefaultCall}).
 *
 * <p>A call that reads shared memory through an argument first copies it out, step by step; the instruction is executed
 * again after each step until all it needs is gathered ({@link Progress}).
 */
public final class HelperCalls {
    /** In place of a helper's number: the call is a kfunc's. */
    public static final int NO_HELPER = 0;

    /** MAX_TAIL_CALL_CNT (include/linux/bpf.h). */
    private static final int MOST_TAIL_CALLS = 33;

    /** Bytes of an entry of a map of maps. */
    private static final int ENTRY = 8;

    private static final long F_LOCK = VisibleOperation.Update.F_LOCK;
    static final long NOEXIST = 1;
    private static final long EXIST = 2;

    private final RunConfig config;
    private final ArgumentMemory arguments;
    private final DefaultCall defaults;
    private final TimerCalls timers;
    private final CallbackCalls callbacks;
    private final CurrentTask task;
    private final StorageCalls storage;

    public HelperCalls(RunConfig config) {
        this.config = config;
        this.arguments = new ArgumentMemory(config);
        this.defaults = new DefaultCall(config, arguments);
        this.timers = new TimerCalls(config);
        this.callbacks = new CallbackCalls(config);
        this.task = new CurrentTask(arguments);
        this.storage = new StorageCalls(config, arguments);
    }

    public boolean call(Machine m, int helper, Deque<Machine> work) {
        return switch (helper) {
            case HelperNumbers.MAP_LOOKUP_ELEM -> lookup(m, work);
            case HelperNumbers.MAP_UPDATE_ELEM -> update(m);
            case HelperNumbers.MAP_DELETE_ELEM -> delete(m);
            case HelperNumbers.MAP_LOOKUP_PERCPU_ELEM -> lookupOnCpu(m);
            case HelperNumbers.GET_SMP_PROCESSOR_ID -> stop(m, new VisibleOperation.CpuNumber());
            case HelperNumbers.SPIN_LOCK -> lock(m, true);
            case HelperNumbers.SPIN_UNLOCK -> lock(m, false);
            case HelperNumbers.TAIL_CALL -> tailCall(m, work);
            case HelperNumbers.TIMER_INIT, HelperNumbers.TIMER_SET_CALLBACK, HelperNumbers.TIMER_START, HelperNumbers.TIMER_CANCEL -> timers.call(m, helper, work);
            case HelperNumbers.FOR_EACH_MAP_ELEM, HelperNumbers.LOOP -> callbacks.call(m, helper, work);
            case HelperNumbers.GET_CURRENT_PID_TGID, HelperNumbers.GET_CURRENT_UID_GID, HelperNumbers.GET_CURRENT_COMM, HelperNumbers.GET_CURRENT_TASK,
                    HelperNumbers.GET_CURRENT_CGROUP_ID, HelperNumbers.GET_CURRENT_ANCESTOR_CGROUP_ID -> task.call(m, helper);
            case HelperNumbers.TASK_STORAGE_GET, HelperNumbers.TASK_STORAGE_DELETE -> storage.call(m, helper);
            case HelperNumbers.RINGBUF_RESERVE -> reserve(m, work);
            case HelperNumbers.RINGBUF_SUBMIT, HelperNumbers.RINGBUF_DISCARD -> finish(m, Value.of(0));
            default -> ClockSamples.of(helper).map(clock -> ClockSamples.read(m, clock)).orElseGet(() -> defaults.call(m, helper, work));
        };
    }

    /** {@return whether nothing is known of what it returns but that it is a number} */
    static boolean returnsUnknown(Helper helper) {
        boolean apart = switch (helper.id()) {
            case HelperNumbers.MAP_LOOKUP_ELEM, HelperNumbers.MAP_UPDATE_ELEM, HelperNumbers.MAP_DELETE_ELEM, HelperNumbers.MAP_LOOKUP_PERCPU_ELEM,
                    HelperNumbers.GET_SMP_PROCESSOR_ID, HelperNumbers.TAIL_CALL,
                    HelperNumbers.FOR_EACH_MAP_ELEM, HelperNumbers.LOOP -> true;
            default -> ClockSamples.of(helper.id()).isPresent() || CurrentTask.concerns(helper.id());
        };
        return !apart && DefaultCall.returnsUnknown(helper);
    }

    private static boolean stop(Machine m, VisibleOperation operation) {
        m.stopAt(operation);
        return true;
    }

    /** Returns from the call: r0 holds the result, r1 to r5 hold nothing. */
    public static boolean finish(Machine m, Value result) {
        m.registers[0] = result;
        for (int r = 1; r <= 5; r++) {
            m.registers[r] = null;
        }
        m.progress = Progress.NONE;
        m.pc++;
        return true;
    }

    /** Returns from the call after these visible steps. */
    static boolean finishAfter(Machine m, ImmutableList<VisibleOperation> steps, Value result) {
        if (steps.isEmpty()) {
            return finish(m, result);
        }
        m.progress = new Progress(m.progress.gathered(), steps, result);
        return stop(m, steps.getFirst());
    }

    private Optional<MapDefinition> map(Machine m) {
        return m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h
                ? Optional.of(config.map(h.map())) : Optional.empty();
    }

    private static boolean unsupported(Machine m, String what) {
        m.unsupported(what);
        return true;
    }

    // ---- maps

    private boolean lookup(Machine m, Deque<Machine> work) {
        Optional<MapDefinition> map = map(m);
        if (map.isEmpty()) {
            return unsupported(m, "a lookup in a map that is not known at load time");
        }
        return switch (map.get().type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> arguments.key(m, 2, map.get().keySize())
                    .map(key -> stop(m, new VisibleOperation.Lookup(map.get().index(), key))).orElse(true);
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> lookupInner(m, map.get(), work);
            default -> unsupported(m, "a lookup in a map of type " + map.get().type());
        };
    }

    /**
     * Inner maps that the object itself puts into the outer one are taken as constant where nobody in the scenario replaces them; an
     * index without one finds nothing. Where somebody does, the entry is found, then read.
     */
    private boolean lookupInner(Machine m, MapDefinition outer, Deque<Machine> work) {
        if (outer.replacements().notEmpty()) {
            return arguments.key(m, 2, outer.keySize()).map(key -> stop(m, new VisibleOperation.Lookup(outer.index(), key))).orElse(true);
        }
        if (outer.initialInner().noneSatisfy(i -> i >= 0) || outer.type() == MapType.HASH_OF_MAPS) {
            return unsupported(m, "a lookup in map of maps " + outer.name() + " whose inner maps the object does not name");
        }
        var key = arguments.key(m, 2, outer.keySize());
        if (key.isEmpty()) {
            return true;
        }
        var index = key.get().words().getFirst();
        for (int i = 0; i < outer.initialInner().size(); i++) {
            int inner = outer.initialInner().get(i);
            Machine one = m.copy();
            if (inner >= 0 && one.assume(Comparison.equal(index, Terms.constant(i), true))) {
                finish(one, Value.to(new Region.MapHandle(inner), 0));
                work.push(one);
            }
        }
        for (int i = 0; i < outer.initialInner().size(); i++) {
            if (outer.initialInner().get(i) >= 0 && !m.assume(Comparison.equal(index, Terms.constant(i), false))) {
                return false;
            }
        }
        return finish(m, Value.of(0));
    }

    private boolean update(Machine m) {
        Optional<MapDefinition> map = map(m);
        if (map.isEmpty()) {
            return unsupported(m, "an update of a map that is not known at load time");
        }
        if (!(m.registers[4] instanceof Value.Scalar flags && flags.term() instanceof Constant f)) {
            return unsupported(m, "a map update with flags that are not known");
        }
        var key = arguments.key(m, 2, map.get().keySize());
        if (key.isEmpty()) {
            return true;
        }
        var value = arguments.bytes(m, 3, map.get().valueSize());
        if (value.isEmpty()) {
            return true;
        }
        boolean locked = (f.value() & F_LOCK) != 0;
        return switch (map.get().type()) {
            case ARRAY, PERCPU_ARRAY -> stop(m, new VisibleOperation.Lookup(map.get().index(), key.get()));
            case HASH -> stop(m, locked ? new VisibleOperation.Lookup(map.get().index(), key.get())
                    : new VisibleOperation.Update(map.get().index(), key.get(), plainBytes(m, map.get(), value.get()), f.value()));
            case PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> stop(m, new VisibleOperation.Update(map.get().index(), key.get(),
                    plainBytes(m, map.get(), value.get()), f.value()));
            default -> unsupported(m, "an update of a map of type " + map.get().type());
        };
    }

    /** Copies leave special fields alone. */
    static Cells plainBytes(Machine m, MapDefinition map, Cells value) {
        Cells plain = value;
        for (ValueLayout.SpecialField field : map.value().special()) {
            plain = plain.without(field.offset(), field.size(), MemoryAccess.unknowns(m));
        }
        return plain;
    }

    private boolean delete(Machine m) {
        Optional<MapDefinition> map = map(m);
        if (map.isEmpty()) {
            return unsupported(m, "a delete in a map that is not known at load time");
        }
        return switch (map.get().type()) {
            case ARRAY, PERCPU_ARRAY -> finish(m, Value.of(Errno.EINVAL.result()));
            case HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH -> arguments.key(m, 2, map.get().keySize())
                    .map(key -> stop(m, new VisibleOperation.Delete(map.get().index(), key))).orElse(true);
            default -> unsupported(m, "a delete in a map of type " + map.get().type());
        };
    }

    private boolean lookupOnCpu(Machine m) {
        Optional<MapDefinition> map = map(m);
        if (map.isEmpty() || !map.get().type().perCpu()) {
            return unsupported(m, "a per-CPU lookup in a map that is not known at load time");
        }
        return arguments.key(m, 2, map.get().keySize()).map(key -> stop(m, new VisibleOperation.LookupOnCpu(map.get().index(), key,
                Terms.extract(m.number(m.registers[3]).term(), 0, 4)))).orElse(true);
    }

    // ---- locks

    private boolean lock(Machine m, boolean acquire) {
        if (m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e && p.offset() instanceof Constant c) {
            int offset = (int) c.value();
            return stop(m, acquire ? new VisibleOperation.Acquire(e, offset, LockCall.PLAIN) : new VisibleOperation.Release(e, offset, LockCall.PLAIN));
        }
        if (m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Stack) {
            return finish(m, Value.of(0)); // nobody else can see it, so nobody is kept out; no kernel allows it (lock-argument)
        }
        return unsupported(m, "a lock that is not in a map value");
    }

    // ---- the rest

    /**
     * A tail call goes on in one of the programs that the object puts into the array, or fails and execution goes on. The
     * target takes over the running function's frame (a subprogram's caller still waits for it), not its contents. Where user space may take
     * programs out of the array, and put them back, each call may find none (kernel/bpf/core.c, ___bpf_prog_run, JMP_TAIL_CALL).
     */
    private boolean tailCall(Machine m, Deque<Machine> work) {
        Optional<MapDefinition> array = m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h
                ? Optional.of(config.map(h.map())) : Optional.empty();
        if (array.isEmpty() || array.get().initialPrograms().isEmpty()) {
            Machine gone = m.copy();
            gone.unsupported("a tail call to a program that the object does not name");
            work.push(gone);
        } else if (m.tailCalls < MOST_TAIL_CALLS) {
            Term index = Terms.extract(m.number(m.registers[3]).term(), 0, 4);
            for (int i : array.get().initialPrograms().keySet().toSortedArray()) {
                Literal chosen = Comparison.equal(index, Terms.constant(i), true);
                Machine gone = m.copy();
                if (gone.assume(chosen)) {
                    if (!array.get().programsStay()) {
                        Machine missed = gone.copy();
                        finish(missed, missed.unknownValue(8));
                        work.push(missed);
                    }
                    enter(gone, array.get().initialPrograms().get(i));
                    work.push(gone);
                }
                if (!m.assume(chosen.negated())) {
                    return false;
                }
            }
        }
        return finish(m, m.unknownValue(8));
    }

    private void enter(Machine m, String target) {
        Integer slot = config.program().entries().get(target);
        if (slot == null) {
            m.unsupported("a tail call to program " + target + ", which is of another type or too large to follow");
            return;
        }
        Value context = m.registers[1];
        Arrays.fill(m.registers, null);
        m.registers[1] = context;
        m.frames.set(m.depth(), m.frame().withStack(Cells.EMPTY));
        m.tailCalls++;
        m.pc = slot;
    }

    private static boolean reserve(Machine m, Deque<Machine> work) {
        Machine none = m.copy();
        finish(none, Value.of(0));
        work.push(none);
        int id = 0;
        while (m.memories.containsKey(id)) {
            id++;
        }
        int size = m.registers[2] instanceof Value.Scalar s && s.term() instanceof Constant c ? (int) c.value() : 0;
        m.memories.put(id, Cells.EMPTY);
        return finish(m, Value.to(new Region.Memory(id, size), 0));
    }

    // ---- answers

    /** {@return whether the instruction will be executed again after the machine's operation: it still gathers its arguments} */
    public boolean reexecutes(Machine m) {
        return m.operation instanceof VisibleOperation.CopyOut || m.operation instanceof VisibleOperation.Lookup && callbacks.runs(m) || storage.runs(m) || (m.operation instanceof VisibleOperation.Lookup
                || m.operation instanceof VisibleOperation.Update u && (u.flags() & F_LOCK) != 0) && updates(m);
    }

    private boolean updates(Machine m) {
        return config.program().code().get(m.pc) instanceof Instruction.CallHelper c && c.helper() == HelperNumbers.MAP_UPDATE_ELEM;
    }

    /** Goes on with the call that has run a callback. {@return false when the machine goes on in others only} @param turn which turn it was */
    public boolean returned(Machine m, int turn, Deque<Machine> work) {
        return callbacks.returned(m, turn, work);
    }

    /** Brings the machine to where an answered operation of a call leaves it. */
    public void complete(Machine m, int helper, VisibleOperation operation, Answer answer) {
        if (operation instanceof VisibleOperation.CopyOut copy) {
            arguments.gathered(m, copy, ((Answer.Bytes) answer).contents());
        } else if (storage.runs(m)) {
            storage.complete(m, operation, answer);
        } else if (operation instanceof VisibleOperation.Lookup met && callbacks.runs(m)) {
            callbacks.complete(m, met, ((Answer.Of) answer).value());
        } else if (operation instanceof VisibleOperation.TimerOperation) {
            TimerCalls.complete(m, answer);
        } else if (m.progress.result() != null) {
            noteLock(m, operation, answer);
            noteCopy(m, operation);
            nextOfScript(m);
        } else if (helper == HelperNumbers.MAP_LOOKUP_ELEM && findsInner(operation)) {
            completeInner(m, ((Answer.Of) answer).value());
        } else if (helper == HelperNumbers.MAP_UPDATE_ELEM && (operation instanceof VisibleOperation.Lookup
                || answer instanceof Answer.Of of && of.value() instanceof Value.Pointer)) {
            updateInPlace(m, ((Answer.Of) answer).value());
        } else {
            completeSingle(m, operation, answer);
        }
    }

    private boolean findsInner(VisibleOperation operation) {
        return operation instanceof VisibleOperation.Load
                || operation instanceof VisibleOperation.Lookup l && config.map(l.map()).replacements().notEmpty();
    }

    private static void completeInner(Machine m, Value answer) {
        if (answer instanceof Value.Pointer entry) {
            m.stopAt(new VisibleOperation.Load((Region.Element) entry.region(), 0, ENTRY, true));
        } else {
            long inner = ((Constant) ((Value.Scalar) answer).term()).value();
            finish(m, inner == 0 ? Value.of(0) : Value.to(new Region.MapHandle((int) inner - 1), 0));
        }
    }

    private void completeSingle(Machine m, VisibleOperation operation, Answer answer) {
        noteLock(m, operation, answer);
        if (operation instanceof VisibleOperation.ReadClock read) {
            ClockSamples.sampled(m, read.sample());
        } else if (operation instanceof VisibleOperation.Lookup l) {
            noteLookup(m, l, ((Answer.Of) answer).value());
        } else if (operation instanceof VisibleOperation.Update u && answer instanceof Answer.Bound bound) {
            park(m, bound.element(), 0, u.value());
        }
        finish(m, answer instanceof Answer.Of of ? of.value() : Value.of(0));
    }

    private void noteLock(Machine m, VisibleOperation operation, Answer answer) {
        boolean irqsave = config.discipline() == LockIrqMode.IRQSAVE;
        if (operation instanceof VisibleOperation.Acquire a && !(answer instanceof Answer.Of of && !of.value().is(0))) {
            LockCalls.taken(m, a, irqsave);
        } else if (operation instanceof VisibleOperation.Release r) {
            LockCalls.released(m, r, irqsave);
        }
    }

    private static void noteCopy(Machine m, VisibleOperation operation) {
        if (operation instanceof VisibleOperation.CopyIn copy) {
            park(m, copy.element().slot(), copy.offset(), copy.contents());
        }
    }

    /** Notes what the bytes come from that the run has put into an element: it may read them again. */
    private static void park(Machine m, int element, int offset, Cells contents) {
        contents.cells().each(c -> m.parked = StoredProvenance.stored(m.parked, m.loads, element, offset + c.offset(), c.size(), ((Value.Scalar) c.value()).loads()));
    }

    /** A lookup that finds nothing is remembered, one that finds something settles an older miss of the same key. */
    private static void noteLookup(Machine m, VisibleOperation.Lookup lookup, Value found) {
        m.misses = m.misses.reject(x -> x.map() == lookup.map() && x.key().equals(lookup.key()));
        if (found.is(0)) {
            m.misses = m.misses.newWith(new MissedLookup(lookup.map(), lookup.key(), m.pc, false));
        }
    }

    private static void nextOfScript(Machine m) {
        ImmutableList<VisibleOperation> rest = m.progress.script().drop(1);
        if (rest.isEmpty()) {
            finish(m, m.progress.result());
        } else {
            m.progress = new Progress(m.progress.gathered(), rest, m.progress.result());
            m.stopAt(rest.getFirst());
        }
    }

    /** An update that copies into the element found: always in arrays, with BPF_F_LOCK in hash maps. */
    private void updateInPlace(Machine m, Value found) {
        MapDefinition map = map(m).orElseThrow();
        long flags = ((Constant) ((Value.Scalar) m.registers[4]).term()).value();
        boolean locked = (flags & F_LOCK) != 0;
        Optional<ValueLayout.SpecialField> lock = map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK);
        boolean array = map.type() != MapType.HASH;
        if ((flags & ~F_LOCK) > EXIST || locked && lock.isEmpty()) {
            finish(m, Value.of(Errno.EINVAL.result()));
        } else if (found instanceof Value.Pointer p && (flags & NOEXIST) == 0) {
            Cells value = arguments.bytes(m, 3, map.valueSize()).orElseThrow();
            finishAfter(m, script(m, map, (Region.Element) p.region(), value, locked ? lock : Optional.empty()), Value.of(0));
        } else if (found instanceof Value.Pointer) {
            finish(m, Value.of(Errno.EEXIST.result()));
        } else if (array) {
            finish(m, Value.of(Errno.E2BIG.result()));
        } else if ((flags & EXIST) != 0) {
            finish(m, Value.of(Errno.ENOENT.result()));
        } else {
            var key = arguments.key(m, 2, map.keySize()).orElseThrow();
            Cells value = arguments.bytes(m, 3, map.valueSize()).orElseThrow();
            m.stopAt(new VisibleOperation.Update(map.index(), key, plainBytes(m, map, value), flags));
        }
    }

    private static ImmutableList<VisibleOperation> script(Machine m, MapDefinition map, Region.Element element,
            Cells value, Optional<ValueLayout.SpecialField> lock) {
        var steps = Lists.mutable.<VisibleOperation>empty();
        lock.ifPresent(l -> steps.add(new VisibleOperation.Acquire(element, l.offset(), LockCall.PLAIN)));
        steps.addAllIterable(ArgumentMemory.copyIn(element, 0, plainBytes(m, map, value), map.valueSize()));
        lock.ifPresent(l -> steps.add(new VisibleOperation.Release(element, l.offset(), LockCall.PLAIN)));
        return steps.toImmutable();
    }
}
