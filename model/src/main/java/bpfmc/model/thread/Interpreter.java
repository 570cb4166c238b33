package bpfmc.model.thread;

import bpfmc.model.call.Callee;
import bpfmc.model.call.Calls;
import bpfmc.model.flow.Liveness;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.machine.Addresses;
import bpfmc.model.machine.Arithmetic;
import bpfmc.model.machine.ClockSamples;
import bpfmc.model.machine.Determined;
import bpfmc.model.machine.Exports;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.PointerArithmetic;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * Runs one program privately, from one visible operation to the next. A branch on an unknown is followed both ways as
 * far as the facts allow; where ways meet again in equal states, one goes on.
 */
public final class Interpreter {
    /** Brings a machine that has arrived, or has come to where ways meet, into the form in which states are compared. */
    interface Form {
        /** @param again whether the instruction at the program counter will be executed (again) */
        PrivateState of(Machine m, boolean again);

        /** {@return the state of a run that is over} */
        PrivateState finished(Machine m);

        /** {@return whether ways that meet in equal states go on as one} */
        boolean merges();
    }

    /** Instructions between two visible operations, over all ways; more than this counts as a loop that does not end. */
    private static final int MOST_INSTRUCTIONS = 1_000_000;

    /** Ways followed where equal states are not merged; more are left out. */
    private static final int MOST_WAYS = 1000;

    private final RunConfig config;
    private final Liveness liveness;
    private final Form form;
    private final MemoryAccess memory;
    private final Calls calls;
    private final ElementIterator walk;
    private final ImmutableIntSet iterators;

    public Interpreter(RunConfig config, Liveness liveness, Form form) {
        this.config = config;
        this.liveness = liveness;
        this.form = form;
        this.memory = new MemoryAccess(config);
        this.calls = new Calls(config);
        this.walk = new ElementIterator(config);
        this.iterators = iterators(config.program());
    }

    /** {@return the state before the first step} */
    PrivateState start() {
        Machine machine = Machine.atEntry(CpuFlags.at(config.found()));
        machine.stopAt(new VisibleOperation.Start());
        return form.of(machine, true);
    }

    /**
     * {@return the states before the next visible operation, after the one this state stands before was answered; none when the
     * answer contradicts what the run knows}
     */
    ImmutableList<PrivateState> resume(PrivateState state, Answer answer) {
        if (answer instanceof Answer.Underway underway) {
            return Lists.immutable.with(state.standingBefore(underway.next()));
        }
        Machine machine = Machine.of(state, form.merges() ? Optional.empty() : Optional.of(config));
        Set<Symbol> samples = ClockSamples.samplesOfOthers(answer);
        if (answer instanceof Answer.Of of && !of.learned().allSatisfy(machine::assume)) {
            return Lists.immutable.empty();
        }
        complete(machine, state.operation(), answer);
        return ClockSamples.learn(machine, samples) ? run(machine) : Lists.immutable.empty();
    }

    /** Brings the machine to where the answered operation leaves it. */
    private void complete(Machine m, VisibleOperation operation, Answer answer) {
        Instruction instruction = config.program().code().get(m.pc);
        switch (instruction) {
            case Instruction i when operation instanceof VisibleOperation.Start -> { }
            case Instruction i when operation instanceof VisibleOperation.UseWrapped use -> ClockSamples.used(m, use);
            case Instruction i when operation instanceof VisibleOperation.Fence -> m.fenced = true;
            case Instruction.Load i when operation instanceof VisibleOperation.Lookup met -> walk.complete(m, met, answer);
            case Instruction.Load i when operation instanceof VisibleOperation.ElementOnCpu asked -> walk.complete(m, asked, answer);
            case Instruction.Load i when operation instanceof VisibleOperation.CopyOut copied -> walk.complete(m, copied, answer);
            case Instruction.Load i -> memory.completeLoad(m, i.dst(), i.signExtend(), (VisibleOperation.Load) operation, answer);
            case Instruction.LoadAcquire i -> memory.completeLoad(m, i.dst(), false, (VisibleOperation.Load) operation, answer);
            case Instruction.Store i -> MemoryAccess.completeStore(m, (VisibleOperation.Store) operation);
            case Instruction.StoreRelease i -> MemoryAccess.completeStore(m, (VisibleOperation.Store) operation);
            case Instruction.Atomic i -> memory.completeAtomic(m, i, (VisibleOperation.ReadModifyWrite) operation, answer);
            case Instruction.CallHelper i -> calls.resume(m, operation, answer);
            case Instruction.CallKfunc i -> calls.resume(m, operation, answer);
            default -> throw new IllegalStateException("no visible operation at slot " + m.pc + ": " + instruction);
        }
    }

