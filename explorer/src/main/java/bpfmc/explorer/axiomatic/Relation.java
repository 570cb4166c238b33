package bpfmc.explorer.axiomatic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A relation on at most 64 events: a row a event, a bit in it each that it is related to. Never changes. */
final class Relation {
    private final long[] rows;

    private Relation(long[] rows) {
        this.rows = rows;
    }

    /** {@return the relation with these rows, which nobody may change any more} */
    static Relation of(long[] rows) {
        return new Relation(rows);
    }

    /** {@return each event of a set with itself} */
    static Relation identity(int size, long set) {
        long[] out = new long[size];
        for (long rest = set; rest != 0; rest &= rest - 1) {
            out[Long.numberOfTrailingZeros(rest)] = rest & -rest;
        }
        return new Relation(out);
    }

    long row(int event) {
        return rows[event];
    }

    int size() {
        return rows.length;
    }

    Relation or(Relation other) {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[i] | other.rows[i];
        }
        return new Relation(out);
    }

    Relation and(Relation other) {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[i] & other.rows[i];
        }
        return new Relation(out);
    }

    Relation minus(Relation other) {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[i] & ~other.rows[i];
        }
        return new Relation(out);
    }

    /** {@return the pairs that start in one set and end in another} */
    Relation between(long from, long to) {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (from >>> i & 1) == 0 ? 0 : rows[i] & to;
        }
        return new Relation(out);
    }

    /** {@return this, then the other} */
    Relation then(Relation other) {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            long row = 0;
            for (long rest = rows[i]; rest != 0; rest &= rest - 1) {
                row |= other.rows[Long.numberOfTrailingZeros(rest)];
            }
            out[i] = row;
        }
        return new Relation(out);
    }

    /** {@return this or nothing} */
    Relation optional() {
        long[] out = new long[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows[i] | 1L << i;
        }
        return new Relation(out);
    }

    /** {@return this, any number of times from one on} */
    Relation plus() {
        long[] out = rows.clone();
        for (int k = 0; k < out.length; k++) {
            long row = out[k];
            for (int i = 0; row != 0 && i < out.length; i++) {
                if ((out[i] >>> k & 1) != 0) {
                    out[i] |= row;
                }
            }
        }
        return new Relation(out);
    }

    /** {@return this, any number of times} */
    Relation star() {
        return plus().optional();
    }

    boolean isEmpty() {
        for (long row : rows) {
            if (row != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether no way leads back to where it began: events without a successor are taken away until none is left} */
    boolean isAcyclic() {
        long alive = rows.length == 64 ? -1 : (1L << rows.length) - 1;
        boolean changed = true;
        while (changed && alive != 0) {
            changed = false;
            for (long rest = alive; rest != 0; rest &= rest - 1) {
                if ((rows[Long.numberOfTrailingZeros(rest)] & alive) == 0) {
                    alive &= ~(rest & -rest);
                    changed = true;
                }
            }
        }
        return alive == 0;
    }

    /** {@return a shortest circle, its events in order; empty when there is none} */
    List<Integer> circle() {
        List<Integer> best = List.of();
        for (int start = 0; start < rows.length; start++) {
            List<Integer> found = wayBackTo(start);
            if (!found.isEmpty() && (best.isEmpty() || found.size() < best.size())) {
                best = found;
            }
        }
        return best;
    }

    private List<Integer> wayBackTo(int start) {
        int[] before = new int[rows.length];
        Arrays.fill(before, -1);
        long seen = 0;
        List<Integer> queue = new ArrayList<>(List.of(start));
        for (int next = 0; next < queue.size(); next++) {
            int at = queue.get(next);
            if ((rows[at] >>> start & 1) != 0) {
                List<Integer> way = new ArrayList<>();
                for (int e = at; e != start; e = before[e]) {
                    way.addFirst(e);
                }
                way.addFirst(start);
                return way;
            }
            for (long rest = rows[at] & ~seen; rest != 0; rest &= rest - 1) {
                int to = Long.numberOfTrailingZeros(rest);
                before[to] = at;
                queue.add(to);
            }
            seen |= rows[at];
        }
        return List.of();
    }
}
