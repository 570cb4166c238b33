package bpfmc.explorer.report;

import bpfmc.explorer.verdict.AccessSite.Lock;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.Subject;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A field, all accesses to it in what was explored, and what orders them.
 *
 * @param field the bytes
 * @param accesses one for each source line, in the order of the code
 * @param order what those have in common that are ordered
 * @param odd those that take part in a finding, and lack what orders others; empty where nothing orders any, or all are alike
 */
public record Cause(Subject field, ImmutableList<Row> accesses, Order order, ImmutableList<Row> odd) {

    /**
     * The accesses of one source line; without line information, of one instruction.
     *
     * @param places of the line's instructions, the first of them first
     * @param levels at which it runs ("softirq")
     * @param held the locks that all of them own every time @param atomic whether all of them are atomic
     * @param off what is switched off every time ("interrupts off"), or ""
     */
    public record Row(ImmutableList<Place> places, ImmutableList<String> levels, ImmutableList<Lock> held, boolean atomic, String off) {
        /** {@return the first instruction} */
        public Place first() {
            return places.getFirst();
        }

        /** {@return what it does, each thing once: load, store} */
        public ImmutableList<Act> acts() {
            return places.collect(Place::act).distinct().toSortedList().toImmutable();
        }
    }

    /** What orders accesses. */
    public sealed interface Order {
        /** Some own this lock each time. */
        record ByLock(Lock lock) implements Order {}

        /** Some are atomic operations; none owns a lock. */
        record Atomically() implements Order {}

        /** None owns a lock, none is atomic. */
        record Nothing() implements Order {}
    }

    /** {@return whether the place is one of an odd access} */
    public boolean blames(Place place) {
        return odd.anySatisfy(r -> r.places().contains(place));
    }

    /** {@return how many accesses have what orders others} */
    public int ordered() {
        return accesses.count(r -> has(order, r));
    }

    /** {@return whether an access has what orders others} */
    static boolean has(Order order, Row row) {
        return switch (order) {
            case Order.ByLock by -> row.held().contains(by.lock());
            case Order.Atomically a -> row.atomic();
            case Order.Nothing n -> false;
        };
    }
}
