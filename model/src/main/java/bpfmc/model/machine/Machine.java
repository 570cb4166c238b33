package bpfmc.model.machine;

import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/** A private state being worked on: the interpreter changes it in place until it stands before a visible operation. */
public final class Machine {
    /** A term of more nodes than this gets a name, an unknown: runs that forget know no more of it, which can only add behaviours. */
    static final int LARGEST_TERM = 48;

    /** Loads are remembered in the bits of a long. */
    static final int MOST_LOADS = 63;

    public int pc;
    public final Value[] registers;
    public final List<Frame> frames;
    public Cells context;
    public int contextVersion;
    public final Map<Integer, Cells> memories;
    public PacketState packet;
    public Facts facts;
    public final List<SharedLoad> loads;
    public ImmutableList<StoredProvenance> parked;
    public ImmutableList<StaleClockSample> overtaken;
    public ImmutableList<MissedLookup> misses;
    public ImmutableList<HeldLock> held;
    public CpuFlags flags;
    public int fresh;
    public int exported;
    public int tailCalls;
    public Progress progress;

    /** What the run's code refers to, when unknowns that the machine determines get a meaning; empty when they may be forgotten. */
    public final Optional<RunConfig> exact;

    /** Set when the machine has arrived before a visible operation. */
    public VisibleOperation operation;

    /** Set when the fence that the next instruction begins with is behind the machine. */
    public boolean fenced;

    private Machine(int pc, Value[] registers, List<Frame> frames, Cells context, int contextVersion,
            Map<Integer, Cells> memories, PacketState packet, Facts facts, List<SharedLoad> loads, ImmutableList<StoredProvenance> parked,
            ImmutableList<StaleClockSample> overtaken, ImmutableList<MissedLookup> misses, ImmutableList<HeldLock> held, CpuFlags flags, int fresh, int exported,
            int tailCalls, Progress progress, Optional<RunConfig> exact) {
        this.pc = pc;
        this.registers = registers;
        this.frames = frames;
        this.context = context;
        this.contextVersion = contextVersion;
        this.memories = memories;
        this.packet = packet;
        this.facts = facts;
        this.loads = loads;
        this.parked = parked;
        this.overtaken = overtaken;
        this.misses = misses;
        this.held = held;
        this.flags = flags;
        this.fresh = fresh;
        this.exported = exported;
        this.tailCalls = tailCalls;
        this.progress = progress;
        this.exact = exact;
    }

    /** {@return a machine at the program's first instruction, r1 pointing to its context} */
    public static Machine atEntry(CpuFlags flags) {
        var machine = new Machine(0, new Value[10], new ArrayList<>(), Cells.EMPTY, 0, new HashMap<>(), PacketState.AS_FOUND, Facts.NONE,
                new ArrayList<>(), StoredProvenance.none(), Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty(), flags, 0, 0, 0, Progress.NONE,
                Optional.empty());
        machine.frames.add(new Frame(-1, Lists.immutable.empty(), Cells.EMPTY));
        machine.registers[1] = Value.to(new Region.Context(), 0);
        return machine;
    }

    public static Machine of(PrivateState s) {
        return of(s, Optional.empty());
    }

    /** {@return a machine in this state} @param exact what its code refers to, when it may forget nothing */
    public static Machine of(PrivateState s, Optional<RunConfig> exact) {
        return new Machine(s.pc(), s.registers().toArray(new Value[10]), new ArrayList<>(s.frames().castToList()), s.context(),
                s.contextVersion(), new HashMap<>(s.memories().castToMap()), s.packet(), s.facts(),
                new ArrayList<>(s.loads().castToList()), s.parked(), s.overtaken(), s.misses(), s.held(), s.flags(), s.fresh(), s.exported(), s.tailCalls(),
                s.progress(), exact);
    }

    public Machine copy() {
        Machine copy = new Machine(pc, registers.clone(), new ArrayList<>(frames), context, contextVersion,
                new HashMap<>(memories), packet, facts, new ArrayList<>(loads), parked, overtaken, misses, held, flags, fresh,
                exported, tailCalls, progress, exact);
        copy.fenced = fenced;
        return copy;
    }

