package bpfmc.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cells against an array of bytes: numbers of any size anywhere, pointers among them, gaps of known bytes. */
class CellsRandomTest {
    private static final int BYTES = 32;
    private static final int START = -BYTES;

    @Test
    void readsGiveTheBytesThatWereWritten() {
        Random random = new Random(31);
        for (int round = 0; round < 15_000; round++) {
            var terms = new RandomTerms(random);
            byte[] bytes = new byte[BYTES];
            Cells cells = Cells.EMPTY;
            random.nextBytes(bytes);
            byte[] gaps = bytes.clone();
            for (int step = 0; step < 12; step++) {
                int size = random.nextInt(1, 9);
                int at = random.nextInt(BYTES - size + 1);
                var known = terms.term(2);
                cells = cells.write(START + at, size, Value.of(Terms.extract(known.term(), 0, size)), gaps(gaps));
                for (int i = 0; i < size; i++) {
                    bytes[at + i] = (byte) (known.value() >>> (8 * i));
                }
                ordered(cells);
                int readSize = random.nextInt(1, 9);
                int readAt = random.nextInt(BYTES - readSize + 1);
                var read = (Value.Scalar) cells.read(START + readAt, readSize, gaps(gaps));
                long expected = number(bytes, readAt, readSize);
                if (Terms.evaluate(read.term(), terms::valueOf) != expected) {
                    assertThat(Terms.evaluate(read.term(), terms::valueOf))
                            .as("%d bytes at %d of %s", readSize, readAt, cells)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** A pointer is read only whole; any of its bytes that is read alone is made up by the gaps. */
    @Test
    void pointersSurviveOnlyWhole() {
        Random random = new Random(32);
        Value.Pointer pointer = Value.to(new Region.Context(), 4);
        Cells.Gaps gaps = (offset, size) -> Terms.constant(Terms.mask(size));
        for (int round = 0; round < 5_000; round++) {
            int at = random.nextInt(8, BYTES - 16);
            Cells cells = Cells.EMPTY.write(at, 8, pointer, gaps);
            assertThat(cells.read(at, 8, gaps)).isEqualTo(pointer);
            int size = random.nextInt(1, 9);
            int other = at + random.nextInt(-7, 8);
            if (other != at || size != 8) {
                assertThat(cells.read(other, size, gaps)).isEqualTo(Value.of(Terms.mask(size)));
            }
            Cells after = cells.write(other, size, Value.of(0), gaps);
            boolean touched = other < at + 8 && at < other + size;
            assertThat(after.read(at, 8, gaps) instanceof Value.Pointer).isEqualTo(!touched);
            assertThat(after.read(other, size, gaps)).isEqualTo(Value.of(0));
        }
    }

    /** Cells written at once are what they are when each is written alone; pointers are cut in part, gaps are left. */
    @Test
    void aCopyIsItsWritesOneAfterTheOther() {
        Random random = new Random(34);
        int cut = 0;
        for (int round = 0; round < 5_000; round++) {
            Cells.Gaps gaps = (offset, size) -> new Symbol(Symbol.OWN, Symbol.Kind.CONTEXT, 0, offset, size);
            Cells before = scattered(random, 6, gaps);
            Cells contents = scattered(random, 4, gaps);
            int offset = random.nextInt(-8, 9);
            Cells expected = before;
            for (Cells.Cell cell : contents.cells()) {
                expected = expected.write(offset + cell.offset(), cell.size(), cell.value(), gaps);
            }
            assertThat(before.writeAll(offset, contents, gaps)).isEqualTo(expected);
            ordered(expected);
            cut += expected.cells().size() > before.cells().size() + contents.cells().size() ? 1 : 0;
        }
        assertThat(cut).as("cells cut in two").isGreaterThan(100);
    }

    private static Cells scattered(Random random, int count, Cells.Gaps gaps) {
        Cells cells = Cells.EMPTY;
        for (int i = 0; i < count; i++) {
            boolean pointer = random.nextInt(4) == 0;
            int size = pointer ? 8 : random.nextInt(1, 9);
            cells = cells.write(random.nextInt(BYTES - size + 1), size, pointer ? Value.to(new Region.Context(), i)
                    : new Value.Scalar(new Symbol(Symbol.OWN, Symbol.Kind.FRESH, i, 0, size), 1L << i), gaps);
        }
        return cells;
    }

    @Test
    void valuesThatStayLeaveTheCellsTheyAre() {
        Cells.Gaps zero = (o, n) -> Constant.ZERO;
        Cells cells = Cells.EMPTY.write(0, 4, Value.of(1), zero).write(4, 4, Value.of(2), zero);
        assertThat(cells.map(v -> v)).isSameAs(cells);
        assertThat(cells.map(v -> v.is(2) ? Value.of(3) : v).read(0, 8, zero)).isEqualTo(Value.of(0x3_0000_0001L));
    }

    @Test
    void readsJoinTheLoadsOfAllTheCellsTheyTouch() {
        Cells cells = Cells.EMPTY.write(0, 4, new Value.Scalar(Terms.constant(1), 1), (o, n) -> Constant.ZERO)
                .write(4, 4, new Value.Scalar(Terms.constant(2), 4), (o, n) -> Constant.ZERO);
        assertThat(cells.read(2, 4, (o, n) -> Constant.ZERO)).isEqualTo(new Value.Scalar(Terms.constant(0x2_0000L), 5));
        assertThat(cells.read(4, 2, (o, n) -> Constant.ZERO)).isEqualTo(new Value.Scalar(Terms.constant(2), 4));
    }

    @Test
    void wordsReadTheBytesOfTheirUnknowns() {
        Random random = new Random(33);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            int size = random.nextInt(1, 9);
            int at = random.nextInt(BYTES - size + 1);
            Term term = Words.read(START + at, size, word -> new Symbol(Symbol.OWN, Symbol.Kind.CONTEXT, 0, word, 8));
            assertThat(Terms.evaluate(term, s -> number(bytes, s.detail() - START, 8)))
                    .isEqualTo(number(bytes, at, size));
        }
    }

    private static Cells.Gaps gaps(byte[] bytes) {
        return (offset, size) -> Terms.constant(number(bytes, offset - START, size));
    }

    private static long number(byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    private static void ordered(Cells cells) {
        int end = Integer.MIN_VALUE;
        for (Cells.Cell cell : cells.cells()) {
            assertThat(cell.offset()).isGreaterThanOrEqualTo(end);
            assertThat(cell.size()).isBetween(1, 8);
            end = cell.end();
        }
    }
}
