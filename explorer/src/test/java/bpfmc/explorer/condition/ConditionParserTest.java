package bpfmc.explorer.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.value.Key;
import java.nio.file.Path;
import java.util.Random;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions may say, and what is told of those that say something else. */
class ConditionParserTest {
    private static final BpfObject LOCKED = ObjectReader.read(Path.of("../specs/lock/hash_elem.bpf.o"));
    private static final BpfObject PER_CPU = ObjectReader.read(Path.of("../specs/percpu/counter.bpf.o"));
    private static final BpfObject FLOWS = ObjectReader.read(Path.of("../specs/conditions/flows.bpf.o"));
    private static final BpfObject GLOBAL = ObjectReader.read(Path.of("../specs/globals/bss_counter.bpf.o"));

    private static Condition condition(String text, BpfObject object) {
        BpfProgram program = object.programs().getFirst();
        var agents = Lists.immutable.with(new AgentPlace(program, 0), new AgentPlace(program, 0), new AgentPlace(program, 1));
        return ConditionParser.condition(text, object, agents);
    }

    @Test
    void runsAreThoseOfTheProgramAndTheCpu() {
        var returned = condition("return(count, 1) > 0 or sum(return(count)) == 1 and sum(return(count, 0)) == 0", LOCKED).returned();
        assertThat(returned.collect(r -> r.runs().toString())).containsExactly("[2]", "[0, 1, 2]", "[0, 1]");
    }

    @Test
    void namesAreThoseOfTheSource() {
        var places = condition("hash_map[7].cnt == 1 or not (sum(hash_map[*].cnt) < 0x10 and 2 * (hash_map[0].cnt - 1) >= -4)", LOCKED).places();
        assertThat(places.collect(Condition.Place::text)).containsExactly("hash_map[7].cnt", "hash_map[*].cnt", "hash_map[0].cnt");
        assertThat(places.getFirst().offset()).isZero();
        assertThat(places.getFirst().signed()).isTrue();
        assertThat(condition("unlinked <= 4", GLOBAL).places().getFirst().signed()).isFalse();
    }

