package bpfmc.model.machine;

import bpfmc.model.step.SharedLoad;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Bytes of a map value in which the run has put what it had loaded elsewhere, or computed from that: whoever copies a value into a
 * per-CPU scratch buffer, changes it there and writes it back still writes back what was loaded first.
 *
 * @param element the element's slot @param offset bytes @param size bytes
 * @param loads the shared loads that the bytes come from, as {@link bpfmc.model.value.Value.Scalar#loads()}
 */
public record StoredProvenance(int element, int offset, int size, long loads) {

    /** {@return what is parked once these bytes hold what comes from these loads, and nothing else} What the loads read of the same bytes is no copy. */
    public static ImmutableList<StoredProvenance> stored(ImmutableList<StoredProvenance> before, List<SharedLoad> known, int element, int offset, int size, long loads) {
        return added(known, covered(before, element, offset, size), element, offset, size, loads);
    }

    /** {@return what is parked once what comes from these loads has been mixed into these bytes} */
    static ImmutableList<StoredProvenance> mixed(ImmutableList<StoredProvenance> before, List<SharedLoad> known, int element, int offset, int size, long loads) {
        return added(known, before, element, offset, size, loads | from(before, element, offset, size));
    }

    private static ImmutableList<StoredProvenance> added(List<SharedLoad> known, ImmutableList<StoredProvenance> before, int element, int offset, int size, long loads) {
        long others = loads;
        for (int i = 0; i < known.size(); i++) {
            others &= known.get(i).overlaps(element, offset, size) ? ~(1L << i) : -1L;
        }
        return others == 0 ? before : covered(before, element, offset, size).newWith(new StoredProvenance(element, offset, size, others));
    }

    /** {@return what is left once somebody has written to these bytes} */
    static ImmutableList<StoredProvenance> covered(ImmutableList<StoredProvenance> parked, int element, int offset, int size) {
        return parked.isEmpty() ? parked : parked.flatCollect(p -> p.overlaps(element, offset, size) ? p.outside(offset, size) : Lists.immutable.with(p));
    }

    private boolean overlaps(int otherElement, int otherOffset, int otherSize) {
        return element == otherElement && offset < otherOffset + otherSize && otherOffset < offset + size;
    }

    /** {@return what is left of it before and behind these bytes} */
    private ImmutableList<StoredProvenance> outside(int from, int count) {
        ImmutableList<StoredProvenance> before = offset < from ? Lists.immutable.with(new StoredProvenance(element, offset, from - offset, loads)) : none();
        int end = from + count;
        return end < offset + size ? before.newWith(new StoredProvenance(element, end, offset + size - end, loads)) : before;
    }

    /** {@return the loads that the bytes come from} */
    static long from(ImmutableList<StoredProvenance> parked, int element, int offset, int size) {
        long loads = 0;
        for (StoredProvenance p : parked) {
            loads |= p.overlaps(element, offset, size) ? p.loads : 0;
        }
        return loads;
    }

    StoredProvenance in(int otherElement) {
        return new StoredProvenance(otherElement, offset, size, loads);
    }

    public StoredProvenance of(long otherLoads) {
        return new StoredProvenance(element, offset, size, otherLoads);
    }

    public static ImmutableList<StoredProvenance> none() {
        return Lists.immutable.empty();
    }
}
