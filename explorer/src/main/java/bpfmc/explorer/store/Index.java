package bpfmc.explorer.store;

import java.util.Arrays;

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
    private static final int MOST_SLOTS = 1 << 30;

    private final MemoryMeter meter;
    /** 0 for a free slot, else tag and number + 1. */
    private int[] slots = new int[0];
    private int mask;
    /** States that may be in before the index has to grow: three quarters of the slots. */
    private int room;

    /** An index without room. */
    Index(MemoryMeter meter) {
        this.meter = meter;
    }

    /** {@return the number of the state, or the complement of the free slot where it belongs} */
    int find(long hash, long[] packed, int from, Arena arena) {
        int tag = tag(hash);
        int slot = (int) hash & mask;
        int entry = slots[slot];
        while (entry != 0) {
            int number = number(entry);
            if ((entry & ~mask) == tag && arena.matches(number, packed, from)) {
                return number;
            }
            slot = slot + 1 & mask;
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
        return slots[(int) hash & mask];
    }

    /** {@return whether an entry may well be that of a state with this hash} */
    boolean isLikely(int entry, long hash) {
        return entry != 0 && (entry & ~mask) == tag(hash);
    }

    /** {@return the number of the state that an entry stands for} */
    int number(int entry) {
        return (entry & mask) - 1;
    }

    /**
     * Grows if there are no slots for so many more states, or if these would make the probes long.
     *
     * @throws StateTableFullException if there is no room; nothing has changed then
     */
    void makeRoom(int more, Arena arena) {
        if (arena.count() <= room - more) {
            return;
        }
        if (slots.length == MOST_SLOTS) {
            throw new StateTableFullException(StateTableFullException.Room.NUMBERS,
                    "a table of visited states numbers " + room + " states at most");
        }
        int larger = Math.max(FIRST_SLOTS, 2 * slots.length);
        meter.reserve(4L * (larger - slots.length));
        allocate(larger);
        enterAll(arena);
    }

    /** Enters all states anew, after their packed form has changed. */
    void rebuild(Arena arena) {
        Arrays.fill(slots, 0);
        enterAll(arena);
    }

    /** The old slots are let go before the new ones are allocated: all that is in them can be computed. */
    private void allocate(int length) {
        slots = new int[0];
        slots = new int[length];
        mask = length - 1;
        room = length / 4 * 3;
    }

    private void enterAll(Arena arena) {
        for (int number = 0; number < arena.count(); number++) {
            long hash = arena.hash(number);
            int slot = (int) hash & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            put(slot, hash, number);
        }
    }

    private int tag(long hash) {
        return (int) (hash >>> Integer.SIZE) & ~mask;
    }
}
