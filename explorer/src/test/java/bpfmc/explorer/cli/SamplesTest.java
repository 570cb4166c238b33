package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every sample gets the verdict, the findings and the exact state counts that its source states. */
class SamplesTest {

    static List<Sample> samples() {
        return Sample.all();
    }

    @Test
    void thereAreSamplesOfEachVerdict() {
        assertThat(samples()).extracting(Sample::verdict).contains("HOLDS", "VIOLATED", "INCONCLUSIVE");
        assertThat(samples().size()).isGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void checksAsItsSourceSays(Sample sample) {
        var out = new StringWriter();
        var err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "json"));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        var soft = new SoftAssertions();
        soft.assertThat(report.get("verdict").asString().toUpperCase(Locale.ROOT)).isEqualTo(sample.verdict());
        soft.assertThat(code).isEqualTo(Map.of("HOLDS", 0, "VIOLATED", 1, "INCONCLUSIVE", 3).get(sample.verdict()));
        findings(sample, report, soft);
        reasons(sample, report, soft);
        if (!sample.reduced().isEmpty()) {
            soft.assertThat(states(report)).as("states by scenario").isEqualTo(sample.reduced());
        }
        soft.assertAll();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isRefusedByTheLockRulesOnlyIfItsSourceSaysSo(Sample sample) {
        var out = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "rules", "--format", "json", sample.object().toString());
        JsonNode judged = JsonMapper.shared().readTree(out.toString());
        var said = new TreeSet<String>();
        judged.get("findings").forEach(f -> {
            if (f.get("level").asString().equals("error")) {
                said.add(f.get("rule").asString() + ": " + f.get("message").asString());
            }
        });
        assertThat(said).containsExactlyInAnyOrderElementsOf(sample.refused());
        assertThat(code).isEqualTo(sample.acceptedByTheKernel() ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasTheStatesThatItsSourceSaysWhenNothingIsReduced(Sample sample) {
        var out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "json", "--reduction", "none"));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        Main.run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
        assertThat(states(JsonMapper.shared().readTree(out.toString()))).as("states by scenario").isEqualTo(sample.states());
    }

    private static void findings(Sample sample, JsonNode report, SoftAssertions soft) {
        var named = new TreeSet<String>();
        for (JsonNode scenario : report.get("scenarios")) {
            for (JsonNode finding : scenario.get("findings")) {
                String property = finding.get("property").asString();
                soft.assertThat(finding.get("confirmed").asBoolean()).as("confirmed: " + property).isEqualTo(sample.possible().isEmpty());
                sample.possible().forEach(why -> soft.assertThat(finding.get("doubt").asString()).contains(why));
                for (JsonNode place : finding.get("places")) {
                    if (place.get("file").asString().equals("user space")) {
                        continue;
                    }
                    int line = place.get("line").asInt();
                    named.add(line + " " + property);
                    soft.assertThat(sample.mayName(line, property)).as(property + " names line " + line).isTrue();
                }
            }
        }
        sample.expected().forEach((line, properties) -> properties.forEach(
                p -> soft.assertThat(named).as("a finding names line " + line).contains(line + " " + p)));
    }

    private static void reasons(Sample sample, JsonNode report, SoftAssertions soft) {
        var given = new ArrayList<String>();
        for (JsonNode scenario : report.get("scenarios")) {
            if (scenario.has("reasons")) {
                scenario.get("reasons").forEach(r -> given.add(r.get("message").asString()));
            }
        }
        sample.reasons().forEach(r -> soft.assertThat(given).as("reasons").anyMatch(g -> g.contains(r)));
    }

    private static Map<String, Long> states(JsonNode report) {
        var states = new TreeMap<String, Long>();
        report.get("scenarios").forEach(s -> states.put(s.get("name").asString(), s.get("states").asLong()));
        return states;
    }

    @Test
    void theIndexNamesThemAll() throws IOException {
        Path specs = Path.of("..", "specs");
        String index = Files.readString(specs.resolve("README.md"));
        assertThat(Sample.all().stream().map(x -> specs.relativize(x.source()).toString()).filter(x -> !x.startsWith("bridge")))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ") |"));
    }
}
