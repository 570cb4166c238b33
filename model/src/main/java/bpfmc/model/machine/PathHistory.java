package bpfmc.model.machine;

import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** How a run got where it is: the choices it made and the locks it took, each with what came before. */
public final class PathHistory {
    /** At the first instruction. */
    public static final PathHistory START = new PathHistory(null, null);

    private final PathHistory before;
    private final Event event;

    private PathHistory(PathHistory before, Event event) {
        this.before = before;
        this.event = event;
    }

    /** One thing worth telling. @param slot where @param kind what happened there */
    public record Event(int slot, Kind kind) {}

    /** What may be worth telling. */
    public enum Kind { LOCK, UNLOCK, JUMPS, FALLS_THROUGH, ENTERS_CALLBACK, FOUND, NOT_FOUND, FAILS }

    public PathHistory then(int slot, Kind kind) {
        return new PathHistory(this, new Event(slot, kind));
    }

    /** {@return the events since an earlier moment of the same run, in order} */
    public ImmutableList<Event> since(PathHistory earlier) {
        MutableList<Event> events = Lists.mutable.empty();
        for (PathHistory t = this; t != earlier && t.event != null; t = t.before) {
            events.add(t.event);
        }
        return events.reverseThis().toImmutable();
    }

    /** {@return what happened last, null when nothing did} */
    public Event latest() {
        return event;
    }

    /** {@return the events in order, only the last {@code most} of them} */
    public ImmutableList<Event> last(int most) {
        MutableList<Event> events = Lists.mutable.empty();
        for (PathHistory t = this; t.event != null && events.size() < most; t = t.before) {
            events.add(t.event);
        }
        return events.reverseThis().toImmutable();
    }
}
