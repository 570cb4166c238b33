package bpfmc.model.thread;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Bytes of a map value in which the run has put what it had loaded elsewhere, or computed from that: whoever copies a value into a
 * per-CPU scratch buffer, changes it there and writes it back still writes back what was loaded first.
 *
 * @param element the element's slot @param offset bytes @param size bytes
 * @param loads the shared loads that the bytes come from, as {@link bpfmc.model.value.Value.Scalar#loads()}
 */
public record Parked(int element, int offset, int size, long loads) {

    /** {@return what is parked once these bytes hold what comes from these loads, and nothing else} What the loads read of the same bytes is no copy. */
    static ImmutableList<Parked> stored(Machine m, int element, int offset, int size, long loads) {
        return added(m, covered(m.parked, element, offset, size), element, offset, size, loads);
    }

    /** {@return what is parked once what comes from these loads has been mixed into these bytes} */
    static ImmutableList<Parked> mixed(Machine m, int element, int offset, int size, long loads) {
        return added(m, m.parked, element, offset, size, loads | from(m, element, offset, size));
    }

    private static ImmutableList<Parked> added(Machine m, ImmutableList<Parked> before, int element, int offset, int size, long loads) {
        long others = loads;
        for (int i = 0; i < m.loads.size(); i++) {
            others &= m.loads.get(i).overlaps(element, offset, size) ? ~(1L << i) : -1L;
        }
        return others == 0 ? before : covered(before, element, offset, size).newWith(new Parked(element, offset, size, others));
    }

    /** {@return what is left once somebody has written to these bytes} */
    static ImmutableList<Parked> covered(ImmutableList<Parked> parked, int element, int offset, int size) {
        return parked.isEmpty() ? parked
                : parked.reject(p -> p.element == element && offset <= p.offset && p.offset + p.size <= offset + size);
    }

    /** {@return the loads that the bytes come from} */
    static long from(Machine m, int element, int offset, int size) {
        long loads = 0;
        for (Parked p : m.parked) {
            loads |= p.element == element && p.offset < offset + size && offset < p.offset + p.size ? p.loads : 0;
        }
        return loads;
    }

    Parked in(int otherElement) {
        return new Parked(otherElement, offset, size, loads);
    }

    Parked of(long otherLoads) {
        return new Parked(element, offset, size, otherLoads);
    }

    static ImmutableList<Parked> none() {
        return Lists.immutable.empty();
    }
}
