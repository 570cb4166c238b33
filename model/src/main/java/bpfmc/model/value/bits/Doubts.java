package bpfmc.model.value.bits;

import bpfmc.model.value.Place;
import bpfmc.model.value.Symbol.Kind;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Unfollowed;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Why conditions that some values satisfy may be satisfied by none that a machine can have: they speak of numbers that the machine determines
 * and that nobody has followed.
 */
final class Doubts {
    private Doubts() {}

    /** {@return why, empty when every unknown may have any value as far as the conditions tell} */
    static Optional<String> of(Conditions conditions) {
        TreeSet<Symbol> all = new TreeSet<>();
        conditions.forEachUnknown(all::add);
        ImmutableList<Symbol> symbols = Lists.immutable.withAll(all);
        return symbols.select(s -> s.kind() == Kind.UNFOLLOWED && !free(s, symbols)).getFirstOptional().map(s -> "it rests on "
                + Unfollowed.of(s).what() + ", which is not followed").or(() -> changed(symbols)).or(() -> beside(symbols));
    }

    /** {@return whether the number may be any because it is read where nothing else that the conditions speak of was} */
    private static boolean free(Symbol s, ImmutableList<Symbol> symbols) {
        boolean alone = symbols.count(o -> o.kind() == Kind.UNFOLLOWED && o.owner() == s.owner() && o.detail() == s.detail()) == 1;
        return alone && switch (Unfollowed.of(s)) {
            case KERNEL_OBJECT, UNWRITTEN_FRAME, MAP_OBJECT, READ_VALUE -> true;
            case PACKET_SOMEWHERE, PACKET_BY_INDEX -> symbols.noneSatisfy(o -> o.owner() == s.owner() && (contents(o) || !o.equals(s)
                    && o.kind() == Kind.UNFOLLOWED && (Unfollowed.of(o) == Unfollowed.PACKET_SOMEWHERE || Unfollowed.of(o) == Unfollowed.PACKET_BY_INDEX)));
            case MEMORY_SOMEWHERE, LARGE_NUMBER, COMPUTED_BY_HELPER, OUTPUT_OF_HELPER -> false;
        };
    }

    private static boolean contents(Symbol s) {
        return s.kind() == Kind.PACKET && s.detail() >= 0;
    }

    /** What a helper makes of a packet, or of the context, depends on what was there. */
    private static Optional<String> changed(ImmutableList<Symbol> symbols) {
        ImmutableList<Symbol> kept = symbols.select(s -> contents(s) || s.kind() == Kind.CONTEXT);
        return kept.detectOptional(s -> s.index() > 0 && kept.anySatisfy(o -> o.kind() == s.kind() && o.owner() == s.owner() && o.index() < s.index()))
                .map(s -> "it rests on what a helper makes of the " + (s.kind() == Kind.PACKET ? "packet" : "context") + ", which is not followed");
    }

    /** Values of one array lie one behind the other. */
    private static Optional<String> beside(ImmutableList<Symbol> symbols) {
        ImmutableList<Symbol> places = symbols.select(s -> s.kind() == Kind.ADDRESS);
        boolean array = places.count(s -> Place.of(s).of() == Place.Of.ARRAY_ELEMENT) > 1;
        return array ? Optional.of("it rests on how far values of an array lie from each other, which is not followed") : Optional.empty();
    }

    /** {@return the conditions, and that objects that may not be there at the same time do not overlap either} */
    static Conditions apart(Conditions conditions) {
        TreeSet<Symbol> all = new TreeSet<>();
        conditions.forEachUnknown(s -> {
            if (s.kind() == Kind.ADDRESS) {
                all.add(s);
            }
        });
        Conditions apart = conditions;
        for (Symbol a : all) {
            for (Symbol b : all.tailSet(a, false)) {
                apart = Place.together(a, b) ? apart : apart.andOneOf(Place.apart(a, b));
            }
        }
        return apart;
    }

    /** What conditions rest on that are satisfied only where two objects overlap. */
    static final String OVERLAP = "it rests on whether two objects can lie at one place one after the other, which is not followed";
}
