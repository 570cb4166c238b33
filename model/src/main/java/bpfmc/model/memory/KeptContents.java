package bpfmc.model.memory;

import java.util.Locale;
import java.util.stream.LongStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableLongSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.LongSets;

/**
 * Which contents of maps are a part of memory: all, or only those that can matter to what programs do. Words of 8 bytes that are left out
 * read as what nobody knows.
 *
 * @param scope which words may be left out @param words that are kept all the same, a map's index above the word's
 */
public record KeptContents(Scope scope, ImmutableLongSet words) {
    /** Everything. */
    public static final KeptContents ALL = new KeptContents(Scope.NONE, LongSets.immutable.empty());

    /** Nothing, as long as what programs read decides nothing: no branch, no address, no argument of a call. */
    public static final KeptContents NOTHING = new KeptContents(Scope.UNDECIDING, LongSets.immutable.empty());

    private static final int WORD = 8;

    /** Which words may be left out. */
    public enum Scope {
        /** None. */
        NONE,
        /** All, while no program decides anything by what it reads; what it stores may come from there. */
        UNDECIDING,
        /** Those that nobody reads to any purpose, a store being one. */
        UNREAD
    }

    /** Thrown when a program reads, to some purpose, what was left out; the answer is memory that keeps more. */
    public static final class MoreMatters extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient KeptContents more;

        private MoreMatters(KeptContents more) {
            super("contents of a map matter that were not kept", null, false, false);
            this.more = more;
        }

        /** {@return what has to be kept} */
        public KeptContents more() {
            return more;
        }
    }

    /** {@return whether everything is kept} */
    public boolean everything() {
        return scope == Scope.NONE;
    }

    /** {@return whether any of these bytes of a value are kept} */
    boolean keeps(int map, int offset, int size) {
        return everything() || range(map, offset, size).anySatisfy(words::contains);
    }

    /** Notes that these bytes are read to some purpose. @throws MoreMatters when one of them is not kept */
    public void require(int map, int offset, int size) {
        ImmutableList<Long> read = range(map, offset, size);
        if (!everything() && !read.allSatisfy(words::contains)) {
            throw new MoreMatters(scope == Scope.UNDECIDING ? new KeptContents(Scope.UNREAD, words)
                    : new KeptContents(Scope.UNREAD, words.newWithAll(LongSets.immutable.withAll(read.collectLong(w -> w)))));
        }
    }

    private static ImmutableList<Long> range(int map, int offset, int size) {
        return Lists.immutable.fromStream(LongStream.rangeClosed(offset / WORD, (offset + size - 1) / WORD).mapToObj(w -> (long) map << Integer.SIZE | w));
    }

    /** {@return a name that no other choice has; "" for everything} */
    public String name() {
        long mixed = 0;
        for (long word : words.toSortedArray()) {
            mixed = (mixed ^ word) * 0x100000001B3L;
        }
        return everything() ? "" : "-" + scope.name().toLowerCase(Locale.ROOT) + (words.isEmpty() ? "" : "-" + words.size() + "-" + Long.toHexString(mixed));
    }
}
