package bpfmc.explorer.verdict;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A fault that a reachable state shows. Two states that show the same fault at the same places show one finding,
 * whichever CPUs the agents run on.
 *
 * @param about what the property that fails says of itself; findings of properties with one name are about the same
 * @param level one of the property's
 * @param places what each side does, in the order of {@link Place}, but for a lost update: the load, then the store,
 *     then whose store is lost, once that is known
 */
public record Finding(Explanation about, Level level, Subject subject, ImmutableList<Place> places)
        implements Observation {
    /** The cause of findings in which nothing orders accesses to the same bytes ({@link Explanation#cause()}). */
    public static final String UNORDERED = "unordered";

    public Finding {
        if (!about.levels().contains(level)) {
            throw new IllegalArgumentException(about.name() + " has no findings of level " + level);
        }
    }

    /** {@return the name of the property that fails, as in {@code --property}} */
    public String property() {
        return about.name();
    }

    /** {@return the same at other places} */
    Finding at(UnaryOperator<Place> others) {
        return new Finding(about, level, subject, places.collect(others::apply));
    }

    /** {@return the places of those who take part, one for each run: load and store of a lost update are one's} */
    public ImmutableList<Place> parties() {
        return about.notes().contains(Explanation.TraceNote.LOST_STORE) && places.size() > 2 ? places.drop(1) : places;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Finding f && property().equals(f.property()) && level == f.level && subject.equals(f.subject) && places.equals(f.places);
    }

    @Override
    public int hashCode() {
        return Objects.hash(property(), level, subject, places);
    }

    @Override
    public String toString() {
        return "Finding[" + property() + ", " + level + ", " + subject + ", " + places + "]";
    }
}
