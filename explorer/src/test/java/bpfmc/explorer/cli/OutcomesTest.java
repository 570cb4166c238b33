package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.report.format.Schemas;
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

    /** Stores behind conditions that contradict each other, and a store behind one that only a solver satisfies. */
    @Test
    void whatNoInputsLeadToIsNoneAndTheOthersAreConfirmed() {
        assertThat(Cli.run("check", "--outcomes", "--interrupts", "none", SPECS + "decided/closed_branches.bpf.o").out())
                .contains("Final states of count + count: 1\n", "nothing was changed").doesNotContain("possible");
        assertThat(Cli.run("check", "--outcomes", "--interrupts", "none", SPECS + "decided/open_branch.bpf.o").out()).contains("= old + 1", "inputs ").doesNotContain("possible");
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
    void whatSystemCallsReadAndRunsReturnIsAPartOfThem() {
        String out = Cli.run("check", "--outcomes", "--user", "lookup hash_map", "--interrupts", "none", SPECS + "lock/hash_elem_no_lock.bpf.o").out();
        assertThat(out).contains("hash_map[key of CPU0 and CPU1].cnt = old + 1, read(\"user:lookup hash_map\").cnt = old hash_map[key of CPU0 and CPU1].cnt + 1, "
                + "return(\"user:lookup hash_map\") = 0", "return(\"user:lookup hash_map\") = -2").doesNotContain("return(count");
    }

    @Test
    void whatWasWrittenIsToldByWhereItComesFrom() {
        String out = Cli.run("check", "--outcomes", "--user", "update hash_map", "--interrupts", "none", SPECS + "lock/hash_elem_no_lock.bpf.o").out();
        assertThat(out).contains("hash_map[key of CPU0 and CPU1].cnt = CPU1 value of user:update hash_map").doesNotContain("shared0", "@");
    }

    @Test
    void whatIsNotModelledLeavesTheListIncompleteAndSaysWhy() {
        Cli run = Cli.run("check", "--outcomes", SPECS + "unsupported/tail_call.bpf.o");
        assertThat(run.out()).contains("Final states of dispatch + dispatch: at least ", "UNSUPPORTED  not modelled: a tail call to a program that the object does not name");
        JsonNode json = JsonMapper.shared().readTree(Cli.run("check", "--outcomes", "--max-states", "10", "--format", "json", SPECS + "lock/hash_elem.bpf.o").out());
        JsonNode one = json.get("scenarios").get(0);
        assertThat(one.get("allFinalStates").asBoolean()).isFalse();
        assertThat(one.get("finalStatesReasons").get(0).get("message").asString()).contains("more than 10 states");
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