    /** {@return whether the instruction will be executed again after the machine's operation} */
    boolean reexecutes(Machine m) {
        return m.operation instanceof VisibleOperation.Start || m.operation instanceof VisibleOperation.UseWrapped
                || m.operation instanceof VisibleOperation.Fence || calls.reexecutes(m)
                || ElementIterator.reexecutes(config.program(), m);
    }

    /** The worklist: machines that have not yet arrived. One that comes to a slot where ways join, and does not stand there to go on with the same instruction, is compared. */
    private ImmutableList<PrivateState> run(Machine start) {
        Deque<Machine> work = new ArrayDeque<>();
        Set<PrivateState> seen = new HashSet<>();
        Set<PrivateState> arrived = new LinkedHashSet<>();
        work.push(start);
        var widening = new Widening();
        Set<Machine> stay = Collections.newSetFromMap(new IdentityHashMap<>());
        stay.add(start);
        int budget = MOST_INSTRUCTIONS;
        while (!work.isEmpty() && (form.merges() || arrived.size() < MOST_WAYS)) {
            Machine m = work.pop();
            boolean first = stay.remove(m);
            while (true) {
                if (m.stopped()) {
                    arrived.add(settle(m));
                    break;
                }
                if (--budget < 0) {
                    m.unsupported("a long loop, or very many ways: more than " + MOST_INSTRUCTIONS
                            + " instructions from one visible operation to the next");
                    continue;
                }
                if (!first && form.merges() && !goesOnAlone(m, widening, seen)) {
                    break;
                }
                first = false;
                int slot = m.pc;
                int waiting = work.size();
                boolean goesOn = step(m, work);
                work.stream().limit(work.size() - waiting).filter(other -> other.pc == slot).forEach(stay::add);
                if (!goesOn) {
                    break;
                }
            }
        }
        if (!work.isEmpty()) {
            Machine rest = work.pop();
            rest.unsupported("more than " + MOST_WAYS + " ways from one visible operation to the next");
            arrived.add(settle(rest));
        }
        return arrived.isEmpty() ? Lists.immutable.with(endless(start)) : Lists.immutable.withAll(arrived);
    }

    /** {@return whether the machine stands where others have not been} */
    private boolean goesOnAlone(Machine m, Widening widening, Set<PrivateState> seen) {
        if (iterators.contains(m.pc)) {
            widening.comesBack(m);
        } else if (liveness.joins(m.pc)) {
            widening.arrives(m);
        } else {
            return true;
        }
        return seen.add(form.of(m, true));
    }

    /** {@return the slots where an iterator of the kernel hands out what comes next; those over numbers are followed exactly} */
    private static ImmutableIntSet iterators(BpfProgram program) {
        MutableIntSet slots = IntSets.mutable.empty();
        for (int slot = 0; slot < program.size(); slot++) {
            if (program.code().get(slot) instanceof Instruction.CallKfunc
                    && Callee.at(program, slot).filter(c -> Kfuncs.handsOutNext(c.name()) && !c.name().equals(Kfuncs.NEXT_NUMBER)).isPresent()) {
                slots.add(slot);
            }
        }
        return slots.toImmutable();
    }

    private PrivateState endless(Machine start) {
        start.unsupported("a private loop that never ends");
        return form.of(start, true);
    }

