package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.report.format.Schemas;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Initial contents and conditions of scenario files. */
class ConditionsTest {
    private static final Path SPECS = Path.of("..", "specs").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Cli check(String sample, String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), "object: " + SPECS.resolve(sample + ".bpf.o") + "\n" + text);
        String[] arguments = java.util.stream.Stream.concat(java.util.stream.Stream.of("check", file.toString()), java.util.Arrays.stream(options))
                .toArray(String[]::new);
        return Cli.run(arguments);
    }

    @Test
    void aKeyCanBeAbsentAtFirst() throws IOException {
        String text = "initially: {'hash_map[0]': absent}\ninputs: {skb->mark: 0}\n";
        Cli absent = check("lock/hash_elem_no_lock", text + "expect: holds\n");
        assertThat(absent.code()).as(absent.out() + absent.err()).isZero();
        assertThat(check("lock/hash_elem_no_lock", text, "--outcomes").out()).contains("with    initially hash_map[0] = absent, and anything else elsewhere",
                "hash_map[0] = absent", "every lookup in hash_map missed");
        Cli other = check("lock/hash_elem_no_lock", "initially: {'hash_map[0]': absent}\nexpect: {violated: [data-race, lost-update]}\n");
        assertThat(other.code()).as("other keys may be there: " + other.out()).isZero();
        assertThat(check("atomics/add", "initially: {'counters[0]': absent}\n").err()).contains("counters is an array: its elements are always there");
    }

    @Test
    void aBrokenConditionIsToldWithWhatIsThere() throws IOException {
        Cli run = check("atomics/add", "initially: {'counters[0]': 5}\nfinally: counters[0] == 8\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("VIOLATED  finally on counters[key].value", "finally counters[0] == 8 does not hold: counters[0] is 7.",
                "with    initially counters[0] = 5, and anything else elsewhere", "with    finally counters[0] == 8");
    }

    @Test
    void theInputsThatBreakItAreFound() throws IOException {
        JsonNode report = JsonMapper.shared().readTree(check("atomics/add", "finally: counters[0] != 1000\n", "--format", "json").out());
        JsonNode finding = report.get("scenarios").get(0).get("findings").get(0);
        assertThat(finding.get("property").asString()).isEqualTo("finally");
        assertThat(finding.get("confirmed").asBoolean()).isTrue();
        assertThat(report.toString()).contains("counters[0] is 1000");
    }

    @Test
    void aMissingElementFulfilsNoComparison() throws IOException {
        String start = "programs: flush\nagents: [{user: delete hash_map key=0}]\ninitially: {'hash_map[0].cnt': 5}\n".replace("programs: flush\n", "");
        assertThat(check("lock/hash_elem", start + "finally: hash_map[0].cnt == 5\n").out()).contains("hash_map[0].cnt is not in the map");
        assertThat(check("lock/hash_elem", start + "finally: not (hash_map[0].cnt == 5)\n").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bpf_get_prandom_u33(): 1          | no program calls 'bpf_get_prandom_u33'; did you mean 'bpf_get_prandom_u32'?
            bpf_get_smp_processor_id(): 1     | of what bpf_get_smp_processor_id returns no range can be assumed
            bpf_get_prandom_u32(): 3..1       | the range 3..1 is empty
            bpf_get_prandom_u32(): 0x100000000 | bpf_get_prandom_u32() returns 0..4294967295, 0x100000000 does not fit
            bpf_get_prandom_u32(): -1..1      | bpf_get_prandom_u32() returns 0..4294967295, -1..1 does not fit
            bpf_get_prandom_u32(): 0..-1      | the range 0..-1 is empty
            bpf_get_prandom_u32(): many       | 'many' is no number of 64 bits
            bpf_get_prandom_u32: 1            | is no input; write PARAMETER->FIELD as the program does
            """)
    void aRangeOfWhatNobodyReturnsIsRefused(String input, String message) throws IOException {
        Cli run = check("conditions/sampled", "inputs: {" + input + "}\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("s.yaml:2:", message);
    }

    @Test
    void whatFunctionsReturnIsEchoedAndCounts() throws IOException {
        String bounded = "inputs: {bpf_get_prandom_u32(): 0..%d}\ninitially: {missed: 0}\nfinally: missed == 0\n";
        Cli run = check("conditions/sampled", bounded.formatted(3));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("with    inputs bpf_get_prandom_u32() = 0..3");
        assertThat(check("conditions/sampled", bounded.formatted(4)).out()).contains("VIOLATED  finally on missed", "missed is 1");
    }

    /** Both programs add one to a number that is known at first: atomically, or by a load and a store. */
    @Test
    void conditionsHoldExactlyWhenTheyHoldOfEveryEnd() throws IOException {
        var random = new Random(11);
        int held = 0;
        for (int i = 0; i < 60; i++) {
            int start = random.nextInt(6);
            var expression = new StringBuilder();
            LongPredicate naive = random(random, expression, 2);
            boolean atomic = random.nextBoolean();
            String text = "initially: {unlinked: " + start + "}\nfinally: " + expression + "\nexpect: holds\n";
            String out = check(atomic ? "globals/bss_counter_atomic" : "globals/bss_counter", text, "--format", "json").out();
            boolean broken = out.contains("\"property\" : \"finally\"");
            boolean should = naive.test(start + 2) && (atomic || naive.test(start + 1));
            assertThat(!broken).as(text + (atomic ? "atomic" : "plain")).isEqualTo(should);
            held += should ? 1 : 0;
        }
        assertThat(held).isBetween(10, 50);
    }

    private static LongPredicate random(Random random, StringBuilder text, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            boolean negated = random.nextInt(4) == 0;
            text.append(negated ? "not (" : "(");
            LongPredicate left = random(random, text, depth - 1);
            boolean and = random.nextBoolean();
            text.append(and ? " and " : " or ");
            LongPredicate right = random(random, text, depth - 1);
            text.append(')');
            if (negated) {
                return and ? v -> !(left.test(v) && right.test(v)) : v -> !(left.test(v) || right.test(v));
            }
            return and ? v -> left.test(v) && right.test(v) : v -> left.test(v) || right.test(v);
        }
        long factor = 1 + random.nextInt(3);
        long bound = random.nextInt(20);
        String[] signs = {"==", "!=", "<", "<=", ">", ">="};
        int sign = random.nextInt(signs.length);
        text.append(factor).append(" * unlinked ").append(signs[sign]).append(' ').append(bound);
        return v -> switch (sign) {
            case 0 -> factor * v == bound;
            case 1 -> factor * v != bound;
            case 2 -> factor * v < bound;
            case 3 -> factor * v <= bound;
            case 4 -> factor * v > bound;
            default -> factor * v >= bound;
        };
    }

    @Test
    void whatBreaksItMayBeWhatAProgramReturns() throws IOException {
        String start = "initially: {'buckets[0].tokens': 1}\n";
        assertThat(check("conditions/tokens", start + "finally: sum(return(take)) == 2\n").out())
                .contains("finally sum(return(take)) == 2 does not hold: sum(return(take)) is 1.");
        Cli run = check("conditions/tokens_looked_at_first", "finally: return(take, 1) != 77\n");
        assertThat(run.out()).contains("finally return(take, 1) != 77 does not hold: return(take, 1) is 77.", "CPU1: skb->mark = 77");
    }

    /** One of four runs finds the last token; symmetry leaves the sum, and is left out where CPUs are told apart. */
    @Test
    void reductionsLeaveWhatProgramsReturn() throws IOException {
        String start = "cpus: 4\ninitially: {'buckets[0].tokens': 3}\nfinally: ";
        for (String reduction : new String[] {"none", "symmetry", "stubborn", "chains", "all"}) {
            assertThat(check("conditions/tokens", start + "sum(return(take)) == 3\n", "--reduction", reduction).code()).isZero();
            assertThat(check("conditions/tokens", start + "return(take, 3) == 1\n", "--reduction", reduction).code()).isEqualTo(1);
            assertThat(check("conditions/tokens", start + "return(take, 0) == 1\n", "--reduction", reduction).code()).isEqualTo(1);
            assertThat(check("conditions/tokens", start + "return(take, 0) + return(take, 1) <= 1\n", "--reduction", reduction).code()).isEqualTo(1);
        }
    }

    @Test
    void inputsOutsideOfTheirRangesAreNotTried() throws IOException {
        String initially = "initially: {'hash_map[0].cnt': 5, 'hash_map[1].cnt': 5}\nfinally: hash_map[1].cnt == 5\n";
        assertThat(check("lock/hash_elem", initially).code()).isEqualTo(1);
        assertThat(check("lock/hash_elem", initially + "inputs: {skb->mark: 1..1}\n").code()).isEqualTo(1);
        Cli run = check("lock/hash_elem", initially + "inputs: {skb->mark: 2..4}\n");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("with    inputs skb->mark = 2..4");
    }

    @Test
    void otherFormatsSayWhatCameAsExpected() throws IOException {
        String violated = "cpus: 3\nexpect: violated\n";
        assertThat(check("atomics/add_plain_read", violated, "--format", "junit").out()).contains("failures=\"0\"").doesNotContain("<failure");
        assertThat(check("atomics/add_plain_read", violated, "--format", "github").out()).doesNotContain("::error", "::warning");
        assertThat(check("atomics/add_plain_read", "expect: holds\n", "--format", "junit").out()).contains("failures=\"1\"", "expected holds");
        JsonNode json = JsonMapper.shared().readTree(check("atomics/add_plain_read", violated, "--format", "json").out());
        JsonNode expectation = json.get("expectations").get(0);
        assertThat(expectation.get("asExpected").asBoolean()).isTrue();
        assertThat(expectation.get("scope").get("cpus").asInt()).isEqualTo(3);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JsonMapper.shared().readTree(Schemas.report()));
        assertThat(schema.validate(json)).extracting(Error::toString).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            finally: hash_map[0].cont == 4             | s.yaml:2:10: 'hash_map[0].cont == 4', character 1: there is no field 'cont' in hash_map; did you mean 'cnt'?
            finally: 1 == 1                            | s.yaml:2:10: '1 == 1' reads nothing that a program could change
            always: sum(return(count)) == 0            | s.yaml:2:9: 'sum(return(count)) == 0': what a program returns is known when it has ended; say it under 'finally'
            finally: {a: b}                            | s.yaml:2:10: expected a list
            finaly: 1 == 1                             | there is no key 'finaly'; did you mean 'finally'?
            initially: {'hash_map[0].cnt': x}          | s.yaml:2:32: hash_map[0].cnt: 'x' is no number of 64 bits
            initially: {'hash_map[0].cnt': 0x1ffffffff} | hash_map[0].cnt has 4 bytes, 0x1ffffffff does not fit
            inputs: {skb->mrk: 1}                      | s.yaml:2:20: no program has an input 'skb->mrk'; did you mean 'skb->mark'?
            inputs: {mark: 1}                          | 'mark' is no input; write PARAMETER->FIELD as the program does, skb->mark
            inputs: {skb->mark: 3..1}                  | skb->mark: the range 3..1 is empty
            inputs: {skb->mark: 0..0x100000000}        | skb->mark has 4 bytes, 0..0x100000000 does not fit
            inputs: {skb->mark: few}                   | skb->mark: 'few' is no number of 64 bits
            inputs: {skb->data: 1}                     | skb->data is an address, of which no range can be known
            initially: {'hash_map[*].cnt': 1}          | name one element: hash_map[0].cnt
            initially: {'hash_map[0]': absent, 'hash_map[0].cnt': 1} | hash_map[0].cnt is said to be absent
            initially: {'hash_map[0]': 3}              | which field of hash_map[0]?
            initially: {'hash_map[0].cnt': absent}     | character 12
            initially: {'hash_map[0].cnt': 1, 'hash_map[0x0].cnt': 2} | hash_map[0x0].cnt is said to hold 1 already
            """)
    void mistakesAreToldWithTheirPlace(String text, String message) throws IOException {
        Cli run = check("lock/hash_elem", text);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }
}
