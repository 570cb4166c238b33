package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the steps of a trace say of keys and of memory fits together: whatever a step finds otherwise than an earlier one, a step between them changed. */
class TraceConsistencyTest {
    static List<Sample> samples() {
        return Sample.all().stream().filter(s -> s.verdict().equals("VIOLATED")).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noTraceContradictsItself(Sample sample) {
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "json"));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        for (JsonNode scenario : JsonMapper.shared().readTree(Cli.run(arguments.toArray(String[]::new)).out()).get("scenarios")) {
            for (JsonNode finding : scenario.get("findings")) {
                assertThat(contradictions(finding.get("trace"))).as(finding.get("property").asString()).isEmpty();
            }
        }
    }

    /** {@return sentences about steps that contradict earlier ones} */
    private static List<String> contradictions(JsonNode trace) {
        List<String> wrong = new ArrayList<>();
        Map<String, Boolean> present = new HashMap<>();
        String memory = null;
        for (int i = 0; i < trace.size(); i++) {
            JsonNode step = trace.get(i);
            if (step.get("pending").asBoolean()) {
                continue;
            }
            String element = step.get("element").asString();
            String value = step.get("value").asString();
            Boolean known = present.get(element);
            Boolean now = presence(step.get("action").asString(), value);
            boolean changes = !step.get("action").asString().equals("lookup");
            if (!changes && known != null && now != null && !known.equals(now)) {
                wrong.add("step " + (i + 1) + ": lookup of " + element + " gives " + value);
            }
            if (step.get("action").asString().equals("evict") && Boolean.FALSE.equals(known)) {
                wrong.add("step " + (i + 1) + ": evicts " + element + ", which is not there");
            }
            if (now != null && !element.isEmpty()) {
                present.put(element, now);
            }
            if (memory != null && !memory.equals(step.get("before").asString())) {
                wrong.add("step " + (i + 1) + ": memory held " + memory + ", now " + step.get("before").asString());
            }
            memory = step.get("after").asString();
        }
        return wrong;
    }

    /** {@return whether the key is in the map after the step, null when the step does not tell} */
    private static Boolean presence(String action, String value) {
        return switch (action) {
            case "lookup" -> value.equals("found") ? Boolean.TRUE : value.equals("NULL") ? Boolean.FALSE : null;
            case "update" -> value.equals("0") ? Boolean.TRUE : null;
            case "delete" -> value.equals("0") || value.equals("-ENOENT") ? Boolean.FALSE : null;
            case "evict" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static JsonNode trace(String sample) {
        String out = Cli.run("check", "--format", "json", "../specs/" + sample + ".bpf.o").out();
        return JsonMapper.shared().readTree(out).get("scenarios").get(0).get("findings").get(0).get("trace");
    }

    @Test
    void anInsertionThatTakesAnotherKeysElementEvictsItFirst() {
        JsonNode trace = trace("hash/lru_insert");
        int evicts = 0;
        while (!trace.get(evicts).get("action").asString().equals("evict")) {
            evicts++;
        }
        assertThat(trace.get(evicts).get("element").asString()).isEqualTo(trace.get(0).get("element").asString());
        assertThat(trace.get(evicts + 1).get("action").asString()).isEqualTo("update");
        assertThat(trace.get(evicts + 1).get("element").asString()).isNotEqualTo(trace.get(0).get("element").asString());
    }

    @Test
    void numbersThatRestOnInputsNobodyFoundAreNotTold() {
        JsonNode trace = trace("decided/hard_branch");
        assertThat(trace.get(0).get("action").asString()).isEqualTo("load");
        assertThat(trace.get(0).get("value").asString()).isEqualTo("?");
    }

    @Test
    void severalKeysOfAMapAreToldApart() {
        assertThat(Cli.run("check", "../specs/hash/lru_insert.bpf.o").out()).contains("lookup packets[{0}] found", "lookup packets[{1}] NULL", "evict packets[{0}]");
    }
}