    /** {@return the state as it is, not canonical} */
    public PrivateState freeze() {
        return new PrivateState(pc, Lists.immutable.withAll(Arrays.asList(registers)), Lists.immutable.withAll(frames), context,
                contextVersion, Maps.immutable.withAll(memories), packet, facts, Lists.immutable.withAll(loads),
                parked, overtaken, misses, held, flags, fresh, exported, tailCalls, progress, operation);
    }

    public Frame frame() {
        return frames.getLast();
    }

    public int depth() {
        return frames.size() - 1;
    }

    /** {@return what a register holds; an unknown when it holds nothing} */
    public Value value(Register register) {
        if (register == Register.R10) {
            return Value.to(new Region.Stack(depth()), 0);
        }
        Value value = registers[register.number()];
        return value != null ? value : unknownValue(8);
    }

    /** {@return the value of an operand} */
    public Value operand(Operand operand) {
        return switch (operand) {
            case Operand.Reg r -> value(r.register());
            case Operand.Imm i -> Value.of((long) i.value());
        };
    }

    /** {@return an unknown of this many bytes, made by the current instruction} */
    public Symbol unknown(int bytes) {
        return new Symbol(Symbol.OWN, Symbol.Kind.FRESH, fresh++, pc, bytes);
    }

    public Value.Scalar unknownValue(int bytes) {
        return Value.of(unknown(bytes));
    }

    /** {@return the value as a number; what an address is as a number only a run knows that forgets nothing} */
    public Value.Scalar number(Value value) {
        return switch (value) {
            case Value.Scalar s -> s;
            case Value.Pointer p -> new Value.Scalar(named(8, () -> Addresses.number(this, p)), p.loads());
        };
    }

    /** {@return a new unknown; in a run that forgets nothing it means this} @param meaning a number that fits into so many bytes */
    public Symbol named(int bytes, Supplier<Term> meaning) {
        Symbol unknown = unknown(bytes);
        if (exact.isPresent()) {
            facts = facts.defining(unknown, meaning.get());
        }
        return unknown;
    }

    /** {@return a number that the machine determines, but that is not followed} */
    public Symbol unfollowed(int bytes, Unfollowed why) {
        return named(bytes, () -> new Symbol(Symbol.OWN, Symbol.Kind.UNFOLLOWED, fresh++, why.ordinal(), bytes));
    }

    /**
     * {@return the number, or an unknown in its place when its term has grown too large} A run that forgets nothing knows what the unknown
     * stands for.
     */
    public Value.Scalar bounded(Term term, long loadBits) {
        if (Terms.size(term) <= LARGEST_TERM) {
            return new Value.Scalar(term, loadBits);
        }
        return new Value.Scalar(named(bytesOf(term), () -> term), loadBits);
    }

    /** {@return a number of as many bytes, that comes from the same loads, of which nothing else is known} */
    public Value.Scalar forgotten(Value.Scalar number) {
        return new Value.Scalar(unknown(bytesOf(number.term())), number.loads());
    }

    /** {@return how many bytes hold what the term may be} */
    private int bytesOf(Term term) {
        long most = facts.range(term).umax();
        int bytes = 8;
        while (bytes > 1 && Long.compareUnsigned(most, Terms.mask(bytes - 1)) <= 0) {
            bytes--;
        }
        return bytes;
    }

    /** Adds what a branch learned. {@return false when that contradicts what is known: the path does not exist} */
    public boolean assume(Literal literal) {
        var narrowed = facts.assume(literal);
        narrowed.ifPresent(f -> facts = f);
        return narrowed.isPresent();
    }

    public void stopAt(VisibleOperation visible) {
        operation = visible;
    }

    public void unsupported(String what) {
        stopAt(new VisibleOperation.Unsupported(what));
    }

    public boolean stopped() {
        return operation != null;
    }
}
