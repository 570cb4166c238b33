package bpfmc.explorer.system.symmetry;

import bpfmc.explorer.space.Draft;
import bpfmc.model.value.Renaming;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.map.primitive.MutableLongIntMap;
import org.eclipse.collections.api.map.primitive.MutableLongLongMap;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.LongIntMaps;
import org.eclipse.collections.impl.factory.primitive.LongLongMaps;

/**
 * Which things the numbered values of one kind name, how they look to these, and what they are when these change places: CPUs, or elements of a
 * map. Most name none; what a value becomes depends on the things that it names only, so it is computed once for each choice of their new places.
 */
final class RenamingCache<T> {
    private static final int[] NOBODY = {};
    private static final int MISSING = -1;

    private record Case(int number, ImmutableIntList places) {}

    private final Names names;
    private final Draft draft;
    private final IntFunction<T> values;
    private final ToIntFunction<T> numbers;
    private final BiFunction<T, Renaming, T> rename;
    private final ToLongFunction<T> hash;
    private final ToLongFunction<T> roughHash;
    private int[][] mentioned = new int[64][];
    private long[][] seen = new long[64][];
    private long[][] roughly = new long[64][];
    /** What values look like to things that they do not name, by value and thing. */
    private final MutableLongLongMap ofOthers = LongLongMaps.mutable.empty();
    private final MutableLongLongMap roughlyOfOthers = LongLongMaps.mutable.empty();
    private final MutableLongIntMap ofOne = LongIntMaps.mutable.empty();
    private final Map<Case, Integer> ofMany = new HashMap<>();

    /**
     * @param draft where numbers that are not good for ever are marked @param values by number @param numbers their numbers @param rename a value by other names
     * @param hash of what a value looks like @param roughHash the same where elements are not told apart
     */
    RenamingCache(Names names, Draft draft, IntFunction<T> values, ToIntFunction<T> numbers, BiFunction<T, Renaming, T> rename,
            ToLongFunction<T> hash, ToLongFunction<T> roughHash) {
        this.hash = hash;
        this.roughHash = roughHash;
        this.names = names;
        this.draft = draft;
        this.values = values;
        this.numbers = numbers;
        this.rename = rename;
    }

    /** {@return the things that the value names, ascending; not to be modified} */
    int[] named(int number) {
        if (number >= mentioned.length) {
            mentioned = Arrays.copyOf(mentioned, Math.max(number + 1, 2 * mentioned.length));
            seen = Arrays.copyOf(seen, mentioned.length);
            roughly = Arrays.copyOf(roughly, mentioned.length);
        }
        if (mentioned[number] == null) {
            T value = values.apply(number);
            int[] things = names.named(renaming -> rename.apply(value, renaming));
            mentioned[number] = things.length == 0 ? NOBODY : things;
        }
        return mentioned[number];
    }

    /** {@return what the value looks like to each of the things that it names, to nobody where it names none} */
    private long[] views(int number) {
        int[] things = named(number);
        if (seen[number] == null) {
            T value = values.apply(number);
            seen[number] = views(things, one -> view(value, one));
        }
        return seen[number];
    }

    /** {@return the same, where elements are not told apart} */
    private long[] roughViews(int number) {
        int[] things = named(number);
        if (!names.tellsElementsApart()) {
            return views(number);
        }
        if (roughly[number] == null) {
            T value = values.apply(number);
            roughly[number] = views(things, one -> rough(value, one));
        }
        return roughly[number];
    }

    private static long[] views(int[] things, IntToLongFunction view) {
        long[] views = new long[Math.max(1, things.length)];
        for (int i = 0; i < views.length; i++) {
            views[i] = view.applyAsLong(things.length == 0 ? Names.NOBODY : things[i]);
        }
        return views;
    }

    private long rough(T value, int one) {
        return roughHash.applyAsLong(rename.apply(value, names.roughlySeenFrom(one)));
    }

    private long view(T value, int one) {
        return hash.applyAsLong(rename.apply(value, names.seenFrom(one)));
    }

    /** {@return what the value looks like to the index-th of the things it names: the same for things that see the same} */
    long seen(int number, int index) {
        return views(number)[index];
    }

    /** {@return the same, where elements are not told apart} */
    long roughlySeen(int number, int index) {
        return roughViews(number)[index];
    }

    /** {@return what the value looks like to a thing that it may not name} */
    long seenBy(int number, int one) {
        int index = index(number, one);
        return index >= 0 ? views(number)[index] : ofOthers.getIfAbsentPut(key(number, one), () -> view(values.apply(number), one));
    }

    /** {@return the same, where elements are not told apart} */
    long roughlySeenBy(int number, int one) {
        int index = index(number, one);
        return index >= 0 ? roughViews(number)[index] : roughlyOfOthers.getIfAbsentPut(key(number, one), () -> rough(values.apply(number), one));
    }

    private static long key(int number, int one) {
        return (long) number << Integer.SIZE | one;
    }

    /** {@return where the view of a thing is remembered, -1 where it is not} */
    private int index(int number, int one) {
        int[] things = named(number);
        for (int i = 0; i < things.length; i++) {
            if (things[i] == one) {
                return i;
            }
        }
        return things.length == 0 ? 0 : -1;
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
        long key = key(number, places[one]);
        int known = ofOne.getIfAbsent(key, MISSING);
        if (known == MISSING) {
            known = compute(number, places);
            if (!draft.marked()) {
                ofOne.put(key, known);
            }
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
            if (!draft.marked()) {
                ofMany.put(key, known);
            }
        }
        return known;
    }

    private int compute(int number, int[] places) {
        return numbers.applyAsInt(rename.apply(values.apply(number), names.moved(places.clone())));
    }
}
