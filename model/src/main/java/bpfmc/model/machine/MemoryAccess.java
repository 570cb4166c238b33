package bpfmc.model.machine;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.kernel.ContextFields;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.Consistency;
import bpfmc.model.step.Modify;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import bpfmc.model.value.Words;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.MutableLongList;
import org.eclipse.collections.impl.factory.primitive.LongLists;

/**
 * Loads, stores and atomics: performed at once on memory that the run alone sees, a stop before a visible operation on
 * elements. An address with an unknown offset is followed once for each offset it can have.
 */
public final class MemoryAccess {
    /** The size of an allocated object's private memory is not known; no other private memory has none. */
    public static final int OF_ALLOCATED = 0;

    /** An access at an unknown offset that can have more values than this is not followed. */
    static final int MOST_OFFSETS = 256;

    /** A run that forgets nothing reads the packet at each offset, when they are not more. */
    private static final int MOST_PACKET_OFFSETS = 16;

    private final RunConfig config;

    public MemoryAccess(RunConfig config) {
        this.config = config;
    }

    /** {@return the unknown length of the packet} */
    public static Term packetLength(Machine m) {
        return new Symbol(Symbol.OWN, Symbol.Kind.PACKET, m.packet.length(), Symbol.LENGTH, 4);
    }

    // ---- loads

    public boolean load(Machine m, Register dst, Value base, int offset, int size, boolean signExtend, boolean atomic, Deque<Machine> work) {
        return switch (base) {
            case Value.Scalar s -> finishLoad(m, dst, m.unknownValue(size), size, signExtend);
            case Value.Pointer p -> at(m, p, offset, true, work, (machine, where) -> loadAt(machine, dst, p, where, size,
                    signExtend, atomic), machine -> loadSomewhere(machine, dst, p, size, signExtend));
        };
    }

    /** What is read at an address comes from what the address was made of, too. */
    private void loadAt(Machine m, Register dst, Value.Pointer at, int offset, int size, boolean signExtend, boolean atomic) {
        Consumer<Value> read = value -> finishLoad(m, dst, value.from(at.loads()), size, signExtend);
        switch (at.region()) {
            case Region.Element e when config.dataSection(e) != null && config.dataSection(e).readOnlyData() ->
                    read.accept(constantData(m, config.dataSection(e), offset, size));
            case Region.Element e -> {
                m.progress = m.progress.from(at.loads());
                m.stopAt(new VisibleOperation.Load(e, offset, size, atomic));
            }
            case Region.Stack s -> read.accept(m.frames.get(s.frame()).stack().read(offset, size, unwritten(m, s)));
            case Region.Memory x -> read.accept(held(m, x, memory(m, x).read(offset, size, unwritten(m, x))));
            case Region.Context c -> read.accept(context(m, offset, size));
            case Region.Packet p -> read.accept(m.packet.read(offset, size, unknowns(m)));
            case Region.PacketEnd p -> read.accept(m.unknownValue(size));
            case Region.MapHandle h -> read.accept(Value.of(m.unfollowed(size, Unfollowed.MAP_OBJECT)));
            case Region.Kernel k when ReadValues.is(k) -> read.accept(Value.of(m.unfollowed(size, Unfollowed.READ_VALUE)));
            case Region.Kernel k -> read.accept(m.unknownValue(size));
            case Region.Code c -> m.unsupported("a load from code");
        }
    }

    /** {@return what a load from private memory gives: of an allocated object also what the run has handed over} */
    private static Value held(Machine m, Region.Memory memory, Value read) {
        return memory.size() == OF_ALLOCATED && read instanceof Value.Scalar ? read.from(m.packet.handedOver()) : read;
    }

    private void loadSomewhere(Machine m, Register dst, Value.Pointer at, int size, boolean signExtend) {
        Region region = at.region();
        if (region instanceof Region.Element) {
            m.unsupported("a load at an unknown offset of a map value, with more than " + MOST_OFFSETS + " possible values");
        } else {
            Symbol loaded = region instanceof Region.Kernel && !ReadValues.is(region) ? m.unknown(size)
                    : m.unfollowed(size, region instanceof Region.Packet ? Unfollowed.PACKET_SOMEWHERE : Unfollowed.MEMORY_SOMEWHERE);
            finishLoad(m, dst, new Value.Scalar(loaded, at.loads() | Provenance.of(m, region)), size, signExtend);
        }
    }

