package bpfmc.explorer.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.ObjectReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions may say, and what is told of those that say something else. */
class ConditionParserTest {
    private static final BpfObject LOCKED = ObjectReader.read(Path.of("../specs/lock/hash_elem.bpf.o"));
    private static final BpfObject PER_CPU = ObjectReader.read(Path.of("../specs/percpu/counter.bpf.o"));
    private static final BpfObject GLOBAL = ObjectReader.read(Path.of("../specs/globals/bss_counter.bpf.o"));

    @Test
    void namesAreThoseOfTheSource() {
        var places = ConditionParser.condition("hash_map[7].cnt == 1 or not (sum(hash_map[*].cnt) < 0x10 and 2 * (hash_map[0].cnt - 1) >= -4)", LOCKED).places();
        assertThat(places.collect(Condition.Place::text)).containsExactly("hash_map[7].cnt", "hash_map[*].cnt", "hash_map[0].cnt");
        assertThat(places.getFirst().offset()).isZero();
        assertThat(places.getFirst().signed()).isTrue();
        assertThat(ConditionParser.condition("unlinked <= 4", GLOBAL).places().getFirst().signed()).isFalse();
    }

    @Test
    void andBindsCloserThanOr() {
        assertThat(ConditionParser.condition("unlinked == 1 or unlinked == 2 and unlinked == 3", GLOBAL)).isInstanceOf(Condition.Or.class);
        assertThat(ConditionParser.condition("(unlinked == 1 or unlinked == 2) and unlinked == 3", GLOBAL)).isInstanceOf(Condition.And.class);
        assertThat(ConditionParser.condition("(unlinked + 1) * 2 == 3", GLOBAL)).isInstanceOf(Condition.Compare.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hash_map[0].cont == 4      | character 1: there is no field 'cont' in hash_map; did you mean 'cnt'?
            hash_map[0].lock == 4      | there is no field 'lock' in hash_map; did you mean 'cnt'?
            1 == hash_mop[0].cnt       | character 6: there is no map 'hash_mop'; did you mean 'hash_map'?
            hash_map[0] == 4           | which field of hash_map[0]? There are cnt
            hash_map == 4              | 'hash_map' is a map; say which element: hash_map[0], or hash_map[*]
            hash_map[*].cnt == 4       | stands for several elements: sum(hash_map[*].cnt)
            hash_map[0x100000000].cnt == 4 | hash_map has no element 4294967296; its keys are 0 to 4294967295
            hash_map[x].cnt == 4       | character 10: a key is a number, or * for all, not 'x'
            hash_map[0.cnt == 4        | character 11: expected ']', not '.cnt'
            hash_map[0].cnt            | character 16: expected ==, !=, <, <=, > or >=, but it ends here
            hash_map[0].cnt = 4        | character 17: '=' has no meaning here
            hash_map[0].cnt == 4 && 1  | character 22: '&' has no meaning here
            hash_map[0].cnt == 4 4     | character 22: expected 'and', 'or', or the end, not '4'
            hash_map[0].cnt == 4 and   | character 25: expected a number or a field, but it ends here
            (hash_map[0].cnt == 4      | character 22: expected ')', but it ends here
            hash_map[0].cnt == 99999999999999999999 | character 20: '99999999999999999999' is no number of 64 bits
            """)
    void aFaultIsToldWithItsCharacterAndTheNearestName(String text, String message) {
        assertThatThrownBy(() -> ConditionParser.condition(text, LOCKED)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void elementsOutsideOfArraysAndSingleOnesOfPerCpuMapsAreRefused() {
        assertThatThrownBy(() -> ConditionParser.condition("sum(counters[1]) == 4", PER_CPU)).hasMessageContaining("counters has no element 1; its keys are 0 to 0");
        assertThatThrownBy(() -> ConditionParser.condition("counters[0] == 4", PER_CPU)).hasMessageContaining("a value on each CPU: sum(counters[0])");
    }

    @Test
    void anyTextIsReadOrRefused() {
        var random = new Random(7);
        String[] words = {"hash_map", "[", "]", "0", "*", ".cnt", "==", "<", "and", "or", "not", "(", ")", "sum", "+", "-", "17", " ", "?", "x"};
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "hash_map[0].cnt" : "");
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                ConditionParser.condition(text.toString(), LOCKED);
                read++;
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("character");
            }
        }
        assertThat(read).isGreaterThan(10);
        assertThatThrownBy(() -> ConditionParser.condition("not ".repeat(900) + "1 == 1", LOCKED)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> ConditionParser.condition("(".repeat(900) + "1 == 1", LOCKED)).isInstanceOf(InputException.class);
    }
}
