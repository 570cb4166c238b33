package bpfmc.explorer.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * An exact set of states that numbers them in the order in which they came: 0, 1, 2, ...
 *
 * <p>All states have the same number of components, each an int {@code >= 0}. Adding allocates nothing but, now and
 * then, more room. Not for use by several threads at once.
 *
 * <p>There are two ways in. {@link #add} answers at once. {@link #addLater} does not answer, and is about twice as fast
 * in a large table; what it was given counts as added, in order, from {@link #settle} on at the latest.
 */
public final class StateTable implements Visited {
    private final MemoryMeter meter;
    private final Arena arena;
    private final Index index;
    private final Parallel threads;
    private Batch batch;

    /** A table that takes as much memory as there is. @param width components of every state, at least 1 */
    public StateTable(int width) {
        this(width, Long.MAX_VALUE);
    }

    /**
     * @param width components of every state, at least 1
     * @param maxBytes most that the table may ever allocate at one time for the states and their index, the peak while
     *     it grows included
     */
    public StateTable(int width, long maxBytes) {
        this(width, maxBytes, Parallel.NOT);
    }

    /** As above. @param threads help when the table grows */
    public StateTable(int width, long maxBytes, Parallel threads) {
        this.threads = threads;
        if (width < 1) {
            throw new IllegalArgumentException("a state has at least one component, not " + width);
        }
        meter = new MemoryMeter(maxBytes);
        arena = new Arena(Layout.initial(width), meter);
        index = new Index(meter);
        batch = new Batch(arena.layout().words());
    }

    /**
     * Adds a state unless it is known.
     *
     * @param state is copied; components {@code >= 0}
     * @return the number of the state if it is new, and {@code -1 - number}, which is negative, if it was known already
     * @throws IllegalArgumentException if a component is negative
     * @throws StateTableFullException if there is no room; the table is as it was, apart from the state not being in it
     */
    public int add(int[] state) {
        settle();
        enter(state);
        return batch.settle(index, arena);
    }

    /** @throws IllegalArgumentException if a component is negative */
    @Override
    public void addLater(int[] state) {
        // So it is full at the same state, however the states before have come.
        if (batch.isFull() || arena.count() + batch.count() >= index.room()) {
            settle();
        }
        enter(state);
    }

    @Override
    public void settle() {
        if (batch.count() > 0) {
            batch.settle(index, arena);
        }
        index.makeRoom(arena, threads);
    }

    /** {@return how many states may well be added at once} */
    public int mostAtOnce() {
        return index.mostAtOnce();
    }

    /** Makes outboxes ready for states of this table, and leaves them empty. */
    public void ready(Iterable<SuccessorBuffer> boxes) {
        settle();
        boxes.forEach(box -> box.clear(arena.layout()));
    }

    /**
     * Adds what is in outboxes, in their order, which are ready since anything was last added.
     *
     * @return whether it has; if not, nothing has changed, as there may be too little room for all
     */
    public boolean addAll(List<SuccessorBuffer> boxes, Parallel helpers) {
        var merge = new Merge(index, arena, boxes);
        boolean fits = merge.fits(meter);
        if (fits) {
            merge.run(helpers);
        }
        return fits;
    }

    /**
     * Writes a state out.
     *
     * @param number of the state, from 0 to {@link #count()} - 1
     * @param state receives the components
     */
    @Override
    public void get(int number, int[] state) {
        arena.read(number, state);
    }

    /**
     * Writes the states from a number on, as {@link #read} reads them.
     *
     * @throws IOException when {@code out} does
     */
    public void write(int from, DataOutput out) throws IOException {
        settle();
        out.writeInt(count() - from);
        arena.write(from, out);
    }

    /**
     * Adds states that {@link #write} has written. {@return how many}
     *
     * @throws IOException when {@code in} does, or these are no states of this width
     * @throws StateTableFullException if there is no room
     */
    public int read(DataInput in) throws IOException {
        int more = in.readInt();
        Layout written = Layout.read(width(), in);
        if (more < 1) {
            throw new IOException("it is damaged");
        }
        long[] packed = new long[written.words()];
        int[] state = new int[width()];
        for (int i = 0; i < more; i++) {
            for (int word = 0; word < packed.length; word++) {
                packed[word] = in.readLong();
            }
            written.unpack(packed, 0, state);
            addLater(state);
        }
        settle();
        return more;
    }

    /** {@return the number of components of every state} */
    public int width() {
        return arena.layout().width();
    }

    @Override
    public int count() {
        return arena.count();
    }

    /** {@return how many layouts its states have had} */
    int layouts() {
        return arena.layouts();
    }

    /** {@return the bytes allocated now for states and index, room for states to come included} */
    public long bytesUsed() {
        return meter.used();
    }

    /** {@return the most bytes that were ever allocated at one time, which is while the table grew} */
    @Override
    public long bytesPeak() {
        return meter.peak();
    }

    @Override
    public double omission() {
        return 0;
    }

    /** {@return allocated bytes a state, all overhead included; 0 for the empty table} */
    public double bytesPerState() {
        return count() == 0 ? 0 : (double) bytesUsed() / count();
    }

    private void enter(int[] state) {
        if (!batch.add(state, arena.layout())) {
            settle();
            widenFor(state);
            batch.add(state, arena.layout());
        }
    }

    private void widenFor(int[] state) {
        arena.widenFor(state, threads);
        batch = new Batch(arena.layout().words());
        index.rebuild(arena, threads);
    }
}
