package bpfmc.model.value;

import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The bytes of a region that have been written, as cells in ascending order that do not overlap. What was never written
 * is a gap, and whoever reads says what gaps hold. Accesses of any size and alignment are exact: a number read across
 * cells is put together from their bytes, a cell overwritten in part keeps the rest.
 */
public record Cells(ImmutableList<Cell> cells) {
    public static final Cells EMPTY = new Cells(Lists.immutable.empty());

    /** @param offset bytes from the region's start, negative in a stack frame @param size 1 to 8 */
    public record Cell(int offset, int size, Value value) {
        int end() {
            return offset + size;
        }
    }

    /** Says what bytes hold that no cell knows. */
    @FunctionalInterface
    public interface Gaps {
        /** {@return the number in these bytes, zero-extended} */
        Term read(int offset, int size);

        /** {@return some bytes of an address, from {@code from} on} */
        default Term part(Value.Pointer address, int from, int size) {
            return read(from, size);
        }
    }

    /** Says what the bytes hold that a copy finds. */
    @FunctionalInterface
    public interface Contents {
        Value at(int offset, int size);
    }

    /** {@return cells of 8 bytes from offset 0 on without gaps, the last one as long as what remains} */
    public static Cells of(int size, Contents contents) {
        MutableList<Cell> cells = Lists.mutable.empty();
        for (int at = 0; at < size; at += Long.BYTES) {
            int bytes = Math.min(Long.BYTES, size - at);
            cells.add(new Cell(at, bytes, contents.at(at, bytes)));
        }
        return new Cells(cells.toImmutable());
    }

    /** {@return what an access of {@code size} bytes reads; a pointer only when it reads exactly one} */
    public Value read(int offset, int size, Gaps gaps) {
        Term whole = Constant.ZERO;
        long loads = 0;
        int at = offset;
        while (at < offset + size) {
            Cell cell = cellAt(at);
            int end = Math.min(offset + size, cell != null ? cell.end() : nextCell(at, offset + size));
            Term part;
            switch (cell == null ? null : cell.value()) {
                case null -> part = gaps.read(at, end - at);
                case Value.Scalar s -> part = Terms.extract(s.term(), at - cell.offset(), end - at);
                case Value.Pointer p -> {
                    if (cell.offset() == offset && cell.size() == size) {
                        return p;
                    }
                    part = gaps.part(p, at - cell.offset(), end - at);
                }
            }
            loads |= cell == null ? 0 : cell.value().loads();
            whole = Terms.add(whole, Terms.scale(1L << (8 * (at - offset)), part));
            at = end;
        }
        return new Value.Scalar(whole, loads);
    }

    private Cell cellAt(int offset) {
        int index = firstEndingAfter(offset);
        return index < cells.size() && cells.get(index).offset() <= offset ? cells.get(index) : null;
    }

    private int nextCell(int offset, int limit) {
        int index = firstEndingAfter(offset);
        for (; index < cells.size() && cells.get(index).offset() <= offset; index++) { }
        return index < cells.size() ? Math.min(cells.get(index).offset(), limit) : limit;
    }

    /** {@return the index of the first cell that ends after the offset; how many cells there are when none does} */
    private int firstEndingAfter(int offset) {
        int low = 0;
        int high = cells.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (cells.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** {@return how many bytes from here on belong to one cell or one gap, at most 8} */
    public int runAt(int offset) {
        Cell cell = cellAt(offset);
        return Math.min(8, (cell != null ? cell.end() : nextCell(offset, offset + 8)) - offset);
    }

    /** {@return the cells after a write; a pointer overwritten in part leaves bytes that {@code gaps} makes up} */
    public Cells write(int offset, int size, Value value, Gaps gaps) {
        return write(Lists.immutable.with(new Cell(offset, size, value)), gaps);
    }

    /** {@return the cells after each cell of the contents has been written, {@code offset} further on} */
    public Cells writeAll(int offset, Cells contents, Gaps gaps) {
        return write(offset == 0 ? contents.cells
                : contents.cells.collect(c -> new Cell(c.offset() + offset, c.size(), c.value())), gaps);
    }

    /** One pass over both: what is left of a cell of which a byte was overwritten stands where it stood. */
    private Cells write(ImmutableList<Cell> written, Gaps gaps) {
        if (written.isEmpty()) {
            return this;
        }
        MutableList<Cell> after = Lists.mutable.ofInitialCapacity(cells.size() + written.size() + 1);
        int next = 0;
        Cell old = cells.isEmpty() ? null : cells.get(0);
        for (Cell cell : written) {
            while (old != null && old.end() <= cell.offset()) {
                after.add(old);
                old = cellOrNull(++next);
            }
            if (old != null && old.offset() < cell.offset()) {
                after.add(part(old, old.offset(), cell.offset(), gaps));
            }
            after.add(cell);
            while (old != null && old.end() <= cell.end()) {
                old = cellOrNull(++next);
            }
            if (old != null && old.offset() < cell.end()) {
                old = part(old, cell.end(), old.end(), gaps);
            }
        }
        while (old != null) {
            after.add(old);
            old = cellOrNull(++next);
        }
        return new Cells(after.toImmutable());
    }

    private Cell cellOrNull(int index) {
        return index < cells.size() ? cells.get(index) : null;
    }

    private static Cell part(Cell cell, int from, int to, Gaps gaps) {
        return switch (cell.value()) {
            case Value.Scalar s -> new Cell(from, to - from,
                    new Value.Scalar(Terms.extract(s.term(), from - cell.offset(), to - from), s.loads()));
            case Value.Pointer p -> new Cell(from, to - from, new Value.Scalar(gaps.part(p, from - cell.offset(), to - from), p.loads()));
        };
    }

    /** {@return the cells without these bytes, which become a gap; a pointer cut in part leaves bytes that {@code gaps} makes up} */
    public Cells without(int offset, int size, Gaps gaps) {
        MutableList<Cell> after = Lists.mutable.ofInitialCapacity(cells.size() + 1);
        for (Cell cell : cells) {
            if (cell.end() <= offset || cell.offset() >= offset + size) {
                after.add(cell);
                continue;
            }
            if (cell.offset() < offset) {
                after.add(part(cell, cell.offset(), offset, gaps));
            }
            if (cell.end() > offset + size) {
                after.add(part(cell, offset + size, cell.end(), gaps));
            }
        }
        return new Cells(after.toImmutable());
    }

    /** {@return the cells with each value replaced; these cells themselves when no value is another one} */
    public Cells map(UnaryOperator<Value> change) {
        MutableList<Cell> changed = null;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            Value value = change.apply(cell.value());
            if (value != cell.value()) {
                changed = changed == null ? cells.toList() : changed;
                changed.set(i, new Cell(cell.offset(), cell.size(), value));
            }
        }
        return changed == null ? this : new Cells(changed.toImmutable());
    }

    /** {@return the cells that begin in these bytes, with {@code offset} as their 0} */
    public Cells from(int offset, int size) {
        return new Cells(cells.select(c -> c.offset() >= offset && c.offset() < offset + size)
                .collect(c -> new Cell(c.offset() - offset, c.size(), c.value())));
    }

    /** {@return the cells that the predicate keeps} */
    public Cells select(org.eclipse.collections.api.block.predicate.Predicate<Cell> keep) {
        ImmutableList<Cell> kept = cells.select(keep);
        return kept.size() == cells.size() ? this : new Cells(kept);
    }
}
