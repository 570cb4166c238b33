package bpfmc.explorer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateTableTest {
    @Test
    void numbersStatesInTheOrderTheyCome() {
        StateTable table = new StateTable(2);

        assertThat(table.add(new int[] {7, 1})).isZero();
        assertThat(table.add(new int[] {1, 7})).isEqualTo(1);
        assertThat(table.add(new int[] {7, 1})).isEqualTo(-1);
        assertThat(table.add(new int[] {1, 7})).isEqualTo(-2);
        assertThat(table.add(new int[] {0, 0})).isEqualTo(2);
        assertThat(table.count()).isEqualTo(3);
        assertThat(state(table, 0)).containsExactly(7, 1);
        assertThat(state(table, 1)).containsExactly(1, 7);
        assertThat(state(table, 2)).containsExactly(0, 0);
    }

    @Test
    void copiesWhatItIsGiven() {
        StateTable table = new StateTable(1);
        int[] state = {3};
        table.add(state);
        state[0] = 4;

        assertThat(state(table, 0)).containsExactly(3);
    }

    @Test
    void anEmptyTableKnowsNothing() {
        StateTable table = new StateTable(3);

        assertThat(table.count()).isZero();
        assertThat(table.bytesPerState()).isZero();
        assertThatThrownBy(() -> table.get(0, new int[3])).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("state 0 of 0");
    }

    @Test
    void aStateNeedsAComponent() {
        assertThatThrownBy(() -> new StateTable(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNegativeComponentsAndStaysAsItWas() {
        StateTable table = new StateTable(2);
        table.add(new int[] {1, 2});

        for (int negative : new int[] {-1, -8, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> table.add(new int[] {1, negative})).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("component 1 of a state is " + negative + "; ids are >= 0");
        }
        assertThat(table.count()).isEqualTo(1);
        assertThat(table.add(new int[] {1, 2})).isEqualTo(-1);
    }

    @Test
    void behavesAsASetOfListsWhateverTheWidthAndTheValues() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int width = 1 + random.nextInt(seed % 10 == 0 ? 150 : 12);
            int[] bits = IntStream.range(0, width).map(i -> random.nextInt(random.nextInt(4) == 0 ? 32 : 6)).toArray();
            compareWithLists(random, width, 1 + random.nextInt(800), bits);
        }
    }

    private static void compareWithLists(Random random, int width, int adds, int[] bits) {
        StateTable table = new StateTable(width);
        StateTable lazy = new StateTable(width);
        Map<List<Integer>, Integer> reference = new HashMap<>();
        List<int[]> inOrder = new ArrayList<>();
        for (int i = 0; i < adds; i++) {
            int[] state = !inOrder.isEmpty() && random.nextInt(4) == 0
                    ? inOrder.get(random.nextInt(inOrder.size())).clone() : randomState(random, bits, i, adds);
            List<Integer> list = Arrays.stream(state).boxed().toList();
            addSomehow(random, lazy, state);
            Integer known = reference.putIfAbsent(list, inOrder.size());
            assertThat(table.add(state)).isEqualTo(known == null ? inOrder.size() : -1 - known);
            if (known == null) {
                inOrder.add(state);
            }
        }
        lazy.settle();
        assertHolds(table, inOrder);
        assertHolds(lazy, inOrder);
        assertHolds(readAgain(random, table), inOrder);
    }

    /** {@return the table as it is read from what was written of it in parts} */
    private static StateTable readAgain(Random random, StateTable table) {
        StateTable copy = new StateTable(table.width());
        int from = 0;
        try {
            while (from < table.count()) {
                var bytes = new ByteArrayOutputStream();
                table.write(from, new DataOutputStream(bytes));
                copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
                from = Math.max(from + 1, copy.count() - random.nextInt(3));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    /** Mostly later, so that whole batches come together. */
    private static void addSomehow(Random random, StateTable table, int[] state) {
        switch (random.nextInt(300)) {
            case 0 -> {
                table.addLater(state);
                table.settle();
            }
            case 1 -> table.add(state);
            default -> table.addLater(state);
        }
        if (random.nextInt(2) == 0) {
            table.addLater(state);
        }
    }

    private static void assertHolds(StateTable table, List<int[]> inOrder) {
        assertThat(table.count()).isEqualTo(inOrder.size());
        for (int i = 0; i < inOrder.size(); i++) {
            assertThat(state(table, i)).containsExactly(inOrder.get(i));
        }
    }

    @Test
    void whatIsAddedLaterCountsOnceSettled() {
        StateTable table = new StateTable(1);
        table.addLater(new int[] {4});
        assertThat(table.count()).isZero();
        table.settle();
        assertThat(table.count()).isEqualTo(1);
        table.addLater(new int[] {5});
        assertThat(table.add(new int[] {6})).isEqualTo(2);
        assertThat(state(table, 1)).containsExactly(5);
    }

    /** Values grow while the table fills, so that it is laid out anew when it holds something already. */
    private static int[] randomState(Random random, int[] bits, int i, int adds) {
        return Arrays.stream(bits).map(b -> random.nextInt() >>> 1 & (1 << b * i / adds) - 1).toArray();
    }

    @Test
    void everyWidthOfAComponentSurvivesEveryOtherOne() {
        for (int first = 0; first <= 31; first++) {
            for (int second = 0; second <= 31; second++) {
                StateTable table = new StateTable(5);
                int[] narrow = {1, 0, 1, 0, 1};
                int[] wide = {largest(first), largest(second), 1, largest(second), largest(first)};
                int known = Arrays.equals(narrow, wide) ? 1 : 2;
                table.add(narrow);
                table.add(wide);
                assertThat(table.count()).isEqualTo(known);
                assertThat(state(table, 0)).containsExactly(narrow);
                assertThat(state(table, known - 1)).containsExactly(wide);
                assertThat(table.add(narrow)).isEqualTo(-1);
            }
        }
    }

    private static int largest(int bits) {
        return (int) ((1L << bits) - 1);
    }

    @Test
    void findsStatesAgainAfterMuchGrowth() {
        StateTable table = new StateTable(4);
        int count = 400_000;
        for (int i = 0; i < count; i++) {
            assertThat(table.add(spread(i))).isEqualTo(i);
        }
        for (int i = 0; i < count; i++) {
            assertThat(table.add(spread(i))).isEqualTo(-1 - i);
        }
        assertThat(state(table, count - 1)).containsExactly(spread(count - 1));
    }

    private static int[] spread(int i) {
        return new int[] {i & 7, i >>> 3, i * 31 & 0xffff, i % 5};
    }

    @Test
    void tellsStatesApartWhoseHashesAgreeInAllBitsTheIndexKeeps() {
        // One word a state: two components of 31 bits. The hash of a single word can be inverted, so states are
        // computed from hashes that differ only in bits that neither slot nor tag of a table of 2^10 slots holds.
        StateTable table = new StateTable(2);
        table.add(new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE});
        Set<List<Integer>> colliding = new HashSet<>();
        for (long free = 0; colliding.size() < 300; free++) {
            long word = inverse(0x1234_5678_0000_0155L ^ free << 10 & 0xFFFF_FFFFL);
            if (word >>> 62 == 0) {
                int[] state = {(int) (word & Integer.MAX_VALUE), (int) (word >>> 31)};
                assertThat(table.add(state)).isEqualTo(table.count() - 1).isPositive();
                colliding.add(Arrays.stream(state).boxed().toList());
            }
        }
        assertThat(colliding).allSatisfy(
                state -> assertThat(table.add(state.stream().mapToInt(i -> i).toArray())).isLessThan(-1));
        assertThat(table.count()).isEqualTo(301);
    }

    private static long inverse(long hash) {
        long word = (hash ^ hash >>> 32) * reciprocal(Hash.SECOND);
        word = (word ^ word >>> 32) * reciprocal(Hash.FIRST);
        assertThat(Hash.of(new long[] {word}, 0, 1)).isEqualTo(hash);
        return word;
    }

    /** The inverse of an odd number modulo 2^64, by Newton's iteration. */
    private static long reciprocal(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void staysNarrowWhileValuesAreSmall() {
        StateTable table = new StateTable(11);
        Random random = new Random(1);
        while (table.count() < 600_000) {
            table.add(random.ints(11, 0, 64).toArray());
        }
        assertThat(table.bytesPerState()).isLessThan(24);
    }

    @Test
    void statesThatOutgrowTheirLayoutAgainAndAgainArePackedAnewSeldom() {
        for (int width = 1; width <= 12; width++) {
            StateTable table = new StateTable(width);
            int[] state = new int[width];
            List<int[]> inOrder = new ArrayList<>();
            for (int i = 0; i < 70_000; i++) {
                state[0] = i;
                // From 40,000 on one component after the other grows by a bit every hundred states.
                state[i % width] = i < 40_000 ? i : i << Math.min(13, (i - 40_000) / 100 % 14);
                if (table.add(state) >= 0) {
                    inOrder.add(state.clone());
                }
            }
            assertHolds(table, inOrder);
            inOrder.forEach(known -> assertThat(table.add(known)).isNegative());
            assertThat(table.layouts()).isLessThan(25);
        }
    }

    @Test
    void neverTakesMoreThanItMay() {
        for (long limit = 200_000; limit < 6_000_000; limit += 400_000) {
            StateTable table = new StateTable(3, limit);
            int[] added = {0};
            assertThatThrownBy(() -> {
                for (int i = 0;; i++) {
                    table.add(new int[] {i, i & 3, i >>> 5});
                    added[0]++;
                }
            }).isInstanceOfSatisfying(StateTableFullException.class,
                    full -> assertThat(full.room()).isEqualTo(StateTableFullException.Room.MEMORY))
                    .hasMessageContaining("limit of " + limit + " bytes");
            assertThat(table.bytesUsed()).isLessThanOrEqualTo(table.bytesPeak());
            assertThat(table.bytesPeak()).isLessThanOrEqualTo(limit);
            assertThat(table.count()).isEqualTo(added[0]);
            for (int i = 0; i < added[0]; i++) {
                assertThat(state(table, i)).containsExactly(i, i & 3, i >>> 5);
            }
        }
    }

    @Test
    void theFirstStateMayNotFitEither() {
        StateTable table = new StateTable(1, 100);

        assertThatThrownBy(() -> table.add(new int[] {0})).isInstanceOf(StateTableFullException.class);
        assertThat(table.bytesPeak()).isZero();
        assertThat(table.count()).isZero();
    }

    private static int[] state(StateTable table, int number) {
        int[] state = new int[table.width()];
        table.get(number, state);
        return state;
    }
}
