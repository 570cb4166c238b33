package bpfmc.explorer.axiomatic;

import java.util.Arrays;

/**
 * The part of an execution that has been decided: events in the order in which they were added, and the relations between them. Never changes;
 * adding makes a new one. Each cell that is touched has an initial write, which belongs to no thread. Program order and coherence are rows of later
 * events; dependencies are kept as events name them, by operations of their thread.
 */
public final class Graph {
    /** The number of events, since sets of them are bits of a word. */
    public static final int MOST = 64;
    private static final int NOBODY = -1;

    private final int size;
    private final int[] thread;
    private final int[] op;
    private final int[] cell;
    private final Kind[] kind;
    private final int[] source;
    private final long[] po;
    private final long[] addr;
    private final long[] data;
    private final long[] ctrl;
    private final long[] co;

    private Graph(int size, int[] thread, int[] op, int[] cell, Kind[] kind, int[] source, long[] po, long[] addr, long[] data, long[] ctrl, long[] co) {
        this.size = size;
        this.thread = thread;
        this.op = op;
        this.cell = cell;
        this.kind = kind;
        this.source = source;
        this.po = po;
        this.addr = addr;
        this.data = data;
        this.ctrl = ctrl;
        this.co = co;
    }

    /** {@return the graph without events} */
    static Graph empty() {
        return new Graph(0, new int[0], new int[0], new int[0], new Kind[0], new int[0], new long[0], new long[0], new long[0], new long[0], new long[0]);
    }

    /** {@return this graph with the initial write of a cell} */
    Graph withInitial(int ofCell) {
        return grown(NOBODY, 0, ofCell, Kind.WRITE, NOBODY);
    }

    /** {@return this graph with a thread's event; a read reads from {@code from}, a write stands right behind {@code after} in its cell's order} */
    Graph with(int ofThread, Event<?> event, int from, int after) {
        Graph g = grown(ofThread, event.op(), event.cell(), event.kind(), from);
        int me = size;
        long bit = 1L << me;
        g.addr[me] = event.on().address();
        g.data[me] = event.on().data();
        g.ctrl[me] = event.on().control();
        for (int e = 0; e < me; e++) {
            if (g.thread[e] == ofThread) {
                if (g.op[e] < event.op()) {
                    g.po[e] |= bit;
                } else if (g.op[e] > event.op()) {
                    g.po[me] |= 1L << e;
                }
            }
        }
        if (event.kind().writes()) {
            g.co[me] = g.co[after];
            for (int e = 0; e < me; e++) {
                if (e == after || (g.co[e] >>> after & 1) != 0) {
                    g.co[e] |= bit;
                }
            }
        }
        return g;
    }

    /** {@return this graph where an atomic that came before what it reads reads it} */
    Graph resolved(int event, int from) {
        int[] sources = source.clone();
        sources[event] = from;
        return new Graph(size, thread, op, cell, kind, sources, po, addr, data, ctrl, co);
    }

    private Graph grown(int ofThread, int itsOp, int ofCell, Kind itsKind, int from) {
        if (size == MOST) {
            throw new LimitReached("an execution has more than " + MOST + " events");
        }
        int n = size + 1;
        Graph g = new Graph(n, Arrays.copyOf(thread, n), Arrays.copyOf(op, n), Arrays.copyOf(cell, n), Arrays.copyOf(kind, n), Arrays.copyOf(source, n),
                Arrays.copyOf(po, n), Arrays.copyOf(addr, n), Arrays.copyOf(data, n), Arrays.copyOf(ctrl, n), Arrays.copyOf(co, n));
        g.thread[size] = ofThread;
        g.op[size] = itsOp;
        g.cell[size] = ofCell;
        g.kind[size] = itsKind;
        g.source[size] = from;
        return g;
    }

    /** {@return how many events there are} */
    public int size() {
        return size;
    }

    /** {@return whether an event is the initial write of its cell} */
    public boolean isInitial(int event) {
        return thread[event] == NOBODY;
    }

    /** {@return whose event it is; not to be asked of initial writes} */
    public int thread(int event) {
        return thread[event];
    }

    /** {@return which memory operation of its thread it belongs to} */
    public int op(int event) {
        return op[event];
    }

    /** {@return the number of its cell} */
    public int cell(int event) {
        return cell[event];
    }

    /** {@return what it is} */
    public Kind kind(int event) {
        return kind[event];
    }

