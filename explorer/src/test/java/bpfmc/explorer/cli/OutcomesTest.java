package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.report.Schemas;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check --outcomes}. */
class OutcomesTest {
    private static final String SPECS = "../specs/";

    private static JsonNode json(String scenario) {
        JsonNode all = JsonMapper.shared().readTree(Cli.run("check", "--outcomes", "--format", "json", SPECS + "bridge").out());
        for (JsonNode one : all.get("scenarios")) {
            if (one.get("path").asString().endsWith(": " + scenario)) {
                return one;
            }
        }
        throw new AssertionError("no scenario " + scenario);
    }

    private static List<String> values(JsonNode scenario, String place) {
        List<String> values = new ArrayList<>();
        scenario.get("finalStates").forEach(s -> values.add(s.get("holds").get(place).asString()));
        return values;
    }

    @Test
    void withoutALockAnIncrementMayBeLost() {
        assertThat(values(json("maps.CommitExample"), "element[0].v0")).containsExactly("2");
        assertThat(values(json("maps.CommitExampleWithoutLock"), "element[0].v0")).containsExactly("1", "2");
    }

    @Test
    void everyMixtureOfTwoValuesIsListedOnce() {
        JsonNode torn = json("maps.CopiesWithoutLock");
        assertThat(values(torn, "results[0]")).containsExactly("0", "0", "1", "1");
        assertThat(values(torn, "results[1]")).containsExactly("0", "1", "0", "1");
        assertThat(values(json("maps.CopiesWithLock"), "results[1]")).containsExactly("0", "1");
    }

    @Test
    void aRunAndInputsLeadToEachAndWhatWasThereIsCalledOld() {
        String out = Cli.run("check", "--outcomes", SPECS + "lock/hash_elem_no_lock.bpf.o").out();
        assertThat(out).contains("Final states of count + count: 7", "hash_map[key of CPU0 and CPU1].cnt = old + 1",
                "run CPU0 count :25 :28, CPU1 count :25 :28, CPU0 count :28", "hash_map[key of CPU0] = absent, hash_map[key of CPU1].cnt = old + 1",
                "inputs CPU1: skb->mark = 1");
    }

    @Test
    void aDeadlockIsAFinalStateToo() {
        String out = Cli.run("check", "--outcomes", "--waive", "one-lock-held", SPECS + "refused/abba.bpf.o").out();
        assertThat(out).contains("nobody can go on; ");
    }

    @Test
    void whatALimitHidesIsSaid() {
        String out = Cli.run("check", "--outcomes", "--max-states", "10", SPECS + "lock/hash_elem.bpf.o").out();
        assertThat(out).contains("Final states of count + count: at least ", "LIMIT  more than 10 states", "INCONCLUSIVE");
    }

    @Test
    void theyFollowTheSchemaAndScenariosThatCameAsExpectedListThemToo() {
        Cli run = Cli.run("check", "--outcomes", "--format", "json", SPECS + "bridge");
        assertThat(run.code()).isZero();
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JsonMapper.shared().readTree(Schemas.report()));
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(schema.validate(json)).extracting(Error::toString).isEmpty();
        assertThat(json.get("scenarios").get(0).get("allFinalStates").asBoolean()).isTrue();
        assertThat(Cli.run("check", "--outcomes", SPECS + "bridge").out()).contains("Final states of cpu0 + cpu1: 4", "7 of 7 scenarios as expected");
    }
}
