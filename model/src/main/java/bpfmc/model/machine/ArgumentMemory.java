package bpfmc.model.machine;

import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Memory that a call reads or writes through its arguments. */
public final class ArgumentMemory {
    /** A copy takes at most this many steps. */
    private static final int MOST_PIECES = 8;

    /** Longer copies are not followed; no program's own memory is as large. */
    private static final int MOST_BYTES = 1 << 15;

    private final RunConfig config;

    public ArgumentMemory(RunConfig config) {
        this.config = config;
    }

    /** {@return the key an argument points to, empty when the machine has stopped to copy it out of shared memory} */
    public Optional<Key> key(Machine m, int argument, int size) {
        if (size == 0) {
            m.unsupported("a map with keys of no bytes, which the kernel refuses");
            return Optional.empty();
        }
        return bytes(m, argument, size).map(cells -> {
            MutableList<Term> words = Lists.mutable.empty();
            for (int at = 0; at < size; at += 8) {
                words.add(m.number(cells.read(at, Math.min(8, size - at), MemoryAccess.unknowns(m))).term());
            }
            return new Key(words.toImmutable());
        });
    }

    /**
     * {@return the bytes an argument points to, from offset 0 and without gaps, empty when the machine has stopped to copy
     * them out of shared memory}
     */
    public Optional<Cells> bytes(Machine m, int argument, int size) {
        if (size > MOST_BYTES) {
            m.unsupported("a call that reads " + size + " bytes at once");
            return Optional.empty();
        }
        Value value = m.registers[argument];
        if (!(value instanceof Value.Pointer p)) {
            return Optional.of(unknown(m, size, 0));
        }
        return bytes(m, argument, p, size).map(read -> p.loads() == 0 ? read : read.map(v -> v.from(p.loads())));
    }

    private Optional<Cells> bytes(Machine m, int argument, Value.Pointer p, int size) {
        if (!(p.offset() instanceof Constant c)) {
            if (p.region() instanceof Region.Element) {
                m.unsupported("a call that reads a map value at an unknown offset");
                return Optional.empty();
            }
            return Optional.of(unknown(m, size, Provenance.of(m, p.region()), bytes -> m.unfollowed(bytes, Unfollowed.MEMORY_SOMEWHERE)));
        }
        int offset = (int) c.value();
        return switch (p.region()) {
            case Region.Stack s -> Optional.of(copy(m, m.frames.get(s.frame()).stack(), MemoryAccess.unwritten(m, s), offset, size));
            case Region.Memory x -> Optional.of(copy(m, m.memories.getOrDefault(x.id(), Cells.EMPTY), MemoryAccess.unwritten(m, x), offset, size));
            case Region.Element e when config.dataSection(e) != null && config.dataSection(e).readOnlyData() ->
                    Optional.of(constant(m, e, offset, size));
            case Region.Element e -> shared(m, e, argument, offset, size);
            case Region.Packet x -> Optional.of(packet(m, offset, size));
            case Region.Context x -> Optional.of(unknown(m, size, Provenance.of(m, x)));
            case Region.PacketEnd x -> Optional.of(unknown(m, size, 0));
            case Region.MapHandle x -> Optional.of(unknown(m, size, 0));
            case Region.Code x -> Optional.of(unknown(m, size, 0));
            case Region.Kernel x -> Optional.of(unknown(m, size, Provenance.of(m, x)));
        };
    }

    /** {@return bytes of which nothing is known but the loads that they may come from} */
    static Cells unknown(Machine m, int size, long loads) {
        return unknown(m, size, loads, m::unknown);
    }

    private static Cells unknown(Machine m, int size, long loads, IntFunction<Symbol> made) {
        return Cells.of(size, (at, bytes) -> new Value.Scalar(made.apply(bytes), loads));
    }

    /** {@return bytes of the packet, from its first byte on} */
    public static Cells packet(Machine m, int offset, int size) {
        return Cells.of(size, (at, bytes) -> m.packet.read(offset + at, bytes, MemoryAccess.unknowns(m)));
    }

    /** The bytes in the cells they were written in, so that remembered loads stay with the bytes they belong to. */
    private static Cells copy(Machine m, Cells from, Cells.Gaps unwritten, int offset, int size) {
        MutableList<Cells.Cell> cells = Lists.mutable.empty();
        int at = offset;
        while (at < offset + size) {
            int bytes = Math.min(offset + size - at, from.runAt(at));
            cells.add(new Cells.Cell(at - offset, bytes, from.read(at, bytes, unwritten)));
            at += bytes;
        }
        return new Cells(cells.toImmutable());
    }

    private Cells constant(Machine m, Region.Element element, int offset, int size) {
        return Cells.of(size, (at, bytes) -> MemoryAccess.constantData(m, config.dataSection(element), offset + at, bytes));
    }

    private static Optional<Cells> shared(Machine m, Region.Element element, int argument, int offset, int size) {
        int have = end(m.progress.gathered().get(argument - 1));
        if (have >= size) {
            return Optional.of(m.progress.gathered().get(argument - 1));
        }
        m.stopAt(new VisibleOperation.CopyOut(element, offset + have, Math.min(pieceSize(size), size - have)));
        return Optional.empty();
    }

    private static int end(Cells gathered) {
        return gathered.cells().isEmpty() ? 0 : gathered.cells().getLast().offset() + gathered.cells().getLast().size();
    }

    /** {@return bytes that one step copies} @param size of the whole */
    public static int pieceSize(int size) {
        return Math.max(8, (size / MOST_PIECES + 7) / 8 * 8);
    }

