package bpfmc.explorer.system.symmetry;

import bpfmc.model.memory.ElementIds;
import bpfmc.model.value.Renaming;
import java.util.function.Consumer;

/**
 * The names by which shared memory and private states speak of things that may change places: CPUs, or elements of a map.
 *
 * <p>Representatives are found by sorting such things by what the state looks like to each of them. What that is must depend on
 * nothing but the contents of the state, never on the order in which a search gave numbers to values: else what a search comes to would
 * depend on that order. So a view is a hash of contents, in which elements have codes made of their names instead of their numbers.
 */
interface Names {
    /** Stands for no thing. */
    int NOBODY = -1;

    /** {@return the things that a value names, ascending} @param rename renames the value, which asks for each name in it */
    int[] named(Consumer<Renaming> rename);

    /** {@return names that tell the one thing from all others, and of these only kinds; they do not depend on the numbers of elements} @param one a thing, {@link #NOBODY} */
    Renaming seenFrom(int one);

    /** {@return whether elements that may change places themselves are told apart by {@link #seenFrom}} */
    default boolean tellsElementsApart() {
        return false;
    }

    /** {@return the same names, in which elements that may change places themselves are not told apart} @param one as above */
    default Renaming roughlySeenFrom(int one) {
        return seenFrom(one);
    }

    /** {@return the names after the things have changed places} @param places the new number of each */
    Renaming moved(int[] places);

    /** {@return an element by what it is, instead of by its number: no negative number, most likely another one for each element} */
    static int code(ElementIds.Name element) {
        long mixed = ContentHash.mix(ContentHash.mix(element.map() * 4L + element.series().ordinal()) + element.index());
        return (int) ContentHash.mix(mixed + element.cpu()) & Integer.MAX_VALUE;
    }

    /** {@return a number that is most likely different for each choice of the three, so that sums of such numbers tell sets of choices apart}
     * @param where in the state something is seen @param view what is seen there @param role how the one who looks has to do with it */
    static long part(long where, long view, int role) {
        return ContentHash.mix(ContentHash.mix(where * 8 + role) ^ view);
    }
}
