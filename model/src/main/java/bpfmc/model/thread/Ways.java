package bpfmc.model.thread;

import bpfmc.model.program.MapDefinition;
import bpfmc.model.thread.Custody.Origin;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;

/** Identities on the ways of a run alone: elements, inner maps, saved interrupt flags. */
final class Ways {
    private static final String IRQ_FLAG = "saved interrupt flags";
    private static final String RELEASED = "an object that the program no longer owns";

    private Ways() {}

    /** {@return where an element comes from, null when that is not known} */
    static Origin origin(Linkage linkage, Custody custody, int slot) {
        return slot < linkage.object().maps().size() ? new Origin.MapValue(slot, false) : custody.origins().get(slot);
    }

    /** {@return the map behind a handle: numbers after the last map stand for inner maps} */
    static Optional<MapDefinition> map(Linkage linkage, int handle) {
        int maps = linkage.object().maps().size();
        return handle < maps ? Optional.of(linkage.object().maps().get(handle)) : linkage.object().maps().get(handle - maps).inner();
    }

    /** {@return the handle of the inner maps of a map} */
    static Value inner(Linkage linkage, int outer) {
        return Value.to(new Region.MapHandle(linkage.object().maps().size() + outer), 0);
    }

    /** {@return the address of an element met for the first time on this way} */
    static Value fresh(Linkage linkage, Way way, Origin origin) {
        int slot = linkage.object().maps().size();
        while (way.custody.origins().containsKey(slot)) {
            slot++;
        }
        way.custody = way.custody.withOrigin(slot, origin);
        return Value.to(new Region.Element(slot, Region.Life.BOUND), 0);
    }

    static Value irqFlagOf(int id) {
        return Value.to(new Region.Kernel(IRQ_FLAG), id);
    }

    /** {@return the saved interrupt flags in the stack slot that a value points to} */
    static Optional<Integer> irqFlag(Machine m, Value address) {
        if (address instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at) {
            Cells.Cell cell = m.frames.get(s.frame()).stack().cells().detect(c -> c.offset() == at.value() && c.size() == 8);
            if (cell != null && cell.value() instanceof Value.Pointer flag && flag.region().equals(new Region.Kernel(IRQ_FLAG))) {
                return Optional.of((int) ((Constant) flag.offset()).value());
            }
        }
        return Optional.empty();
    }

    /** {@return whether a value is the address of an object that the program had to give up} */
    static boolean released(Value value) {
        return value instanceof Value.Pointer p && p.region().equals(new Region.Kernel(RELEASED));
    }

    /** Makes every address of these elements unusable. */
    static void release(Machine m, java.util.function.IntPredicate elements) {
        Canonical.change(m, v -> v instanceof Value.Pointer p && p.region() instanceof Region.Element e && elements.test(e.slot())
                ? new Value.Pointer(new Region.Kernel(RELEASED), p.offset()) : v);
    }

    /** Numbers the elements in the order they are met and forgets those that nothing names any more. */
    static void renumber(Linkage linkage, Way way) {
        int first = linkage.object().maps().size();
        Map<Integer, Integer> names = new LinkedHashMap<>();
        Canonical.forEachValue(way.machine, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e && e.slot() >= first) {
                names.putIfAbsent(e.slot(), first + names.size());
            }
        });
        way.custody.locks().each(l -> {
            if (l.element() >= first) {
                names.putIfAbsent(l.element(), first + names.size());
            }
        });
        if (names.size() == way.custody.origins().size() && names.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()))) {
            return;
        }
        Canonical.change(way.machine, v -> v instanceof Value.Pointer p && p.region() instanceof Region.Element e && e.slot() >= first
                ? new Value.Pointer(new Region.Element(names.get(e.slot()), e.life()), p.offset()) : v);
        var origins = IntObjectMaps.mutable.<Origin>empty();
        names.forEach((old, now) -> origins.put(now, way.custody.origins().get(old)));
        way.custody = way.custody.withOrigins(origins.toImmutable()).withLocks(way.custody.locks().collect(l ->
                new Custody.Lock(l.kind(), names.getOrDefault(l.element(), l.element()), l.at())));
    }
}
