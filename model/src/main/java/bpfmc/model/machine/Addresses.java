package bpfmc.model.machine;

import bpfmc.model.isa.Condition;
import bpfmc.model.kernel.MapType;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Place;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value.Pointer;
import java.util.Optional;

/** What is known of two addresses: those into one object by their offsets, those inside two objects that they are not equal. */
public final class Addresses {
    /** Bytes of a function's frame (include/linux/filter.h, MAX_BPF_STACK). */
    private static final int FRAME = 512;

    private static final String NAMED = "kernel symbol ";

    private Addresses() {}

    /**
     * {@return whether both surely point into the same object} What has become of an element since it was looked up does not move it. Of the
     * kernel's own objects only the running task, and those that the object file names, are surely one.
     */
    static boolean sameObject(Pointer p, Pointer q) {
        return p.region().equals(q.region()) && (!(p.region() instanceof Region.Kernel k) || one(k))
                || p.region() instanceof Region.Element a && q.region() instanceof Region.Element b && a.slot() == b.slot();
    }

    private static boolean one(Region.Kernel object) {
        return CurrentTask.is(object) || object.what().startsWith(NAMED);
    }

    /** {@return an object of the kernel that the object file names} */
    public static Region.Kernel named(String name) {
        return new Region.Kernel(NAMED + name);
    }

    /** {@return the comparison as one of numbers, empty when nothing can be said of it} */
    public static Optional<Literal> compared(RunConfig config, Machine m, Condition condition, Pointer p, Pointer q) {
        if (sameObject(p, q) || inPacket(p.region()) && inPacket(q.region())) {
            return Optional.of(Comparison.of(condition, distance(m, p), distance(m, q)));
        }
        if (m.exact.isPresent()) {
            return Optional.of(Comparison.of(condition, number(m, p), number(m, q)));
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

    /** {@return the address as a number, in a run that forgets nothing} */
    static Term number(Machine m, Pointer p) {
        return Terms.add(base(m, p.region()), p.offset());
    }

    private static Term base(Machine m, Region region) {
        RunConfig config = m.exact.orElseThrow();
        return switch (region) {
            case Region.Element e -> ofElement(config, e.slot());
            case Region.MapHandle h -> new Place(Place.Of.MAP, Long.BYTES).at(Symbol.INITIAL, h.map());
            case Region.Stack s -> new Place(Place.Of.STACK, FRAME).at(Symbol.OWN, s.frame());
            case Region.Context c -> new Place(Place.Of.CONTEXT, Long.BYTES).at(Symbol.OWN, 0);
            case Region.Packet x -> packet(m);
            case Region.PacketEnd x -> Terms.add(packet(m), MemoryAccess.packetLength(m));
            case Region.Memory x -> new Place(Place.Of.MEMORY, x.size()).at(Symbol.OWN, x.id());
            case Region.Code c -> new Place(Place.Of.CODE, 1).at(Symbol.OWN, c.slot());
            case Region.Kernel k when k.what().startsWith(NAMED) -> Determined.address(config, k.what().substring(NAMED.length()));
            case Region.Kernel k -> CurrentTask.is(k) ? CurrentTask.Property.ADDRESS.of(0) : m.unfollowed(Long.BYTES, Unfollowed.KERNEL_OBJECT);
        };
    }

    private static Term ofElement(RunConfig config, int slot) {
        int map = slot < config.object().maps().size() ? slot : config.maps().applyAsInt(slot);
        if (map < 0) {
            return new Place(Place.Of.ELEMENT, 1).at(Symbol.INITIAL, slot);
        }
        boolean array = config.map(map).type() == MapType.ARRAY && config.map(map).maxEntries() != 1;
        return new Place(array ? Place.Of.ARRAY_ELEMENT : Place.Of.ELEMENT, config.map(map).valueSize()).at(Symbol.INITIAL, slot);
    }

    private static Term packet(Machine m) {
        return new Place(Place.Of.PACKET, 1).at(Symbol.OWN, m.packet.length());
    }
}
