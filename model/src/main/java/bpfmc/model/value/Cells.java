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
        for (Cell cell : cells) {
            if (cell.offset() <= offset && offset < cell.end()) {
                return cell;
            }
        }
        return null;
    }

    private int nextCell(int offset, int limit) {
        for (Cell cell : cells) {
            if (cell.offset() > offset) {
                return Math.min(cell.offset(), limit);
            }
        }
        return limit;
    }

    /** {@return how many bytes from here on belong to one cell or one gap, at most 8} */
    public int runAt(int offset) {
        Cell cell = cellAt(offset);
        return Math.min(8, (cell != null ? cell.end() : nextCell(offset, offset + 8)) - offset);
    }

    /** {@return the cells after a write; a pointer overwritten in part leaves bytes that {@code gaps} makes up} */
    public Cells write(int offset, int size, Value value, Gaps gaps) {
        MutableList<Cell> after = Lists.mutable.ofInitialCapacity(cells.size() + 2);
        boolean placed = false;
        for (Cell cell : cells) {
            if (cell.end() <= offset) {
                after.add(cell);
                continue;
            }
            if (cell.offset() < offset) {
                after.add(part(cell, cell.offset(), offset, gaps));
            }
            if (!placed) {
                after.add(new Cell(offset, size, value));
                placed = true;
            }
            if (cell.offset() >= offset + size) {
                after.add(cell);
            } else if (cell.end() > offset + size) {
                after.add(part(cell, offset + size, cell.end(), gaps));
            }
        }
        if (!placed) {
            after.add(new Cell(offset, size, value));
        }
        return new Cells(after.toImmutable());
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

    /** {@return the cells with each value replaced} */
    public Cells map(UnaryOperator<Value> change) {
        return cells.isEmpty() ? this : new Cells(cells.collect(c -> {
            Value value = change.apply(c.value());
            return value == c.value() ? c : new Cell(c.offset(), c.size(), value);
        }));
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
