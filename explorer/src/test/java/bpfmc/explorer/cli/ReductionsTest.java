package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.reduction.Reduction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reductions change counts and nothing else: every sample, by each choice of them. */
class ReductionsTest {

    static List<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noReductionChangesAVerdictAFindingOrTheLengthOfItsCounterexample(Sample sample) {
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "json"));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        Map<String, String> unreduced = judged(report(arguments, Reduction.Choice.none));
        for (Reduction.Choice choice : Reduction.Choice.values()) {
            assertThat(judged(report(arguments, choice))).as("--reduction " + choice).isEqualTo(unreduced);
        }
    }

    private static JsonNode report(List<String> arguments, Reduction.Choice choice) {
        var out = new StringWriter();
        List<String> all = new ArrayList<>(arguments);
        all.addAll(1, List.of("--reduction", choice.name()));
        Main.run(new PrintWriter(out), new PrintWriter(out), all.toArray(String[]::new));
        return JsonMapper.shared().readTree(out.toString());
    }

    /** {@return what was said of each scenario} */
    private static Map<String, String> judged(JsonNode report) {
        Map<String, String> judged = new TreeMap<>();
        for (JsonNode scenario : report.get("scenarios")) {
            var said = new TreeSet<String>();
            scenario.get("findings").forEach(f -> said.add(finding(f)));
            if (scenario.has("reasons")) {
                scenario.get("reasons").forEach(r -> said.add(r.get("message").asString()));
            }
            judged.put(scenario.get("name").asString(), scenario.get("verdict").asString() + " " + said);
        }
        return judged;
    }

    private static String finding(JsonNode finding) {
        var places = new ArrayList<String>();
        finding.get("places").forEach(p -> places.add(p.get("program") + ":" + p.get("instruction") + p.get("access")));
        return finding.get("property") + " " + finding.get("level") + " " + finding.get("confirmed") + " " + places + " after "
                + finding.get("trace").size() + " steps";
    }
}
