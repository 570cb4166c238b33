package bpfmc.explorer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTableTest {
    @Test
    void knowsTheStatesThatAnExactTableKnowsAndGivesThemOutInTheirOrder() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int width = 1 + random.nextInt(12);
            HashTable hashes = new HashTable(width, Long.MAX_VALUE);
            StateTable exact = new StateTable(width);
            int[] given = new int[width];
            int[] wanted = new int[width];
            int next = 0;
            for (int i = 0; i < 40_000; i++) {
                int[] state = random.ints(width, 0, 1 + random.nextInt(1 << 1 + i / 4_000)).toArray();
                hashes.addLater(state);
                exact.add(state);
                while (next < exact.count() - random.nextInt(50)) {
                    hashes.get(next, given);
                    exact.get(next, wanted);
                    assertThat(given).isEqualTo(wanted);
                    next++;
                }
            }
            assertThat(hashes.count()).isEqualTo(exact.count());
        }
    }

    @Test
    void theProbabilityOfAMissedStateIsThatOfAPairWithOneHash() {
        HashTable table = new HashTable(1, Long.MAX_VALUE);
        assertThat(table.omission()).isZero();
        for (int i = 0; i < 1 << 16; i++) {
            table.addLater(new int[] {i});
        }
        assertThat(table.omission()).isCloseTo(0x1p-33, org.assertj.core.data.Percentage.withPercentage(0.01));
    }

    @Test
    void hashesOfNeighboursShareNoBits() {
        int[] changed = new int[Long.SIZE];
        int tries = 20_000;
        Random random = new Random(1);
        for (int i = 0; i < tries; i++) {
            int[] state = random.ints(6, 0, 50).toArray();
            long before = HashTable.hash(state);
            state[random.nextInt(6)] ^= 1 << random.nextInt(4);
            long after = HashTable.hash(state) ^ before;
            for (int bit = 0; bit < Long.SIZE; bit++) {
                changed[bit] += (int) (after >>> bit & 1);
            }
        }
        assertThat(java.util.Arrays.stream(changed).boxed()).allSatisfy(n -> assertThat((double) n / tries).isBetween(0.48, 0.52));
        assertThat(HashTable.hash(new int[] {0, 1})).isNotEqualTo(HashTable.hash(new int[] {1, 0}));
        assertThat(HashTable.hash(new int[] {0})).isNotEqualTo(HashTable.hash(new int[] {0, 0}));
    }

    @Test
    void takesLessMemoryThanAnExactTableWhereStatesAreGivenOut() {
        HashTable hashes = new HashTable(20, Long.MAX_VALUE);
        StateTable exact = new StateTable(20);
        Random random = new Random(7);
        int[] given = new int[20];
        for (int i = 0; i < 500_000; i++) {
            int[] state = random.ints(20, 0, 1 << 12).toArray();
            hashes.addLater(state);
            exact.add(state);
            hashes.get(Math.max(0, i - 1_000), given);
        }
        assertThat(hashes.bytesPeak() / 500_000.0).isLessThan(14);
        assertThat(exact.bytesPeak() / 500_000.0).isGreaterThan(30);
    }

    @Test
    void refusesNegativeComponentsAndKeepsToItsLimit() {
        assertThatThrownBy(() -> new HashTable(0, 1)).isInstanceOf(IllegalArgumentException.class);
        HashTable table = new HashTable(1, 1 << 20);
        assertThatThrownBy(() -> table.addLater(new int[] {-1})).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ids are >= 0");
        assertThatThrownBy(() -> {
            for (int i = 0; i >= 0; i++) {
                table.addLater(new int[] {i});
            }
        }).isInstanceOf(StateTableFullException.class);
        assertThat(table.bytesPeak()).isLessThanOrEqualTo(1 << 20);
        assertThat(table.count()).isGreaterThan(40_000);
    }
}