    @Test
    void andBindsCloserThanOr() {
        assertThat(condition("unlinked == 1 or unlinked == 2 and unlinked == 3", GLOBAL)).isInstanceOf(Condition.Or.class);
        assertThat(condition("(unlinked == 1 or unlinked == 2) and unlinked == 3", GLOBAL)).isInstanceOf(Condition.And.class);
        assertThat(condition("(unlinked + 1) * 2 == 3", GLOBAL)).isInstanceOf(Condition.Compare.class);
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
            hash_map[x].cnt == 4       | character 10: a key is a number, its fields '{.a = 1, .b = 2}', a text, or * for all, not 'x'
            hash_map[0.cnt == 4        | character 11: expected ']', not '.cnt'
            hash_map[0].cnt            | character 16: expected ==, !=, <, <=, > or >=, but it ends here
            hash_map[0].cnt = 4        | character 17: expected ==, !=, <, <=, > or >=, not '='
            hash_map[0].cnt == 4 && 1  | character 22: '&' has no meaning here
            hash_map[0].cnt == 4 4     | character 22: expected 'and', 'or', or the end, not '4'
            hash_map[0].cnt == 4 and   | character 25: expected a number or a field, but it ends here
            (hash_map[0].cnt == 4      | character 22: expected ')', but it ends here
            return(cont) == 4          | character 8: no agent runs a program 'cont'; did you mean 'count'?
            return(count) == 4         | character 8: return(count) stands for 3 runs: sum(return(count)), or one of return(count, 0), return(count, 1)
            return(count, 0) == 4      | character 8: return(count, 0) stands for 2 runs: sum(return(count, 0))
            return(count, 2) == 4      | character 8: count does not run on CPU 2, but on CPU 0, 1
            return(count == 4          | character 14: expected ')', not '=='
            return(4) == 4             | character 8: expected the name of a program, not '4'
            return == 4                | character 8: expected '(', not '=='
            hash_map[0].cnt == 99999999999999999999 | character 20: '99999999999999999999' is no number of 64 bits
            """)
    void aFaultIsToldWithItsCharacterAndTheNearestName(String text, String message) {
        assertThatThrownBy(() -> condition(text, LOCKED)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void elementsOutsideOfArraysAndSingleOnesOfPerCpuMapsAreRefused() {
        assertThatThrownBy(() -> condition("sum(counters[1]) == 4", PER_CPU)).hasMessageContaining("counters has no element 1; its keys are 0 to 0");
        assertThatThrownBy(() -> condition("counters[0] == 4", PER_CPU)).hasMessageContaining("a value on each CPU: sum(counters[0])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            flows[3].packets == 1                       | character 1: the keys of flows have 12 bytes; name their fields, flows[{.addr[0] = 1}]
            flows[{.port.dst = 3}].packets == 1         | character 8: there is no field '.port.dst' in the keys of flows; did you mean '.port.dest'?
            flows[{.addr = 3}].packets == 1             | character 8: there is no field '.addr' in the keys of flows; did you mean '.addr[0]'?
            flows[{.port.dest = 65536}].packets == 1    | character 8: .port.dest has 2 bytes, 65536 does not fit
            flows[{.port.dest = x}].packets == 1        | character 21: a number is expected, not 'x'
            flows[{.name = "abcde"}].packets == 1       | character 8: "abcde" has 5 bytes, the array 4
            flows[{.name = 1, .name = 2}].packets == 1  | character 8: there is no field '.name' in the keys of flows
            flows[{.name = "", .name = ""}].packets == 1 | character 20: .name stands here twice
            flows[{.port = "a"}].packets == 1           | character 8: there is no array of characters '.port' in the keys of flows
            flows["x"].packets == 1                     | character 7: there is no array of characters '' in the keys of flows
            flows[{name = 1}].packets == 1              | character 8: expected a field of the key, '.name = number', not 'name'
            flows[{.name = "a"].packets == 1            | character 19: expected ',', not ']'
            flows[{}].packet == 1                       | character 1: there is no field 'packet' in flows; did you mean 'packets'?
            """)
    void aFaultInAKeyIsToldWithItsCharacterAndTheNearestField(String text, String message) {
        assertThatThrownBy(() -> condition(text, FLOWS)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void theIndexesOfArraysAreNumbers() {
        assertThatThrownBy(() -> condition("sum(counters[{}]) == 4", PER_CPU)).hasMessageContaining("the keys of counters are numbers: counters[0]");
    }

    /** Twelve bytes of any value: four of an address, two ports, four of a name. */
    @Test
    void keysAreReadAsTheyAreTold() {
        var random = new Random(5);
        var names = new KeyNames(FLOWS.maps().detect(m -> m.name().equals("flows")));
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[12];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : 0;
            }
            String text = names.of(Key.of(bytes));
            assertThat(condition("flows[" + text + "].packets == 1", FLOWS).places().getFirst().key()).as(text).contains(Key.of(bytes));
        }
        assertThat(condition("flows[{.name = \"eth\", .port.source = -2}].packets == 1", FLOWS).places().getFirst().key())
                .contains(Key.of(new byte[] {0, 0, 0, 0, -2, -1, 0, 0, 'e', 't', 'h', 0}));
    }

    @Test
    void anyTextIsReadOrRefused() {
        var random = new Random(7);
        String[] words = {"hash_map", "[", "]", "0", "*", ".cnt", "==", "<", "and", "or", "not", "(", ")", "sum", "+", "-", "17", " ", "?", "x", "{", "}", "=", "\"a\""};
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "hash_map[0].cnt" : "");
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                condition(text.toString(), LOCKED);
                read++;
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("character");
            }
        }
        assertThat(read).isGreaterThan(10);
        assertThatThrownBy(() -> condition("not ".repeat(900) + "1 == 1", LOCKED)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> condition("(".repeat(900) + "1 == 1", LOCKED)).isInstanceOf(InputException.class);
    }
}