    private PrivateState settle(Machine m) {
        return switch (m.operation) {
            case VisibleOperation.End end -> form.finished(m);
            case VisibleOperation.Unsupported u -> form.of(m, true);
            default -> {
                Exports.of(m);
                yield form.of(m, reexecutes(m));
            }
        };
    }

    /** Executes one instruction. {@return false when this way ends here: it is impossible, or goes on in other machines} */
    public boolean step(Machine m, Deque<Machine> work) {
        Instruction instruction = config.program().code().get(m.pc);
        if (m.overtaken.anySatisfy(o -> !o.told()) && !ClockSamples.use(m, instruction, work)) {
            return false;
        }
        return switch (instruction) {
            case Instruction.Alu i -> alu(m, i);
            case Instruction.Negate i -> set(m, i.dst(), negate(m, i));
            case Instruction.Move i -> set(m, i.dst(), move(m, i));
            case Instruction.MoveSignExtend i -> {
                Value.Scalar s = m.number(m.value(i.src()));
                yield set(m, i.dst(), m.bounded(Arithmetic.signExtend(i.width(), s.term(), i.bits()), s.loads()));
            }
            case Instruction.ByteSwap i -> {
                Value.Scalar s = m.number(m.value(i.dst()));
                yield set(m, i.dst(), m.bounded(Arithmetic.byteSwap(i, s.term()), s.loads()));
            }
            case Instruction.AddressSpaceCast i -> stop(m, InstructionSupport.unfollowed(i));
            case Instruction.LoadImmediate64 i -> loadImmediate(m, i);
            case Instruction.Load i when walk.begins(m, m.value(i.base()), i.offset()) -> walk.call(m, work);
            case Instruction.Load i -> memory.load(m, i.dst(), m.value(i.base()), i.offset(), i.size().bytes(), i.signExtend(),
                    false, work);
            case Instruction.LoadAcquire i -> memory.load(m, i.dst(), m.value(i.base()), i.offset(), i.size().bytes(), false,
                    true, work);
            case Instruction.Store i -> memory.store(m, m.value(i.base()), i.offset(), i.size().bytes(), m.operand(i.src()),
                    false, work);
            case Instruction.StoreRelease i -> memory.store(m, m.value(i.base()), i.offset(), i.size().bytes(),
                    m.value(i.src()), true, work);
            case Instruction.Atomic i -> memory.atomic(m, i, m.value(i.base()), work);
            case Instruction.LoadPacket i -> loadPacket(m, i, work);
            case Instruction.Jump i -> jump(m, i.offset());
            case Instruction.JumpIndirect i -> stop(m, InstructionSupport.unfollowed(i));
            case Instruction.Branch i -> branch(m, i, work);
            case Instruction.MayGoto i -> {
                Machine taken = m.copy();
                jump(taken, i.offset());
                work.push(taken);
                yield jump(m, 0);
            }
            case Instruction.CallHelper i -> calls.enter(m, work);
            case Instruction.CallSubprogram i -> call(m, i);
            case Instruction.CallKfunc i -> calls.enter(m, work);
            case Instruction.CallIndirect i -> stop(m, InstructionSupport.unfollowed(i));
            case Instruction.Exit i -> exit(m, work);
            case Instruction.Invalid i -> stop(m, InstructionSupport.unfollowed(i) + " (" + i.says() + ")");
        };
    }

    private static boolean stop(Machine m, String what) {
        m.unsupported(what);
        return true;
    }

    private static boolean jump(Machine m, int offset) {
        m.pc += 1 + offset;
        return true;
    }

    private static boolean set(Machine m, Register dst, Value value) {
        m.registers[dst.number()] = value;
        m.pc++;
        return true;
    }

    private static Value negate(Machine m, Instruction.Negate i) {
        Value.Scalar s = m.number(m.value(i.dst()));
        return m.bounded(Arithmetic.negate(i.width(), s.term()), s.loads());
    }