    private static boolean finishLoad(Machine m, Register dst, Value value, int size, boolean signExtend) {
        m.registers[dst.number()] = switch (value) {
            case Value.Pointer p when size == 8 -> p;
            case Value.Pointer p -> p; // a packet address in a 32-bit context field
            case Value.Scalar s -> signExtend ? m.bounded(Terms.signExtend(s.term(), size), s.loads()) : m.bounded(s.term(), s.loads());
        };
        m.pc++;
        return true;
    }

    /** Puts the loaded number into its register and remembers where it came from. */
    public void completeLoad(Machine m, Register dst, boolean signExtend, VisibleOperation.Load load, Answer answer) {
        var loaded = (Value.Scalar) ((Answer.Of) answer).value();
        remember(m, load.element().slot(), load.offset(), load.size(), bits ->
                finishLoad(m, dst, new Value.Scalar(loaded.term(), bits), load.size(), signExtend));
    }

    private interface WithBits {
        void accept(long loads);
    }

    private static void remember(Machine m, int element, int offset, int size, WithBits then) {
        if (m.loads.size() >= Machine.MOST_LOADS) {
            m.unsupported("more than " + Machine.MOST_LOADS + " shared loads whose values are still in use");
            return;
        }
        m.loads.add(new SharedLoad(element, offset, size, m.pc));
        long address = m.progress.loads();
        m.progress = m.progress.from(0);
        then.accept(1L << (m.loads.size() - 1) | address | StoredProvenance.from(m.parked, element, offset, size));
    }

    private Value context(Machine m, int offset, int size) {
        return switch (ContextFields.at(config.program().section().type(), offset, size)) {
            case PACKET_START -> Value.to(new Region.Packet(), 0);
            case PACKET_END -> Value.to(new Region.PacketEnd(), 0);
            case PACKET_METADATA -> new Value.Pointer(new Region.Packet(), Terms.negate(m.named(1, () ->
                    new Symbol(Symbol.OWN, Symbol.Kind.PACKET, m.packet.length(), Symbol.METADATA, 1))));
            case NUMBER -> withHandedOver(m, m.context.read(offset, size, (o, n) -> input(m, o, n)));
        };
    }

    /** What a helper has left in the context may be what the run had handed over. */
    private static Value withHandedOver(Machine m, Value value) {
        return m.contextVersion > 0 && value instanceof Value.Scalar ? value.from(m.packet.handedOver()) : value;
    }

    /** {@return what the context holds where the program has not written} Ranges that are known are noted with the first use of a word. */
    private Term input(Machine m, int offset, int size) {
        if (m.contextVersion > 0) {
            return words(Symbol.Kind.CONTEXT, m.contextVersion, offset, size);
        }
        for (InputRange known : config.inputs().select(i -> i.overlaps(offset, size))) {
            if (known.exact() && known.offset() == offset && known.size() == size) {
                return Terms.constant(known.least());
            }
            Term field = words(Symbol.Kind.CONTEXT, 0, known.offset(), known.size());
            boolean possible = m.assume(new Literal(new Comparison(Order.LESS_UNSIGNED, field, Terms.constant(known.least())), false))
                    && m.assume(new Literal(new Comparison(Order.LESS_UNSIGNED, Terms.constant(known.most()), field), false));
            if (!possible) {
                throw new IllegalStateException("what is known of the context contradicts " + known);
            }
        }
        return words(Symbol.Kind.CONTEXT, 0, offset, size);
    }

    private static Term words(Symbol.Kind kind, int index, int offset, int size) {
        return Words.read(offset, size, word -> Symbol.input(kind, index, word));
    }

    static Value constantData(Machine m, MapDefinition map, int offset, int size) {
        var data = map.data().orElseThrow();
        byte[] bytes = data.contents();
        if (data.kind() != MapDefinition.DataSection.Kind.RODATA || offset < 0 || offset + size > bytes.length) {
            return Value.of(m.named(size, () -> readOnly(map, offset, size)));
        }
        if (!data.knows(offset, size)) {
            return Value.of(readOnly(map, offset, size));
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[offset + i] & 0xff;
        }
        return Value.of(value);
    }

