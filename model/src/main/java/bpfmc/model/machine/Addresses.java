package bpfmc.model.machine;

import bpfmc.model.isa.Condition;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value.Pointer;
import java.util.Optional;

/** What is known of two addresses: those into one object by their offsets, those inside two objects that they are not equal. */
public final class Addresses {
    /** Bytes of a function's frame (include/linux/filter.h, MAX_BPF_STACK). */
    private static final int FRAME = 512;

    private Addresses() {}

    /** {@return whether both point into the same object} What has become of an element since it was looked up does not move it. */
    static boolean sameObject(Pointer p, Pointer q) {
        return p.region().equals(q.region())
                || p.region() instanceof Region.Element a && q.region() instanceof Region.Element b && a.slot() == b.slot();
    }

    /** {@return the comparison as one of numbers, empty when nothing can be said of it} */
    public static Optional<Literal> compared(RunConfig config, Machine m, Condition condition, Pointer p, Pointer q) {
        if (sameObject(p, q) || inPacket(p.region()) && inPacket(q.region())) {
            return Optional.of(Comparison.of(condition, distance(m, p), distance(m, q)));
        }
        boolean equality = condition == Condition.EQ || condition == Condition.NE;
        return equality && inside(config, m, p) && inside(config, m, q)
                ? Optional.of(Comparison.of(condition, Terms.constant(0), Terms.constant(1))) : Optional.empty();
    }

    private static boolean inPacket(Region region) {
        return region instanceof Region.Packet || region instanceof Region.PacketEnd;
    }

    private static Term distance(Machine m, Pointer p) {
        return p.region() instanceof Region.PacketEnd ? Terms.add(MemoryAccess.packetLength(m), p.offset()) : p.offset();
    }

    /** {@return whether the address is that of a byte of its object, and the object surely is none of another name} */
    private static boolean inside(RunConfig config, Machine m, Pointer p) {
        Range offset = m.facts.range(p.offset());
        return switch (p.region()) {
            case Region.Element e -> {
                int map = config.maps().applyAsInt(e.slot());
                yield map >= 0 && Long.compareUnsigned(offset.umax(), config.map(map).valueSize()) < 0;
            }
            case Region.Memory x -> Long.compareUnsigned(offset.umax(), x.size()) < 0;
            case Region.Stack s -> offset.smin() >= -FRAME && offset.smax() < 0;
            case Region.Context c -> false;
            case Region.Packet x -> false;
            case Region.PacketEnd x -> false;
            case Region.MapHandle h -> false;
            case Region.Code c -> false;
            case Region.Kernel k -> false;
        };
    }
}