    private static Value move(Machine m, Instruction.Move i) {
        Value source = m.operand(i.src());
        if (i.width() == Width.W64) {
            return source;
        }
        Value.Scalar s = m.number(source);
        return m.bounded(Arithmetic.low(s.term()), s.loads());
    }

    private static boolean alu(Machine m, Instruction.Alu i) {
        Value a = m.value(i.dst());
        Value b = m.operand(i.src());
        return set(m, i.dst(), i.width() == Width.W64 ? PointerArithmetic.compute(m, i.op(), a, b) : numbers(m, i, a, b));
    }

    private static Value numbers(Machine m, Instruction.Alu i, Value a, Value b) {
        Value.Scalar x = m.number(a);
        Value.Scalar y = m.number(b);
        return Arithmetic.scalar(m, Arithmetic.compute(i.width(), i.op(), x.term(), y.term()), x, y);
    }

    private boolean loadImmediate(Machine m, Instruction.LoadImmediate64 i) {
        Optional<Value> value = switch (config.program().references().get(m.pc)) {
            case null -> i.kind() == Instruction.LoadImmediate64.Pseudo.CONSTANT ? Optional.of(Value.of(i.value())) : Optional.empty();
            case Reference.Map map -> Optional.of(Value.to(new Region.MapHandle(map.map()), 0));
            case Reference.Data data -> Optional.of(
                    Value.to(new Region.Element(data.map(), Region.Life.BOUND), data.offset()));
            case Reference.Function f -> Optional.of(Value.to(new Region.Code(f.slot()), 0));
            case Reference.Kernel k -> Optional.empty();
            case Reference.Kfunc k -> Optional.of(Value.of(m.named(8, () -> Determined.address(config, k.name()))));
            case Reference.KernelSymbol k -> Optional.of(
                    k.weak() ? Value.of(m.named(8, () -> Determined.address(config, k.name()))) : Value.to(Addresses.named(k.name()), 0));
        };
        if (value.isEmpty()) {
            return stop(m, "a 64-bit immediate of kind " + i.kind() + " without a relocation");
        }
        m.registers[i.dst().number()] = value.get();
        m.pc += 2;
        return true;
    }

    /**
     * BPF_LD_ABS and BPF_LD_IND end the function, with result 0, when they reach outside the packet (net/core/filter.c,
     * bpf_gen_ld_abs).
     */
    private boolean loadPacket(Machine m, Instruction.LoadPacket i, Deque<Machine> work) {
        Optional<Literal> inside = i.mode() == Instruction.LoadPacket.Mode.INDIRECT || i.offset() < 0 ? Optional.empty()
                : memory.reaches(m, i.offset() + i.size().bytes());
        Machine outside = m.copy();
        outside.registers[0] = Value.of(0);
        if ((inside.isEmpty() || outside.assume(inside.get().negated())) && exit(outside, work)) {
            work.push(outside);
        }
        if (inside.isPresent() && !m.assume(inside.get())) {
            return false;
        }
        for (int r = 0; r <= 5; r++) {
            m.registers[r] = null;
        }
        return set(m, Register.R0, loaded(m, i));
    }

    /** {@return what is loaded, which lies in the packet in network byte order} Negative offsets are from other headers than the first byte. */
    private static Value loaded(Machine m, Instruction.LoadPacket i) {
        int bytes = i.size().bytes();
        if (i.mode() == Instruction.LoadPacket.Mode.INDIRECT || i.offset() < 0) {
            return new Value.Scalar(m.unfollowed(bytes, Unfollowed.PACKET_BY_INDEX), m.packet.loads());
        }
        Value.Scalar stored = m.packet.read(i.offset(), bytes, MemoryAccess.unknowns(m));
        return bytes == 1 ? stored
                : m.bounded(Arithmetic.byteSwap(new Instruction.ByteSwap(Instruction.ByteSwap.Order.TO_BIG, Register.R0, 8 * bytes), stored.term()), stored.loads());
    }

