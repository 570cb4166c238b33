package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Inputs of counterexamples are chosen so that a person sees what goes wrong. */
class VisibleLossTest {
    private static Stream<JsonNode> lost(String object) {
        JsonNode scenarios = JsonMapper.shared().readTree(Cli.run("check", "--format", "json", object).out()).get("scenarios");
        return StreamSupport.stream(scenarios.spliterator(), false).flatMap(s -> StreamSupport.stream(s.get("findings").spliterator(), false))
                .filter(f -> f.get("property").asString().equals("lost-update"));
    }

    @Test
    void theSentenceSaysWhoLostWhat() {
        assertThat(lost("../specs/lock/hash_elem_no_lock.bpf.o").map(f -> f.get("message").asString()))
                .containsExactly("CPU0 loaded 4 (:28), then CPU1 stored 5 (:28), then CPU0 stored 5 (:28), computed from the 4: the 5 is lost.");
    }

    @Test
    void theTwoSidesAddDifferentNumbers() {
        assertThat(lost("../specs/race/odd_one_out.bpf.o").filter(f -> f.get("id").asString().endsWith("ingress+redirected"))).isNotEmpty().allSatisfy(f -> {
            assertThat(StreamSupport.stream(f.get("inputs").spliterator(), false).map(JsonNode::asString)).anyMatch(i -> i.endsWith("skb->len = 60"))
                    .anyMatch(i -> i.endsWith("skb->len = 100"));
            assertThat(f.get("message").asString()).contains(" loaded 4 ", "computed from the 4");
        });
    }

    /** What is lost has changed memory: a store of what was there already shows nobody anything. */
    @ParameterizedTest
    @ValueSource(strings = {"lock/hash_elem_no_lock", "lostupdate/two_sections", "lostupdate/through_packet", "lostupdate/free_list_index", "race/odd_one_out",
        "storage/cgroup_packets", "iterators/numbers_unlocked", "nesting/irq_save_nmi"})
    void whatIsLostHasChangedMemory(String sample) {
        assertThat(lost("../specs/" + sample + ".bpf.o")).isNotEmpty().allSatisfy(f -> {
            assertThat(f.get("confirmed").asBoolean()).isTrue();
            assertThat(StreamSupport.stream(f.get("trace").spliterator(), false).filter(s -> !s.get("pending").asBoolean()))
                    .anyMatch(s -> !s.get("before").equals(s.get("after")));
        });
    }
}
