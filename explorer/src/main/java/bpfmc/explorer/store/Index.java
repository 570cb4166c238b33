package bpfmc.explorer.store;

import java.util.Arrays;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * Finds a state's number by its hash: open addressing with linear probing in one array of ints.
 *
 * <p>With {@code 2^k} slots a number needs k bits at most; the bits above hold a part of the hash that the slot does
 * not tell, the <em>tag</em>. A probe that meets another state mostly sees so by the tag and leaves the arena, which
 * would be a cache miss, alone. Nothing of the hash is stored besides, as it can be had again from the arena in one
 * sequential pass.
 */
final class Index {
    private static final int FIRST_SLOTS = 1 << 10;
    /** So many states are entered at a time, whose slots are read first: no read waits for another, as in {@link Batch}. */
    private static final int AHEAD = 64;
    private static final int MOST_SLOTS = 1 << 30;

    private final MemoryMeter meter;
    /** 0 for a free slot, else tag and number + 1. */
    private int[] slots = new int[0];
    private int mask;
    /** Written and never read: keeps the compiler from dropping the reads ahead. */
    private int touched;
    /** States that may be in before the index has to grow: three quarters of the slots. */
    private int room;

    /** An index without room. */
    Index(MemoryMeter meter) {
        this.meter = meter;
    }

    /** {@return the number of the state, or the complement of the free slot where it belongs} */
    int find(long hash, long[] packed, int from, Arena arena) {
        int tag = tag(hash);
        int slot = home(hash);
        int entry = slots[slot];
        while (entry != 0) {
            int number = number(entry);
            if ((entry & ~mask) == tag && arena.matches(number, packed, from)) {
                return number;
            }
            slot = after(slot);
            entry = slots[slot];
        }
        return ~slot;
    }

    /** Enters a state in a slot that {@link #find} has named, with nothing entered or moved in between. */
    void put(int freeSlot, long hash, int number) {
        slots[freeSlot] = tag(hash) | number + 1;
    }

    /** {@return what is in the slot where the search for a state begins} */
    int firstEntry(long hash) {
        return slots[home(hash)];
    }

    /** {@return the slot where the search for a state begins} */
    int home(long hash) {
        return (int) hash & mask;
    }

    /** {@return the slot where it goes on} */
    int after(int slot) {
        return slot + 1 & mask;
    }

    /** {@return what is in a slot, 0 for nothing} */
    int entry(int slot) {
        return slots[slot];
    }

    /** {@return where a part of the slots begins, when they are divided into so many} */
    int firstSlot(int part, int parts) {
        return (int) ((long) slots.length * part / parts);
    }

    /** {@return how many states may come at once before the probes become long} */
    int mostAtOnce() {
        return slots.length / 8;
    }

    /** {@return whether it holds so many states without growing, if with longer probes for a while} */
    boolean holds(int states) {
        return states <= slots.length / 8 * 7;
    }

    /** {@return what growing takes that so many states make necessary} */
    long bytesToGrowFrom(int states) {
        return states < room ? 0 : slots.length == MOST_SLOTS ? Long.MAX_VALUE / 2 : 4L * slots.length;
    }

    /** Keeps the compiler from dropping reads that came to a number. */
    void touch(int read) {
        touched = read;
    }

    /** {@return whether an entry may well be that of a state with this hash} */
    boolean isLikely(int entry, long hash) {
        return entry != 0 && (entry & ~mask) == tag(hash);
    }

    /** {@return the number of the state that an entry stands for} */
    int number(int entry) {
        return (entry & mask) - 1;
    }

    /** {@return how many states it takes before it grows} */
    int room() {
        return room;
    }

    /**
     * Grows if there are no slots for another state, or if these would make the probes long.
     *
     * @throws StateTableFullException if there is no room; nothing has changed then
     */
    void makeRoom(Arena arena, Parallel threads) {
        if (arena.count() < room) {
            return;
        }
        if (slots.length == MOST_SLOTS) {
            throw new StateTableFullException(StateTableFullException.Room.NUMBERS,
                    "a table of visited states numbers " + room + " states at most");
        }
        int larger = Math.max(FIRST_SLOTS, 2 * slots.length);
        meter.reserve(4L * (larger - slots.length));
        allocate(larger);
        enterAll(arena, threads);
    }

    /** Enters all states anew, after their packed form has changed. */
    void rebuild(Arena arena, Parallel threads) {
        Arrays.fill(slots, 0);
        enterAll(arena, threads);
    }

    /** The old slots are let go before the new ones are allocated: all that is in them can be computed. */
    private void allocate(int length) {
        slots = new int[0];
        slots = new int[length];
        mask = length - 1;
        room = length / 4 * 3;
    }

    private void enterAll(Arena arena, Parallel threads) {
        int parts = threads.threads();
        var deferred = new IntArrayList[parts];
        threads.run(parts, part -> deferred[part] = enter(arena, firstSlot(part, parts), firstSlot(part + 1, parts)));
        for (IntArrayList numbers : deferred) {
            numbers.each(number -> {
                int slot = home(arena.hash(number));
                while (slots[slot] != 0) {
                    slot = after(slot);
                }
                put(slot, arena.hash(number), number);
            });
        }
    }

    /** Enters the states whose probe begins in a range of slots. {@return those whose probe leaves it, which have not been entered} */
    private IntArrayList enter(Arena arena, int firstSlot, int end) {
        var deferred = new IntArrayList();
        int[] mine = new int[AHEAD];
        long[] hashes = new long[AHEAD];
        int gathered = 0;
        int read = 0;
        for (int number = 0; number < arena.count(); number++) {
            long hash = arena.hash(number);
            int slot = home(hash);
            mine[gathered] = number;
            hashes[gathered] = hash;
            gathered += slot >= firstSlot && slot < end ? 1 : 0;
            if (gathered == AHEAD || number == arena.count() - 1) {
                for (int i = 0; i < gathered; i++) {
                    read += slots[home(hashes[i])];
                }
                for (int i = 0; i < gathered; i++) {
                    enter(hashes[i], mine[i], end, deferred);
                }
                gathered = 0;
            }
        }
        touch(read);
        return deferred;
    }

    private void enter(long hash, int number, int end, IntArrayList deferred) {
        int slot = home(hash);
        while (slot < end && slots[slot] != 0) {
            slot++;
        }
        if (slot < end) {
            put(slot, hash, number);
        } else {
            deferred.add(number);
        }
    }

    private int tag(long hash) {
        return (int) (hash >>> Integer.SIZE) & ~mask;
    }
}