    private boolean branch(Machine m, Instruction.Branch i, Deque<Machine> work) {
        Optional<Literal> literal = condition(m, i);
        Optional<Boolean> known = literal.flatMap(l -> m.facts.decide(l));
        if (known.isPresent()) {
            return jump(m, known.get() ? i.offset() : 0);
        }
        Machine taken = m.copy();
        if (literal.isEmpty() || taken.assume(literal.get())) {
            jump(taken, i.offset());
            work.push(taken);
        }
        return (literal.isEmpty() || m.assume(literal.get().negated())) && jump(m, 0);
    }

    /** {@return the branch's test, empty when it compares addresses of which nothing can be said} */
    private Optional<Literal> condition(Machine m, Instruction.Branch i) {
        Value a = m.value(i.dst());
        Value b = m.operand(i.src());
        if (i.width() == Width.W32) {
            return Optional.of(narrow(i, m.number(a).term(), m.number(b).term()));
        }
        return switch (a) {
            case Value.Scalar x when b instanceof Value.Scalar y -> Optional.of(Comparison.of(i.condition(), x.term(), y.term()));
            case Value.Scalar x -> x.is(0) ? Optional.of(Comparison.of(i.condition(), x.term(), nonNull())) : asNumbers(m, i, a, b);
            case Value.Pointer p when b instanceof Value.Pointer q -> Addresses.compared(config, m, i.condition(), p, q);
            case Value.Pointer p -> b.is(0) ? Optional.of(Comparison.of(i.condition(), nonNull(), Terms.constant(0))) : asNumbers(m, i, a, b);
        };
    }

    /** {@return the test of an address against a number, empty when nothing can be said of it} */
    private static Optional<Literal> asNumbers(Machine m, Instruction.Branch i, Value a, Value b) {
        return m.exact.map(l -> Comparison.of(i.condition(), m.number(a).term(), m.number(b).term()));
    }

    /** Any address is unlike 0, above it, and negative as a signed number, as kernel addresses are. */
    private static Term nonNull() {
        return Terms.constant(Long.MIN_VALUE);
    }

    private static Literal narrow(Instruction.Branch i, Term a, Term b) {
        Term x = Arithmetic.low(a);
        Term y = Arithmetic.low(b);
        return switch (i.condition()) {
            case SGT, SGE, SLT, SLE -> Comparison.of(i.condition(), Terms.signExtend(x, 4), Terms.signExtend(y, 4));
            case EQ, NE, SET, GT, GE, LT, LE -> Comparison.of(i.condition(), x, y);
        };
    }

    private boolean call(Machine m, Instruction.CallSubprogram i) {
        ImmutableList<Value> saved = Lists.immutable.with(m.registers[6], m.registers[7], m.registers[8], m.registers[9]);
        m.frames.add(new Frame(m.pc + 1, saved, Cells.EMPTY));
        for (int r = 6; r < 10; r++) {
            m.registers[r] = null;
        }
        m.registers[0] = null;
        return jump(m, i.offset());
    }

    private boolean exit(Machine m, Deque<Machine> work) {
        if (m.depth() == 0) {
            m.flags = m.flags.atEnd();
            m.stopAt(new VisibleOperation.End(m.held, m.flags, config.asked() ? Optional.of(returned(m)) : Optional.empty()));
            return true;
        }
        Frame frame = m.frames.removeLast();
        for (int r = 1; r <= 5; r++) {
            m.registers[r] = frame.turn() > 0 ? frame.saved().get(r + 3) : null;
        }
        for (int r = 6; r < 10; r++) {
            m.registers[r] = frame.saved().get(r - 6);
        }
        m.pc = frame.returnTo();
        return frame.turn() == 0 || calls.returned(m, frame, work);
    }

    /** {@return r0 as an int, which is what callers of bpf_prog_run make of it (include/linux/filter.h)} */
    private static Value.Scalar returned(Machine m) {
        Value r0 = m.registers[0];
        return Value.of(Terms.signExtend(Arithmetic.low((r0 == null ? m.unknownValue(8) : m.number(r0)).term()), 4));
    }
}