    /** {@return the write that a read reads from} */
    public int source(int read) {
        return source[read];
    }

    /** {@return the event that reads, or the one that writes, for an operation of a thread; -1 when it is not there} */
    int find(int ofThread, int itsOp, boolean reading) {
        for (int e = 0; e < size; e++) {
            if (thread[e] == ofThread && op[e] == itsOp && (reading ? kind[e].reads() : kind[e].writes())) {
                return e;
            }
        }
        return -1;
    }

    /** {@return the initial write of a cell; -1 when nothing has touched the cell} */
    int initial(int ofCell) {
        for (int e = 0; e < size; e++) {
            if (thread[e] == NOBODY && cell[e] == ofCell) {
                return e;
            }
        }
        return -1;
    }

    /** {@return the writes to a cell in their order, the initial one first} */
    public int[] order(int ofCell) {
        int[] out = new int[size];
        int n = 0;
        for (int e = 0; e < size; e++) {
            if (cell[e] == ofCell && kind[e].writes()) {
                out[n++] = e;
            }
        }
        int[] all = Arrays.copyOf(out, n);
        for (int i = 0; i < n; i++) {
            out[n - 1 - Long.bitCount(co[all[i]])] = all[i];
        }
        return Arrays.copyOf(out, n);
    }

    /** {@return the events of a kind} */
    long all(Kind wanted) {
        long set = 0;
        for (int e = 0; e < size; e++) {
            if (kind[e] == wanted && thread[e] != NOBODY) {
                set |= 1L << e;
            }
        }
        return set;
    }

    long events() {
        return size == MOST ? -1 : (1L << size) - 1;
    }

    long initials() {
        long set = 0;
        for (int e = 0; e < size; e++) {
            if (thread[e] == NOBODY) {
                set |= 1L << e;
            }
        }
        return set;
    }

    long reads() {
        long set = 0;
        for (int e = 0; e < size; e++) {
            if (kind[e].reads()) {
                set |= 1L << e;
            }
        }
        return set;
    }

    long writes() {
        long set = 0;
        for (int e = 0; e < size; e++) {
            if (kind[e].writes()) {
                set |= 1L << e;
            }
        }
        return set;
    }

    Relation po() {
        return Relation.of(po);
    }

    Relation addr() {
        return dependencies(addr);
    }

    Relation data() {
        return dependencies(data);
    }

    Relation ctrl() {
        return dependencies(ctrl);
    }

    /** {@return from reads to the events that come from them} */
    private Relation dependencies(long[] on) {
        long[] rows = new long[size];
        for (int e = 0; e < size; e++) {
            for (int from = 0; on[e] != 0 && from < size; from++) {
                if (thread[from] == thread[e] && kind[from].reads() && (on[e] >>> op[from] & 1) != 0) {
                    rows[from] |= 1L << e;
                }
            }
        }
        return Relation.of(rows);
    }

    Relation co() {
        return Relation.of(co);
    }

    /** {@return pairs of events of one thread, an event with itself too; initial writes are in none} */
    Relation internal() {
        return pairs((a, b) -> thread[a] != NOBODY && thread[a] == thread[b]);
    }

    Relation sameCell() {
        return pairs((a, b) -> cell[a] == cell[b]);
    }

    Relation rf() {
        long[] rows = new long[size];
        for (int e = 0; e < size; e++) {
            if (source[e] != NOBODY) {
                rows[source[e]] |= 1L << e;
            }
        }
        return Relation.of(rows);
    }

    /** {@return from each read to the writes behind the one that it reads from} */
    Relation fr() {
        long[] rows = new long[size];
        for (int e = 0; e < size; e++) {
            if (source[e] != NOBODY) {
                rows[e] = co[source[e]] & ~(1L << e);
            }
        }
        return Relation.of(rows);
    }

    /** {@return from the read to the write of each compare-and-exchange that succeeds} */
    Relation amo() {
        return pairs((a, b) -> kind[a] == Kind.SWAP_READ && kind[b] == Kind.SWAP_WRITE && thread[a] == thread[b] && op[a] == op[b]);
    }

    private interface Pairs {
        boolean has(int a, int b);
    }

    private Relation pairs(Pairs pairs) {
        long[] rows = new long[size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                if (pairs.has(a, b)) {
                    rows[a] |= 1L << b;
                }
            }
        }
        return Relation.of(rows);
    }
}
