package bpfmc.model.machine;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Value;
import bpfmc.model.value.Words;
import java.util.function.UnaryOperator;

/**
 * What one run has done to its packet, and to other kernel memory that it reads back through helpers alone.
 *
 * @param contents how often a helper, or a store at an unknown offset, has left anything in the packet: its words get new names
 * @param length how often its length may have changed
 * @param written what the run has stored since at known offsets from the packet's first byte
 * @param handedOver the shared loads ({@link Value.Scalar#loads()}) of all else that the run has put there, or has handed to the kernel
 *     where a helper may read it again: a tunnel's key, an option of a socket
 */
public record PacketState(int contents, int length, Cells written, long handedOver) {
    /** As the run finds it. */
    public static final PacketState AS_FOUND = new PacketState(0, 0, Cells.EMPTY, 0);

    /** {@return the number in these bytes, with the loads that it comes from} */
    public Value.Scalar read(int offset, int size, Cells.Gaps cutPointers) {
        Value read = written.read(offset, size, (at, bytes) -> Words.read(at, bytes, word -> Symbol.input(Symbol.Kind.PACKET, contents, word)));
        return read instanceof Value.Scalar s ? new Value.Scalar(s.term(), s.loads() | handedOver)
                : new Value.Scalar(cutPointers.read(offset, size), handedOver);
    }

    /** {@return the packet after a store at a known offset} */
    public PacketState stored(int offset, int size, Value.Scalar value, Cells.Gaps gaps) {
        return new PacketState(contents, length, written.write(offset, size, value, gaps), handedOver);
    }

    /** {@return the packet after something was stored somewhere in it} @param loads that it comes from */
    PacketState storedSomewhere(long loads) {
        return new PacketState(contents + 1, length, Cells.EMPTY, loads() | loads);
    }

    /** {@return the packet after a helper has changed it in ways that are not followed} @param loads that what it was handed comes from */
    public PacketState changed(long loads) {
        return new PacketState(contents + 1, length + 1, Cells.EMPTY, loads() | loads);
    }

    /** {@return the packet when more of it may have become accessible} */
    public PacketState pulled() {
        return new PacketState(contents, length + 1, written, handedOver);
    }

    /** {@return the same when something has been handed to the kernel that a helper may read again} */
    public PacketState handing(long loads) {
        return loads == 0 ? this : new PacketState(contents, length, written, handedOver | loads);
    }

    /** {@return the loads of everything in it} */
    public long loads() {
        long all = handedOver;
        for (Cells.Cell cell : written.cells()) {
            all |= cell.value().loads();
        }
        return all;
    }

    /** {@return the packet with each value replaced} */
    public PacketState map(UnaryOperator<Value> change) {
        return written.cells().isEmpty() ? this : new PacketState(contents, length, written.map(change), handedOver);
    }

    /** {@return the packet with other numbers for the loads that were handed over} */
    public PacketState handedOver(long loads) {
        return loads == handedOver ? this : new PacketState(contents, length, written, loads);
    }

    /** {@return the packet when no address of it can be had any more} What was handed to the kernel helpers may read all the same. */
    public PacketState unreachable() {
        return written.cells().isEmpty() ? this : new PacketState(contents, length, Cells.EMPTY, handedOver);
    }

    /** {@return the packet without what nobody reads again} */
    public PacketState unread() {
        return written.cells().isEmpty() && handedOver == 0 ? this : new PacketState(contents, length, Cells.EMPTY, 0);
    }
}
