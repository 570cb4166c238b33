package bpfmc.model.thread;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import bpfmc.model.value.Comparison.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/** A private state being worked on: the interpreter changes it in place until it stands before a visible operation. */
final class Machine {
    /** A term of more nodes than this becomes a fresh unknown within its range, which can only add behaviours. */
    static final int LARGEST_TERM = 48;

    /** Loads are remembered in the bits of a long. */
    static final int MOST_LOADS = 63;

    int pc;
    final Value[] registers;
    final List<Frame> frames;
    Cells context;
    int contextVersion;
    final Map<Integer, Cells> memories;
    PacketState packet;
    Facts facts;
    final List<SharedLoad> loads;
    ImmutableList<Parked> parked;
    ImmutableList<Overtaken> overtaken;
    ImmutableList<MissedLookup> misses;
    ImmutableList<HeldLock> held;
    CpuFlags flags;
    int fresh;
    int exported;
    int tailCalls;
    Progress progress;

    /** Set when the machine has arrived before a visible operation. */
    VisibleOperation operation;

    private Machine(int pc, Value[] registers, List<Frame> frames, Cells context, int contextVersion,
            Map<Integer, Cells> memories, PacketState packet, Facts facts, List<SharedLoad> loads, ImmutableList<Parked> parked,
            ImmutableList<Overtaken> overtaken, ImmutableList<MissedLookup> misses, ImmutableList<HeldLock> held, CpuFlags flags, int fresh, int exported,
            int tailCalls, Progress progress) {
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
    }

    /** {@return a machine at the program's first instruction, r1 pointing to its context} */
    static Machine atEntry(CpuFlags flags) {
        var machine = new Machine(0, new Value[10], new ArrayList<>(), Cells.EMPTY, 0, new HashMap<>(), PacketState.AS_FOUND, Facts.NONE,
                new ArrayList<>(), Parked.none(), Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty(), flags, 0, 0, 0, Progress.NONE);
        machine.frames.add(new Frame(-1, Lists.immutable.empty(), Cells.EMPTY));
        machine.registers[1] = Value.to(new Region.Context(), 0);
        return machine;
    }

    static Machine of(PrivateState s) {
        return new Machine(s.pc(), s.registers().toArray(new Value[10]), new ArrayList<>(s.frames().castToList()), s.context(),
                s.contextVersion(), new HashMap<>(s.memories().castToMap()), s.packet(), s.facts(),
                new ArrayList<>(s.loads().castToList()), s.parked(), s.overtaken(), s.misses(), s.held(), s.flags(), s.fresh(), s.exported(), s.tailCalls(),
                s.progress());
    }

    Machine copy() {
        return new Machine(pc, registers.clone(), new ArrayList<>(frames), context, contextVersion,
                new HashMap<>(memories), packet, facts, new ArrayList<>(loads), parked, overtaken, misses, held, flags, fresh,
                exported, tailCalls, progress);
    }

    /** {@return the state as it is, not canonical} */
    PrivateState freeze() {
        return new PrivateState(pc, Lists.immutable.withAll(Arrays.asList(registers)), Lists.immutable.withAll(frames), context,
                contextVersion, Maps.immutable.withAll(memories), packet, facts, Lists.immutable.withAll(loads),
                parked, overtaken, misses, held, flags, fresh, exported, tailCalls, progress, operation);
    }

    Frame frame() {
        return frames.getLast();
    }

    int depth() {
        return frames.size() - 1;
    }

    /** {@return an unknown of this many bytes, made by the current instruction} */
    Symbol unknown(int bytes) {
        return new Symbol(Symbol.OWN, Symbol.Kind.FRESH, fresh++, pc, bytes);
    }

    Value.Scalar unknownValue(int bytes) {
        return Value.of(unknown(bytes));
    }

    /** {@return the value as a number; an address is a number of which nothing is known} */
    Value.Scalar number(Value value) {
        return switch (value) {
            case Value.Scalar s -> s;
            case Value.Pointer p -> unknownValue(8);
        };
    }

    /** {@return the number, or an unknown in its range when its term has grown too large} */
    Value.Scalar bounded(Term term, long loadBits) {
        if (Terms.size(term) <= LARGEST_TERM) {
            return new Value.Scalar(term, loadBits);
        }
        var range = facts.range(term);
        int bytes = 8;
        while (bytes > 1 && Long.compareUnsigned(range.umax(), Terms.mask(bytes - 1)) <= 0) {
            bytes--;
        }
        return new Value.Scalar(unknown(bytes), loadBits);
    }

    /** Adds what a branch learned. {@return false when that contradicts what is known: the path does not exist} */
    boolean assume(Literal literal) {
        var narrowed = facts.assume(literal);
        narrowed.ifPresent(f -> facts = f);
        return narrowed.isPresent();
    }

    void stopAt(VisibleOperation visible) {
        operation = visible;
    }

    void unsupported(String what) {
        stopAt(new VisibleOperation.Unsupported(what));
    }

    boolean stopped() {
        return operation != null;
    }
}
