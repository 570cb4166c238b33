package bpfmc.explorer.store;

import java.util.List;

/**
 * Adds what is in outboxes to a table by several threads, so that every state gets the number that it would have got from one.
 *
 * <pre>
 * find     each thread, for the states whose probe begins in its range of slots: known, or entered under a provisional number
 * defer    a probe that leaves the range is done by one thread, when all have finished
 * number   the states that are new are counted, in their order
 * store    each thread, for some of the outboxes: the states go to the arena, and the numbers to the index
 * </pre>
 *
 * Equal states have equal hashes, so the same thread looks at both, and the first one is the new one.
 */
final class Merge {
    private static final int KNOWN = -1;
    private static final int DEFERRED = -2;
    private static final int NO_END = -1;
    private static final int BLOCK_SHIFT = 6;

    private final Index index;
    private final Arena arena;
    private final List<SuccessorBuffer> boxes;
    /** States in the outboxes before each. */
    private final int[] before;
    private final int total;
    /** For each block of states the outbox of the first one. */
    private final int[] boxOf;
    private final int known;

    Merge(Index index, Arena arena, List<SuccessorBuffer> boxes) {
        this.index = index;
        this.arena = arena;
        this.boxes = boxes;
        this.known = arena.count();
        before = new int[boxes.size()];
        int sum = 0;
        for (int box = 0; box < before.length; box++) {
            before[box] = sum;
            sum += boxes.get(box).count();
        }
        total = sum;
        boxOf = new int[(total >>> BLOCK_SHIFT) + 1];
        for (int box = 0, block = 0; box < before.length; box++) {
            for (; block << BLOCK_SHIFT < before[box] + boxes.get(box).count(); block++) {
                boxOf[block] = box;
            }
        }
    }

    /** {@return whether there is room for all, were all of them new} */
    boolean fits(MemoryMeter meter) {
        return index.holds(known + total) && meter.hasRoomFor(arena.bytesFor(total) + index.bytesToGrowFrom(known + total));
    }

    void run(Parallel threads) {
        for (SuccessorBuffer box : boxes) {
            box.slots = box.slots.length < box.count() ? new int[2 * box.count()] : box.slots;
        }
        int parts = threads.threads();
        threads.run(parts, part -> find(index.firstSlot(part, parts), index.firstSlot(part + 1, parts)));
        int[] numbers = new int[before.length];
        int next = known;
        for (int box = 0; box < before.length; box++) {
            numbers[box] = next;
            next += settled(box);
        }
        arena.lengthen(next - known);
        threads.run(before.length, box -> store(boxes.get(box), numbers[box]));
    }

    private void find(int firstSlot, int end) {
        int[] mine = new int[Batch.SIZE];
        int touched = 0;
        for (int box = 0; box < before.length; box++) {
            SuccessorBuffer from = boxes.get(box);
            int gathered = 0;
            for (int i = 0; i < from.count(); i++) {
                int slot = index.home(from.hash(i));
                mine[gathered] = i;
                gathered += slot >= firstSlot && slot < end ? 1 : 0;
                if (gathered == mine.length) {
                    touched += find(box, mine, gathered, end);
                    gathered = 0;
                }
            }
            touched += find(box, mine, gathered, end);
        }
        index.touch(touched);
    }

    /** Reads ahead as {@link Batch} does. {@return something made of what was read} */
    private int find(int box, int[] mine, int count, int end) {
        SuccessorBuffer from = boxes.get(box);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += index.firstEntry(from.hash(mine[i]));
        }
        for (int i = 0; i < count; i++) {
            int entry = index.firstEntry(from.hash(mine[i]));
            if (index.isLikely(entry, from.hash(mine[i])) && index.number(entry) < known) {
                sum += arena.firstWord(index.number(entry));
            }
        }
        for (int i = 0; i < count; i++) {
            from.slots[mine[i]] = found(box, mine[i], end);
        }
        return (int) sum;
    }

    /** {@return the slot that the state has got, or what else came of it} @param end the slot before which the probe must end */
    private int found(int box, int i, int end) {
        SuccessorBuffer from = boxes.get(box);
        long hash = from.hash(i);
        int slot = index.home(hash);
        for (int entry = index.entry(slot); entry != 0; entry = index.entry(slot)) {
            if (index.isLikely(entry, hash) && matches(index.number(entry), from, i)) {
                return KNOWN;
            }
            if (slot + 1 == end) {
                return DEFERRED;
            }
            slot = index.after(slot);
        }
        index.put(slot, hash, known + before[box] + i);
        return slot;
    }

    private boolean matches(int number, SuccessorBuffer from, int i) {
        if (number < known) {
            return arena.matches(number, from.packed(), i * arena.layout().words());
        }
        int at = number - known;
        int box = boxOf[at >>> BLOCK_SHIFT];
        while (at - before[box] >= boxes.get(box).count()) {
            box++;
        }
        return boxes.get(box).matches(at - before[box], from.packed(), i * arena.layout().words());
    }

    /** Finds the states that were deferred. {@return how many of the states are new} */
    private int settled(int box) {
        SuccessorBuffer from = boxes.get(box);
        int fresh = 0;
        for (int i = 0; i < from.count(); i++) {
            if (from.slots[i] == DEFERRED) {
                from.slots[i] = found(box, i, NO_END);
            }
            fresh += from.slots[i] >= 0 ? 1 : 0;
        }
        return fresh;
    }

    private void store(SuccessorBuffer from, int first) {
        int number = first;
        int words = arena.layout().words();
        long[] bits = new long[words];
        for (int i = 0; i < from.count(); i++) {
            if (from.slots[i] >= 0) {
                arena.set(number, from.packed(), i * words);
                arena.unite(from.packed(), i * words, bits);
                index.put(from.slots[i], from.hash(i), number++);
            }
        }
        arena.unite(bits);
    }
}
