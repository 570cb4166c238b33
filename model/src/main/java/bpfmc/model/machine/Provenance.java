package bpfmc.model.machine;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;

/**
 * Which remembered shared loads the numbers come from that a call may read, as {@link Value.Scalar#loads()}. What a call returns or writes
 * comes from what it may read: a helper that copies or computes is no end of a value's way.
 */
public final class Provenance {
    private Provenance() {}

    /** {@return the loads of everything that the region holds} Elements are read by steps of their own. */
    public static long of(Machine m, Region region) {
        return switch (region) {
            case Region.Stack s -> all(m.frames.get(s.frame()).stack());
            case Region.Memory x -> all(m.memories.getOrDefault(x.id(), Cells.EMPTY));
            case Region.Context c -> all(m.context) | m.packet.handedOver();
            case Region.Packet p -> m.packet.loads();
            case Region.PacketEnd p -> 0;
            case Region.Element e -> 0;
            case Region.MapHandle h -> 0;
            case Region.Code c -> 0;
            case Region.Kernel k -> m.packet.handedOver();
        };
    }

    /** {@return the loads of what a call may read through an argument} @param size bytes, -1 when that is not known */
    public static long of(Machine m, int argument, int size) {
        return switch (m.registers[argument]) {
            case null -> 0;
            case Value.Scalar s -> s.loads();
            case Value.Pointer p when size >= 0 && p.offset() instanceof Constant c -> p.loads() | within(m, p.region(), (int) c.value(), size);
            case Value.Pointer p -> p.loads() | of(m, p.region());
        };
    }

    private static long within(Machine m, Region region, int offset, int size) {
        return switch (region) {
            case Region.Stack s -> within(m.frames.get(s.frame()).stack(), offset, size);
            case Region.Memory x -> within(m.memories.getOrDefault(x.id(), Cells.EMPTY), offset, size);
            case Region.Packet p -> within(m.packet.written(), offset, size) | m.packet.handedOver();
            case Region.Context c -> of(m, region);
            case Region.PacketEnd p -> 0;
            case Region.Element e -> 0;
            case Region.MapHandle h -> 0;
            case Region.Code c -> 0;
            case Region.Kernel k -> of(m, region);
        };
    }

    private static long within(Cells cells, int offset, int size) {
        return all(cells.select(c -> c.offset() < offset + size && offset < c.offset() + c.size()));
    }

    public static long all(Cells cells) {
        long loads = 0;
        for (Cells.Cell cell : cells.cells()) {
            loads |= cell.value().loads();
        }
        return loads;
    }
}
