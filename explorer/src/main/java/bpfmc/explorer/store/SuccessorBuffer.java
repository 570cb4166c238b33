package bpfmc.explorer.store;

import java.util.Arrays;

/**
 * States that one thread has met, on their way into a table. They come in groups. States that are
 * reached by several ways mostly are so by ways that are close together: what has come a short while ago is dropped here, and costs no look at
 * the table.
 */
public final class SuccessorBuffer extends CacheLinePadded {
    private static final int FIRST_STATES = 1 << 9;
    private static final int RECENT = 1 << 14;

    private Layout layout = Layout.initial(1);
    private int words;
    private long[] packed = {};
    private long[] hashes = {};
    private int[] groups = {};
    private int count;
    private int group;
    /** The first state of those that belong between others. */
    private int firstInserted;
    /** By a part of the hash, the last state of which that is so, if that is still here. */
    private int[] recent = {};
    /** What came of each state: see {@link Merge}. */
    int[] slots = {};

    void clear(Layout now) {
        layout = now;
        words = now.words();
        count = 0;
    }

    /** {@return what a thread needs to know what has come a short while ago, for one outbox after the other} */
    public static int[] recent() {
        return new int[RECENT];
    }

    /** Lets a thread add states. @param itsRecent of this thread */
    public void open(int[] itsRecent) {
        recent = itsRecent;
    }

    /** Begins a group. @param number its place among the others */
    public void begin(int number) {
        group = number;
    }

    /** Takes back what was added to the group at hand. */
    public void takeBack() {
        while (count > 0 && groups[count - 1] == group) {
            count--;
        }
    }

    /** Adds a state to the group at hand, unless it is known. {@return whether it fits the table as it is; if not, nothing has changed} */
    public boolean add(int[] state) {
        makeRoom();
        if (!layout.pack(state, packed, count * words)) {
            return false;
        }
        long hash = Hash.of(packed, count * words, words);
        int place = (int) (hash >>> Integer.SIZE) & recent.length - 1;
        int known = recent[place];
        if (known >= count || hashes[known] != hash || !matches(known, packed, count * words)) {
            recent[place] = count;
            append(hash);
        }
        return true;
    }

    /** Lets groups be added that belong between those that are here. */
    public void openBetween() {
        firstInserted = count;
    }

    /** Adds a state to the group at hand, which belongs between others. {@return as above} */
    public boolean insert(int[] state) {
        makeRoom();
        boolean fits = layout.pack(state, packed, count * words);
        if (fits) {
            append(Hash.of(packed, count * words, words));
        }
        return fits;
    }

    private void append(long hash) {
        hashes[count] = hash;
        groups[count++] = group;
    }

    private void makeRoom() {
        if (count == hashes.length) {
            int longer = Math.max(FIRST_STATES, 2 * count);
            hashes = Arrays.copyOf(hashes, longer);
            groups = Arrays.copyOf(groups, longer);
        }
        if (hashes.length * words > packed.length) {
            packed = Arrays.copyOf(packed, hashes.length * words);
        }
    }

    /** Puts the groups into their order: merges those that were inserted, from the last one on, into room made by moving the others up. */
    public void arrange() {
        long[] insertedStates = Arrays.copyOfRange(packed, firstInserted * words, count * words);
        long[] insertedHashes = Arrays.copyOfRange(hashes, firstInserted, count);
        int[] insertedGroups = Arrays.copyOfRange(groups, firstInserted, count);
        int added = firstInserted - 1;
        int inserted = insertedGroups.length - 1;
        for (int to = count - 1; inserted >= 0; to--) {
            if (added >= 0 && groups[added] > insertedGroups[inserted]) {
                System.arraycopy(packed, added * words, packed, to * words, words);
                hashes[to] = hashes[added];
                groups[to] = groups[added--];
            } else {
                System.arraycopy(insertedStates, inserted * words, packed, to * words, words);
                hashes[to] = insertedHashes[inserted];
                groups[to] = insertedGroups[inserted--];
            }
        }
    }

    /** {@return how many states are in it} */
    public int count() {
        return count;
    }

    long[] packed() {
        return packed;
    }

    long hash(int i) {
        return hashes[i];
    }

    boolean matches(int i, long[] other, int from) {
        for (int word = 0; word < words; word++) {
            if (packed[i * words + word] != other[from + word]) {
                return false;
            }
        }
        return true;
    }
}