    private static Term readOnly(MapDefinition map, int offset, int size) {
        return Words.read(offset, size, word -> new Symbol(Symbol.INITIAL, Symbol.Kind.READ_ONLY, map.index(), word, 8));
    }

    /** {@return what a run that forgets nothing knows when the kernel says that the packet reaches so far, or does not} Empty when that says nothing. */
    public Optional<Literal> reaches(Machine m, long end) {
        boolean xdp = config.program().section().type() == ProgramType.XDP;
        Term length = xdp ? packetLength(m) : ((Value.Scalar) m.context.read(0, 4, (o, n) -> input(m, o, n))).term();
        return m.exact.isEmpty() || xdp && config.program().section().name().contains("frags") ? Optional.empty()
                : Optional.of(new Literal(new Comparison(Order.LESS_UNSIGNED, length, Terms.constant(end)), false));
    }

    // ---- stores

    public boolean store(Machine m, Value base, int offset, int size, Value value, boolean atomic, Deque<Machine> work) {
        return switch (base) {
            case Value.Scalar s -> stopUnsupported(m, "a store to kernel memory");
            case Value.Pointer p -> at(m, p, offset, false, work, (machine, where) -> storeAt(machine, p.region(), where, size, value, atomic),
                    machine -> storeSomewhere(machine, p.region(), value));
        };
    }

    private void storeAt(Machine m, Region region, int offset, int size, Value value, boolean atomic) {
        switch (region) {
            case Region.Element e -> m.stopAt(new VisibleOperation.Store(e, offset, size, cut(m.number(value), size), atomic));
            case Region.Stack s -> {
                m.frames.set(s.frame(), m.frames.get(s.frame()).withStack(
                        m.frames.get(s.frame()).stack().write(offset, size, cutPrivate(m, value, size), unknowns(m))));
                m.pc++;
            }
            case Region.Memory x -> {
                m.memories.put(x.id(), memory(m, x).write(offset, size, cutPrivate(m, value, size), unknowns(m)));
                m.pc++;
            }
            case Region.Context c -> {
                m.context = m.context.write(offset, size, cut(m.number(value), size), unknowns(m));
                m.pc++;
            }
            case Region.Packet p -> {
                m.packet = m.packet.stored(offset, size, cut(m.number(value), size), unknowns(m));
                m.pc++;
            }
            case Region.PacketEnd p -> m.unsupported("a store behind the packet");
            case Region.MapHandle h -> m.unsupported("a store to a map object");
            case Region.Kernel k -> m.unsupported(ReadValues.is(k) ? "a store to " + k.what() + ", which programs are taken to read only" : "a store to kernel memory");
            case Region.Code c -> m.unsupported("a store to code");
        }
    }

    private static void storeSomewhere(Machine m, Region region, Value value) {
        if (region instanceof Region.Packet) {
            m.packet = m.packet.storedSomewhere(value instanceof Value.Scalar s ? s.loads() : 0);
            m.pc++;
        } else {
            m.unsupported("a store at an unknown offset with more than " + MOST_OFFSETS + " possible values");
        }
    }

    /** Notes what the stored value comes from: the run may read it again. */
    public static void completeStore(Machine m, VisibleOperation.Store o) {
        m.parked = StoredProvenance.stored(m.parked, m.loads, o.element().slot(), o.offset(), o.size(), o.value().loads());
        m.pc++;
    }

    private static Value.Scalar cut(Value.Scalar value, int size) {
        return new Value.Scalar(Terms.extract(value.term(), 0, size), value.loads());
    }

    private static Value cutPrivate(Machine m, Value value, int size) {
        return value instanceof Value.Pointer p && size == 8 ? p : cut(m.number(value), size);
    }

    private static boolean stopUnsupported(Machine m, String what) {
        m.unsupported(what);
        return true;
    }

    // ---- atomics

