package bpfmc.model.thread;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Memory that a call reads or writes through its arguments. */
final class ArgumentMemory {
    /** A copy takes at most this many steps. */
    private static final int MOST_PIECES = 8;

    /** Longer copies are not followed; no program's own memory is as large. */
    private static final int MOST_BYTES = 1 << 15;

    private final Linkage linkage;

    ArgumentMemory(Linkage linkage) {
        this.linkage = linkage;
    }

    /** {@return the key an argument points to, empty when the machine has stopped to copy it out of shared memory} */
    Optional<Key> key(Machine m, int argument, int size) {
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
    Optional<Cells> bytes(Machine m, int argument, int size) {
        if (size > MOST_BYTES) {
            m.unsupported("a call that reads " + size + " bytes at once");
            return Optional.empty();
        }
        Value value = m.registers[argument];
        if (!(value instanceof Value.Pointer p)) {
            return Optional.of(unknown(m, size));
        }
        if (!(p.offset() instanceof Constant c)) {
            if (p.region() instanceof Region.Element) {
                m.unsupported("a call that reads a map value at an unknown offset");
                return Optional.empty();
            }
            return Optional.of(unknown(m, size));
        }
        int offset = (int) c.value();
        return switch (p.region()) {
            case Region.Stack s -> Optional.of(copy(m, m.frames.get(s.frame()).stack(), offset, size));
            case Region.Memory x -> Optional.of(copy(m, m.memories.getOrDefault(x.id(), Cells.EMPTY), offset, size));
            case Region.Element e when linkage.dataSection(e) != null && linkage.dataSection(e).readOnlyData() ->
                    Optional.of(constant(m, e, offset, size));
            case Region.Element e -> shared(m, e, argument, offset, size);
            case Region.Context x -> Optional.of(unknown(m, size));
            case Region.Packet x -> Optional.of(unknown(m, size));
            case Region.PacketEnd x -> Optional.of(unknown(m, size));
            case Region.MapHandle x -> Optional.of(unknown(m, size));
            case Region.Code x -> Optional.of(unknown(m, size));
            case Region.Kernel x -> Optional.of(unknown(m, size));
        };
    }

    private static Cells unknown(Machine m, int size) {
        Cells cells = Cells.EMPTY;
        for (int at = 0; at < size; at += 8) {
            int bytes = Math.min(8, size - at);
            cells = cells.write(at, bytes, m.unknownValue(bytes), MemoryAccess.unknowns(m));
        }
        return cells;
    }

    /** The bytes in the cells they were written in, so that remembered loads stay with the bytes they belong to. */
    private static Cells copy(Machine m, Cells from, int offset, int size) {
        Cells cells = Cells.EMPTY;
        int at = offset;
        while (at < offset + size) {
            int bytes = Math.min(offset + size - at, from.runAt(at));
            cells = cells.write(at - offset, bytes, from.read(at, bytes, MemoryAccess.unknowns(m)), MemoryAccess.unknowns(m));
            at += bytes;
        }
        return cells;
    }

    private Cells constant(Machine m, Region.Element element, int offset, int size) {
        var data = linkage.dataSection(element).data().orElseThrow();
        Cells cells = Cells.EMPTY;
        for (int at = 0; at < size; at += 8) {
            int bytes = Math.min(8, size - at);
            cells = cells.write(at, bytes, MemoryAccess.constantData(m, linkage.dataSection(element), offset + at, bytes),
                    MemoryAccess.unknowns(m));
        }
        return cells;
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

    private static int pieceSize(int size) {
        return Math.max(8, (size / MOST_PIECES + 7) / 8 * 8);
    }

    /**
     * Adds what a step has copied out to what the call has gathered; the call is then executed again. The cells of a
     * large piece are remembered as one load.
     */
    void gathered(Machine m, VisibleOperation.CopyOut copy, Cells contents) {
        int argument = argumentOf(m, copy);
        Cells before = m.progress.gathered().get(argument - 1);
        int base = end(before);
        boolean together = contents.cells().size() > MOST_PIECES;
        if (m.loads.size() + contents.cells().size() > Machine.MOST_LOADS && !together || m.loads.size() >= Machine.MOST_LOADS) {
            m.unsupported("more than " + Machine.MOST_LOADS + " shared loads whose values are still in use");
            return;
        }
        Cells after = before;
        for (Cells.Cell cell : contents.cells()) {
            if (!together || cell.offset() == 0) {
                m.loads.add(new SharedLoad(copy.element().slot(), copy.offset() + cell.offset(),
                        together ? copy.size() : cell.size(), m.pc, false));
            }
            var value = new Value.Scalar(((Value.Scalar) cell.value()).term(), 1L << (m.loads.size() - 1)
                    | Parked.from(m, copy.element().slot(), copy.offset() + cell.offset(), cell.size()));
            after = after.write(base + cell.offset(), cell.size(), value, MemoryAccess.unknowns(m));
        }
        m.progress = m.progress.withGathered(argument - 1, after);
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
    static ImmutableList<VisibleOperation> copyIn(Region.Element element, int offset, Cells contents, int size) {
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

    /** Makes the bytes an argument points to unknown, as a call may leave them. {@return the visible steps that takes} */
    ImmutableList<VisibleOperation> scramble(Machine m, int argument, int size) {
        if (size > MOST_BYTES) {
            m.unsupported("a call that writes " + size + " bytes at once");
            return Lists.immutable.empty();
        }
        if (!(m.registers[argument] instanceof Value.Pointer p)) {
            return Lists.immutable.empty();
        }
        if (!(p.offset() instanceof Constant c)) {
            m.unsupported("a call that writes memory at an unknown offset");
            return Lists.immutable.empty();
        }
        int offset = (int) c.value();
        switch (p.region()) {
            case Region.Stack s -> m.frames.set(s.frame(),
                    m.frames.get(s.frame()).withStack(scrambled(m, m.frames.get(s.frame()).stack(), offset, size)));
            case Region.Memory x -> m.memories.put(x.id(), scrambled(m, m.memories.getOrDefault(x.id(), Cells.EMPTY), offset, size));
            case Region.Context x -> m.context = scrambled(m, m.context, offset, size);
            case Region.Packet x -> m.packetVersion++;
            case Region.Element e -> {
                return copyIn(e, offset, unknown(m, size), size);
            }
            case Region.PacketEnd x -> { }
            case Region.MapHandle x -> { }
            case Region.Code x -> { }
            case Region.Kernel x -> { }
        }
        return Lists.immutable.empty();
    }

    private static Cells scrambled(Machine m, Cells cells, int offset, int size) {
        Cells after = cells;
        for (int at = 0; at < size; at += 8) {
            int bytes = Math.min(8, size - at);
            after = after.write(offset + at, bytes, m.unknownValue(bytes), MemoryAccess.unknowns(m));
        }
        return after;
    }
}
