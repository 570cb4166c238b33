package bpfmc.explorer.litmus;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds of a final state. */
public sealed interface Proposition {
    /** A location holds a value. */
    record Is(Location location, Value value) implements Proposition {}

    /** Two locations hold the same. */
    record Same(Location location, Location other) implements Proposition {}

    record Not(Proposition of) implements Proposition {}

    /** All of them; of none: true. */
    record And(List<Proposition> of) implements Proposition {}

    /** One of them; of none: false. */
    record Or(List<Proposition> of) implements Proposition {}

    record Implies(Proposition left, Proposition right) implements Proposition {}

    /** {@return whether it holds} */
    default boolean holds(Function<Location, Value> state) {
        return switch (this) {
            case Is(Location location, Value value) -> state.apply(location).equals(value);
            case Same(Location location, Location other) -> state.apply(location).equals(state.apply(other));
            case Not(Proposition of) -> !of.holds(state);
            case And(List<Proposition> of) -> of.stream().allMatch(p -> p.holds(state));
            case Or(List<Proposition> of) -> of.stream().anyMatch(p -> p.holds(state));
            case Implies(Proposition left, Proposition right) -> !left.holds(state) || right.holds(state);
        };
    }

    /** {@return the locations that it speaks of} */
    default Stream<Location> locations() {
        return switch (this) {
            case Is(Location location, Value value) -> Stream.of(location);
            case Same(Location location, Location other) -> Stream.of(location, other);
            case Not(Proposition of) -> of.locations();
            case And(List<Proposition> of) -> of.stream().flatMap(Proposition::locations);
            case Or(List<Proposition> of) -> of.stream().flatMap(Proposition::locations);
            case Implies(Proposition left, Proposition right) -> Stream.concat(left.locations(), right.locations());
        };
    }

    /** {@return the words, as herd7 writes them} */
    default String text() {
        return switch (this) {
            case Is(Location location, Value value) -> location + "=" + value;
            case Same(Location location, Location other) -> location + "=" + other;
            case Not(Proposition of) -> "not (" + of.text() + ")";
            case And(List<Proposition> of) -> of.isEmpty() ? "true" : joined(of, " /\\ ");
            case Or(List<Proposition> of) -> of.isEmpty() ? "false" : joined(of, " \\/ ");
            case Implies(Proposition left, Proposition right) -> inner(left) + " => " + (right instanceof Implies ? right.text() : inner(right));
        };
    }

    private String joined(List<Proposition> parts, String with) {
        return parts.stream().map(this::inner).collect(Collectors.joining(with));
    }

    private String inner(Proposition part) {
        boolean alone = part instanceof Is || part instanceof Same || part instanceof Not || part instanceof And(List<Proposition> of) && of.size() < 2
                || part instanceof Or(List<Proposition> any) && any.size() < 2 || this instanceof Or && part instanceof And || getClass() == part.getClass();
        return alone ? part.text() : "(" + part.text() + ")";
    }
}