    public boolean atomic(Machine m, Instruction.Atomic i, Value base, Deque<Machine> work) {
        return switch (base) {
            case Value.Scalar s -> stopUnsupported(m, "an atomic operation on kernel memory");
            case Value.Pointer p -> at(m, p, i.offset(), false, work, (machine, where) -> atomicAt(machine, i, p, where, work),
                    machine -> machine.unsupported("an atomic operation at an unknown offset"));
        };
    }

    private void atomicAt(Machine m, Instruction.Atomic i, Value.Pointer at, int offset, Deque<Machine> work) {
        int size = i.size().bytes();
        Value.Scalar operand = cut(m.number(m.value(i.src())), size);
        Value.Scalar expected = i.op() == AtomicOp.CMPXCHG ? cut(m.number(m.value(Register.R0)), size) : Value.of(0);
        if (config.memory() != Consistency.SEQUENTIAL && (at.region() instanceof Region.Stack || at.region() instanceof Region.Memory) && !m.fenced) {
            m.stopAt(new VisibleOperation.Fence());
            return;
        }
        m.fenced = false;
        switch (at.region()) {
            case Region.Element e -> {
                m.progress = m.progress.from(i.fetch() ? at.loads() : 0);
                m.stopAt(new VisibleOperation.ReadModifyWrite(e, offset, size, i.op(), i.fetch(), operand, expected));
            }
            case Region.Stack s -> modify(m, i, addressed(m.number(m.frames.get(s.frame()).stack().read(offset, size, unwritten(m, s))), at), operand, expected.term(), work,
                    (machine, value) -> machine.frames.set(s.frame(), machine.frames.get(s.frame()).withStack(
                            machine.frames.get(s.frame()).stack().write(offset, size, value, unknowns(machine)))));
            case Region.Memory x -> modify(m, i, addressed(m.number(memory(m, x).read(offset, size, unwritten(m, x))), at), operand, expected.term(), work,
                    (machine, value) -> machine.memories.put(x.id(), memory(machine, x).write(offset, size, value, unknowns(machine))));
            case Region.Context c -> m.unsupported("an atomic operation on the context");
            case Region.Packet p -> m.unsupported("an atomic operation on the packet");
            case Region.PacketEnd p -> m.unsupported("an atomic operation on the packet");
            case Region.MapHandle h -> m.unsupported("an atomic operation on a map object");
            case Region.Kernel k -> m.unsupported("an atomic operation on kernel memory");
            case Region.Code c -> m.unsupported("an atomic operation on code");
        }
    }

    private static Value.Scalar addressed(Value.Scalar read, Value.Pointer at) {
        return new Value.Scalar(read.term(), read.loads() | at.loads());
    }

    /** On memory that the run alone sees. Whether a compare-and-exchange succeeds is followed both ways. */
    private static void modify(Machine m, Instruction.Atomic i, Value.Scalar old, Value.Scalar operand, Term expected, Deque<Machine> work,
            BiConsumer<Machine, Value.Scalar> store) {
        Literal same = Comparison.equal(old.term(), expected, true);
        switch (i.op()) {
            case CMPXCHG -> {
                Machine other = m.copy();
                boolean fails = other.assume(same.negated());
                if (fails && m.assume(same)) {
                    finishAtomic(other, i, old);
                    work.push(other);
                    fails = false;
                }
                store.accept(m, fails ? old : operand);
            }
            case XCHG -> store.accept(m, operand);
            case ADD, OR, AND, XOR ->
                    store.accept(m, m.bounded(Modify.compute(i.op(), old.term(), operand.term(), i.size().bytes()), old.loads() | operand.loads()));
        }
        finishAtomic(m, i, old);
    }

    public void completeAtomic(Machine m, Instruction.Atomic i, VisibleOperation.ReadModifyWrite op, Answer answer) {
        int slot = op.element().slot();
        ImmutableList<StoredProvenance> after = op.op() == AtomicOp.XCHG ? StoredProvenance.stored(m.parked, m.loads, slot, op.offset(), op.size(), op.operand().loads())
                : StoredProvenance.mixed(m.parked, m.loads, slot, op.offset(), op.size(), op.operand().loads());
        if (!i.fetch()) {
            m.parked = after;
            m.pc++;
            return;
        }
        var old = (Value.Scalar) ((Answer.Of) answer).value();
        remember(m, slot, op.offset(), op.size(), bits -> {
            m.parked = after;
            finishAtomic(m, i, new Value.Scalar(old.term(), bits));
        });
    }

