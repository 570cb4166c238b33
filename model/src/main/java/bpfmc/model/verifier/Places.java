package bpfmc.model.verifier;

import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Where a machine keeps its values: registers, saved registers, stack cells, and cells of its context and private memories. A place is a
 * number; two machines with the same frames call the same place by the same number.
 */
final class Places {
    private static final long SAVED = 1L << 40;
    private static final long STACK = 2L << 40;
    private static final long CONTEXT = 3L << 40;
    private static final long MEMORY = 4L << 40;

    private Places() {}

    /** Sees a value where it is kept. */
    interface Visitor {
        void see(long place, Value value);
    }

    /** Says what a place holds instead. */
    interface Change {
        Value of(long place, Value value);
    }

    /** {@return whether a place is a register, a saved register or a stack cell} */
    static boolean ofFrames(long place) {
        return place < CONTEXT;
    }

    static void forEach(Machine m, Visitor visitor) {
        for (int r = 0; r < 10; r++) {
            if (m.registers[r] != null) {
                visitor.see(r, m.registers[r]);
            }
        }
        for (int f = 0; f < m.frames.size(); f++) {
            Frame frame = m.frames.get(f);
            for (int i = 0; i < frame.saved().size(); i++) {
                if (frame.saved().get(i) != null) {
                    visitor.see(saved(f, i), frame.saved().get(i));
                }
            }
            cells(STACK, f, frame.stack(), visitor);
        }
        cells(CONTEXT, 0, m.context, visitor);
        if (!m.memories.isEmpty()) {
            new TreeMap<>(m.memories).forEach((id, cells) -> cells(MEMORY, id, cells, visitor));
        }
    }

    private static void cells(long kind, int area, Cells cells, Visitor visitor) {
        for (Cells.Cell cell : cells.cells()) {
            visitor.see(cell(kind, area, cell), cell.value());
        }
    }

    /** Changes registers, saved registers and stack cells. */
    static void changeFrames(Machine m, Change change) {
        for (int r = 0; r < 10; r++) {
            m.registers[r] = m.registers[r] == null ? null : change.of(r, m.registers[r]);
        }
        for (int f = 0; f < m.frames.size(); f++) {
            Frame frame = m.frames.get(f);
            int own = f;
            ImmutableList<Value> saved = frame.saved().collectWithIndex((v, i) -> v == null ? null : change.of(saved(own, i), v));
            Cells stack = frame.stack().cells().isEmpty() ? frame.stack() : new Cells(frame.stack().cells().collect(c ->
                    new Cells.Cell(c.offset(), c.size(), change.of(cell(STACK, own, c), c.value()))));
            m.frames.set(f, frame.withSaved(saved).withStack(stack));
        }
    }

    private static long saved(int frame, int index) {
        return SAVED + (long) frame * 16 + index;
    }

    /** An offset fits in 20 bits, a size in 4. */
    private static long cell(long kind, int area, Cells.Cell cell) {
        return kind + ((long) area << 24) + ((cell.offset() & 0xfffffL) << 4) + cell.size();
    }
}
