package bpfmc.explorer.system;

import bpfmc.model.Reading;
import bpfmc.model.value.Renaming;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.map.primitive.MutableLongIntMap;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.LongIntMaps;

/**
 * Which things the interned values of one kind name, and what they are when these change places: CPUs, or elements of a map. Most
 * name none; what a value becomes depends on the things that it names only, so it is computed once for each choice of their new places.
 */
final class RenamingCache<T> {
    private static final int[] NOBODY = {};
    private static final int MISSING = -1;

    private record Case(int number, ImmutableIntList places) {}

    private final Names names;
    private final IntFunction<T> values;
    private final ToIntFunction<T> numbers;
    private final BiFunction<T, Renaming, T> rename;
    private int[][] mentioned = new int[64][];
    private int[][] seen = new int[64][];
    private final Map<T, Integer> views = new HashMap<>();
    private final MutableLongIntMap ofOne = LongIntMaps.mutable.empty();
    private final Map<Case, Integer> ofMany = new HashMap<>();

    /** @param values by number @param numbers their numbers @param rename a value by other names */
    RenamingCache(Names names, IntFunction<T> values, ToIntFunction<T> numbers, BiFunction<T, Renaming, T> rename) {
        this.names = names;
        this.values = values;
        this.numbers = numbers;
        this.rename = rename;
    }

    /** {@return the things that the value names, ascending; not to be modified} */
    int[] named(int number) {
        if (number >= mentioned.length) {
            Reading.mayLearn();
            mentioned = Arrays.copyOf(mentioned, Math.max(number + 1, 2 * mentioned.length));
            seen = Arrays.copyOf(seen, mentioned.length);
        }
        if (mentioned[number] == null) {
            Reading.mayLearn();
            T value = values.apply(number);
            int[] things = names.named(renaming -> rename.apply(value, renaming));
            mentioned[number] = things.length == 0 ? NOBODY : things;
            int[] each = new int[things.length];
            for (int i = 0; i < each.length; i++) {
                each[i] = view(rename.apply(value, names.seenFrom(things[i])));
            }
            seen[number] = each;
        }
        return mentioned[number];
    }

    /** {@return a number for the value as the index-th of the things it names sees it, the same for things that see the same} */
    int seen(int number, int index) {
        return seen[number][index];
    }

    /** {@return a number for the value as a thing that it may not name sees it} */
    int seenBy(int number, int one) {
        int[] things = named(number);
        for (int i = 0; i < things.length; i++) {
            if (things[i] == one) {
                return seen[number][i];
            }
        }
        return things.length == 0 ? -1 - number : view(rename.apply(values.apply(number), names.seenFrom(one)));
    }

    /** {@return how many views have a number} */
    int views() {
        return views.size();
    }

    private int view(T value) {
        Integer known = views.get(value);
        if (known != null) {
            return known;
        }
        Reading.mayLearn();
        views.put(value, views.size());
        return views.size() - 1;
    }

    /** {@return the number of the value when the things change places} @param places the new number of each */
    int renamed(int number, int[] places) {
        int[] things = named(number);
        boolean same = true;
        for (int one : things) {
            same &= places[one] == one;
        }
        if (same) {
            return number;
        }
        return things.length == 1 ? renamedOne(number, things[0], places) : renamedMany(number, things, places);
    }

    private int renamedOne(int number, int one, int[] places) {
        long key = (long) number << Integer.SIZE | places[one];
        int known = ofOne.getIfAbsent(key, MISSING);
        if (known == MISSING) {
            known = compute(number, places);
            ofOne.put(key, known);
        }
        return known;
    }

    private int renamedMany(int number, int[] things, int[] places) {
        int[] to = new int[things.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = places[things[i]];
        }
        Case key = new Case(number, IntLists.immutable.of(to));
        Integer known = ofMany.get(key);
        if (known == null) {
            known = compute(number, places);
            ofMany.put(key, known);
        }
        return known;
    }

    private int compute(int number, int[] places) {
        Reading.mayLearn();
        return numbers.applyAsInt(rename.apply(values.apply(number), names.moved(places.clone())));
    }
}