    private static void finishAtomic(Machine m, Instruction.Atomic i, Value old) {
        if (i.fetch()) {
            m.registers[i.op() == AtomicOp.CMPXCHG ? 0 : i.src().number()] = old;
        }
        m.pc++;
    }

    // ---- common

    /** {@return what bytes hold that were never written, nobody knows where: anything; and what is left of addresses that are cut} */
    public static Cells.Gaps unknowns(Machine m) {
        return new Found(m, (offset, size) -> new Symbol(Symbol.OWN, Symbol.Kind.UNFOLLOWED, m.fresh++, Unfollowed.UNWRITTEN_FRAME.ordinal(), size));
    }

    /**
     * {@return the same for a region of the run's own, whose bytes stay what they are until they are written} Frames of subprograms lie where
     * others lay before.
     */
    static Cells.Gaps unwritten(Machine m, Region region) {
        return switch (region) {
            case Region.Stack s when s.frame() == 0 -> new Found(m, (offset, size) -> unwritten(2 * m.tailCalls, offset, size));
            case Region.Memory x -> new Found(m, (offset, size) -> unwritten(2 * x.id() + 1, offset, size));
            default -> unknowns(m);
        };
    }

    private static Term unwritten(int memory, int offset, int size) {
        return Words.read(offset, size, word -> new Symbol(Symbol.OWN, Symbol.Kind.UNWRITTEN, memory, word, Long.BYTES));
    }

    /** What memory holds where no cell knows: an unknown, with its meaning. */
    private record Found(Machine m, Cells.Gaps meaning) implements Cells.Gaps {
        @Override
        public Term read(int offset, int size) {
            return m.named(size, () -> meaning.read(offset, size));
        }

        @Override
        public Term part(Value.Pointer address, int from, int size) {
            return m.named(size, () -> Terms.extract(Addresses.number(m, address), from, size));
        }
    }

    private static Cells memory(Machine m, Region.Memory region) {
        return m.memories.getOrDefault(region.id(), Cells.EMPTY);
    }

    /** Performs an access at each offset that the address can have, or once {@code anywhere} when there are too many. */
    private static boolean at(Machine m, Value.Pointer p, int displacement, boolean reads, Deque<Machine> work, BiConsumer<Machine, Integer> access,
            Consumer<Machine> anywhere) {
        Term offset = Terms.add(p.offset(), Terms.constant(displacement));
        if (offset instanceof Constant c) {
            access.accept(m, (int) c.value());
            return true;
        }
        MutableLongList offsets = possibleValues(m, offset);
        if (m.exact.isPresent() && offsets != null && offsets.size() <= MOST_PACKET_OFFSETS && p.region() instanceof Region.Packet && reads) {
            return atEach(m, offset, offsets, work, access);
        }
        if (offsets == null || p.region() instanceof Region.Packet || p.region() instanceof Region.Kernel) {
            anywhere.accept(m);
            return true;
        }
        return atEach(m, offset, offsets, work, access);
    }

    private static boolean atEach(Machine m, Term offset, MutableLongList offsets, Deque<Machine> work, BiConsumer<Machine, Integer> access) {
        offsets.each(value -> {
            Machine one = m.copy();
            if (one.assume(Comparison.equal(offset, Terms.constant(value), true))) {
                access.accept(one, (int) value);
                work.push(one);
            }
        });
        return false;
    }

    /** {@return every value the term can have, null when there are more than {@link #MOST_OFFSETS}} */
    static MutableLongList possibleValues(Machine m, Term term) {
        Range range = m.facts.range(term);
        if (Long.compareUnsigned(range.umax() - range.umin(), 1 << 16) > 0) {
            return null;
        }
        MutableLongList values = LongLists.mutable.empty();
        for (long v = range.umin(); values.size() <= MOST_OFFSETS; v++) {
            if (range.contains(v)) {
                values.add(v);
            }
            if (v == range.umax()) {
                break;
            }
        }
        return values.size() <= MOST_OFFSETS ? values : null;
    }
}
