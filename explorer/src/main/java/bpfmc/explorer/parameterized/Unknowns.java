package bpfmc.explorer.parameterized;

import bpfmc.model.step.Answer;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Unknowns that a run gets as answers. They are new ones each time, so a run may find two loads of one cell different
 * that are equal: that only adds behaviours. Their numbers are
 * out of the way of those that the run gives itself, until its private state is brought into canonical form.
 */
final class Unknowns {
    private static final int FIRST = 1 << 24;

    private static final int WORD = 8;

    private Unknowns() {}

    /** {@return an unknown number} @param index tells those of one answer apart @param pc the instruction that asks */
    static Term number(int index, int pc, int bytes) {
        return new Symbol(Symbol.OWN, Symbol.Kind.FRESH, FIRST + index, pc, bytes);
    }

    static Answer answer(int pc, int bytes) {
        return new Answer.Of(Value.of(number(0, pc, bytes)));
    }

    /**
     * {@return what is read of memory of which this much is known} @param offset bytes from the start of the element
     */
    static Term read(Cells known, int offset, int size, int pc) {
        return ((Value.Scalar) known.read(offset, size, gaps(pc))).term();
    }

    /** {@return bytes from offset 0, in the pieces that the model copies them in} */
    static Answer bytes(Cells known, int offset, int size, int pc) {
        MutableList<Cells.Cell> copy = Lists.mutable.empty();
        int at = offset;
        while (at < offset + size) {
            int bytes = Math.min(offset + size - at, Math.min(known.runAt(at), WORD - Math.floorMod(at, WORD)));
            copy.add(new Cells.Cell(at - offset, bytes, Value.of(read(known, at, bytes, pc))));
            at += bytes;
        }
        return new Answer.Bytes(new Cells(copy.toImmutable()));
    }

    private static Cells.Gaps gaps(int pc) {
        return (offset, size) -> number(offset, pc, size);
    }
}
