package bpfmc.explorer.store;

import java.util.Arrays;

/**
 * A set of states that keeps 64 bits of each (hash compaction: Stern and Dill, Improved Probabilistic Verification by Hash Compaction,
 * CHARME 1995), and the states themselves only until they have been asked for. A state whose hash is that of another one is taken for
 * it and missed: with n states that has happened with a probability of at most n (n - 1) / 2^65, as every two of them have one hash with a
 * probability of 2^-64, if the hash is as good as a random function.
 */
public final class HashTable implements Visited {
    /** Each grows by itself, one after the other, so that what exists twice while it grows is little. */
    private static final int SHARDS = 64;
    private static final int SHARD_BITS = Integer.numberOfTrailingZeros(SHARDS);
    private static final int FIRST_SLOTS = 16;
    private static final double GROWTH = 1.25;
    private static final double PAIRS = 0x1p-65;

    private final MemoryMeter meter;
    private final Arena arena;
    private long[] packed;
    private final long[][] shards = new long[SHARDS][];
    private final int[] used = new int[SHARDS];

    /** @param width components of every state, at least 1 @param maxBytes most that may ever be allocated at one time */
    public HashTable(int width, long maxBytes) {
        if (width < 1) {
            throw new IllegalArgumentException("a state has at least one component, not " + width);
        }
        meter = new MemoryMeter(maxBytes);
        arena = new Arena(Layout.initial(width), meter);
        packed = new long[arena.layout().words()];
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = allocated(FIRST_SLOTS);
        }
    }

    private long[] allocated(int slots) {
        meter.reserve(MemoryMeter.bytesOfLongs(slots));
        return new long[slots];
    }

    @Override
    public void addLater(int[] state) {
        long hash = hash(state);
        int shard = (int) (hash >>> Long.SIZE - SHARD_BITS);
        if (used[shard] >= shards[shard].length / 5 * 4) {
            grow(shard);
        }
        int slot = slotOf(hash, shards[shard]);
        if (shards[shard][slot] == 0) {
            append(state);
            shards[shard][slot] = hash;
            used[shard]++;
        }
    }

    private void append(int[] state) {
        if (arena.count() == Integer.MAX_VALUE) {
            throw new StateTableFullException(StateTableFullException.Room.NUMBERS, "a table of hashes numbers " + Integer.MAX_VALUE + " states at most");
        }
        if (!arena.layout().pack(state, packed, 0)) {
            arena.widenFor(state, Parallel.NOT);
            packed = new long[arena.layout().words()];
            arena.layout().pack(state, packed, 0);
        }
        arena.append(packed, 0);
    }

    @Override
    public void settle() {}

    @Override
    public void get(int number, int[] state) {
        arena.read(number, state);
        arena.forget(number);
    }

    @Override
    public int count() {
        return arena.count();
    }

    @Override
    public long bytesPeak() {
        return meter.peak();
    }

    @Override
    public double omission() {
        return (double) count() * Math.max(0, count() - 1) * PAIRS;
    }

    private void grow(int shard) {
        long[] old = shards[shard];
        long[] moved = allocated((int) (old.length * GROWTH) + 5);
        for (long hash : old) {
            if (hash != 0) {
                moved[slotOf(hash, moved)] = hash;
            }
        }
        shards[shard] = moved;
        meter.release(MemoryMeter.bytesOfLongs(old.length));
    }

    /** {@return where the hash is, or a free slot where it belongs} Its low half chooses where to begin, whatever the number of slots. */
    private static int slotOf(long hash, long[] slots) {
        int slot = (int) ((hash & 0xFFFF_FFFFL) * slots.length >>> Integer.SIZE);
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }

    /** Of the components, not of the packed words, whose layout changes. Never 0, which costs nothing that could be measured. */
    static long hash(int[] state) {
        long hash = state.length;
        for (int component : state) {
            if (component < 0) {
                throw new IllegalArgumentException("a component of " + Arrays.toString(state) + " is negative; ids are >= 0");
            }
            hash = mixed(hash + component * Hash.FIRST + Hash.FIRST);
        }
        return hash == 0 ? 1 : hash;
    }

    /** The finalizer of splitmix64 (see {@link Hash}). */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ z >>> 30) * Hash.SECOND;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