    /**
     * Adds what a step has copied out to what the call has gathered; the call is then executed again. The cells of a
     * large piece are remembered as one load.
     */
    public void gathered(Machine m, VisibleOperation.CopyOut copy, Cells contents) {
        int argument = argumentOf(m, copy);
        Cells before = m.progress.gathered().get(argument - 1);
        remember(m, copy, contents, before, end(before)).ifPresent(after -> m.progress = m.progress.withGathered(argument - 1, after));
    }

    /** {@return what was copied before with what has been copied now, which is remembered as loaded} @param base where in the copy the piece begins */
    public static Optional<Cells> remember(Machine m, VisibleOperation.CopyOut copy, Cells contents, Cells before, int base) {
        boolean together = contents.cells().size() > MOST_PIECES;
        if (m.loads.size() + contents.cells().size() > Machine.MOST_LOADS && !together || m.loads.size() >= Machine.MOST_LOADS) {
            m.unsupported("more than " + Machine.MOST_LOADS + " shared loads whose values are still in use");
            return Optional.empty();
        }
        MutableList<Cells.Cell> loaded = Lists.mutable.empty();
        for (Cells.Cell cell : contents.cells()) {
            if (!together || cell.offset() == 0) {
                m.loads.add(new SharedLoad(copy.element().slot(), copy.offset() + cell.offset(),
                        together ? copy.size() : cell.size(), m.pc));
            }
            var value = new Value.Scalar(((Value.Scalar) cell.value()).term(), 1L << (m.loads.size() - 1)
                    | StoredProvenance.from(m.parked, copy.element().slot(), copy.offset() + cell.offset(), cell.size()));
            loaded.add(new Cells.Cell(cell.offset(), cell.size(), value));
        }
        return Optional.of(before.writeAll(base, new Cells(loaded.toImmutable()), MemoryAccess.unknowns(m)));
    }

    /** The argument whose next piece this copy is: the first that points there and is not complete. */
    private static int argumentOf(Machine m, VisibleOperation.CopyOut copy) {
        for (int argument = 1; argument <= 5; argument++) {
            if (m.registers[argument] instanceof Value.Pointer p && p.region().equals(copy.element())
                    && p.offset() instanceof Constant c
                    && c.value() + end(m.progress.gathered().get(argument - 1)) == copy.offset()) {
                return argument;
            }
        }
        throw new IllegalStateException("no argument of the call at slot " + m.pc + " is being copied from " + copy);
    }

    /** {@return the steps that copy the bytes into an element} @param size of the whole, which decides the pieces */
    public static ImmutableList<VisibleOperation> copyIn(Region.Element element, int offset, Cells contents, int size) {
        int piece = pieceSize(size);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        for (int from = 0; from < size; from += piece) {
            int start = from;
            Cells part = new Cells(contents.cells().select(c -> c.offset() >= start && c.offset() < start + piece)
                    .collect(c -> new Cells.Cell(c.offset() - start, c.size(), c.value())));
            if (!part.cells().isEmpty()) {
                int first = part.cells().getFirst().offset();
                int last = part.cells().getLast().offset() + part.cells().getLast().size();
                Cells shifted = new Cells(part.cells().collect(c -> new Cells.Cell(c.offset() - first, c.size(), c.value())));
                steps.add(new VisibleOperation.CopyIn(element, offset + start + first, last - first, shifted));
            }
        }
        return steps.toImmutable();
    }

    /**
     * Makes the bytes an argument points to unknown, as a call may leave them. {@return the visible steps that takes}
     *
     * @param loads the shared loads that what is left there may come from @param computed whether it follows from what the call was handed
     */
    public ImmutableList<VisibleOperation> scramble(Machine m, int argument, int size, long loads, boolean computed) {
        if (size > MOST_BYTES) {
            m.unsupported("a call that writes " + size + " bytes at once");
            return Lists.immutable.empty();
        }
        return m.registers[argument] instanceof Value.Pointer ? fill(m, argument, size, unknown(m, size, loads,
                bytes -> computed ? m.unfollowed(bytes, Unfollowed.OUTPUT_OF_HELPER) : m.unknown(bytes))) : Lists.immutable.empty();
    }

    /** Puts bytes where an argument points to. {@return the visible steps that takes} @param contents from offset 0, without gaps */
    public ImmutableList<VisibleOperation> fill(Machine m, int argument, int size, Cells contents) {
        var p = (Value.Pointer) m.registers[argument];
        if (!(p.offset() instanceof Constant c)) {
            m.unsupported("a call that writes memory at an unknown offset");
            return Lists.immutable.empty();
        }
        int offset = (int) c.value();
        switch (p.region()) {
            case Region.Stack s -> m.frames.set(s.frame(),
                    m.frames.get(s.frame()).withStack(filled(m, m.frames.get(s.frame()).stack(), offset, contents)));
            case Region.Memory x -> m.memories.put(x.id(), filled(m, m.memories.getOrDefault(x.id(), Cells.EMPTY), offset, contents));
            case Region.Context x -> m.context = filled(m, m.context, offset, contents);
            case Region.Packet x -> contents.cells().each(cell -> m.packet =
                    m.packet.stored(offset + cell.offset(), cell.size(), m.number(cell.value()), MemoryAccess.unknowns(m)));
            case Region.Element e -> {
                return copyIn(e, offset, contents, size);
            }
            case Region.PacketEnd x -> { }
            case Region.MapHandle x -> { }
            case Region.Code x -> { }
            case Region.Kernel x when ReadValues.is(x) -> m.unsupported("a call that writes " + x.what() + ", which programs are taken to read only");
            case Region.Kernel x -> m.packet = m.packet.handing(Provenance.all(contents));
        }
        return Lists.immutable.empty();
    }

    private static Cells filled(Machine m, Cells cells, int offset, Cells contents) {
        return cells.writeAll(offset, contents, MemoryAccess.unknowns(m));
    }
}
