package bpfmc.stress;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What jcstress observes of a suite is among the final states that the explorer lists for the program of the same name:
 * scenarios of specs/bridge are called as the suites are, {@code results} holds what jcstress calls the result, or the element
 * itself does where the suite looks at it in the end.
 */
class BridgeTest {
    private static final Path BRIDGE = Path.of("..", "specs", "bridge", "scenarios.yaml");
    private static final Map<String, Set<String>> LISTED = new HashMap<>();
    private static final Map<String, Set<String>> OBSERVED = new HashMap<>();

    @BeforeAll
    static void bothRun() throws IOException, InterruptedException {
        var out = new StringWriter();
        var err = new StringWriter();
        assertThat(Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "check", "--outcomes", "--format", "json", BRIDGE.toString()))
                .as(err.toString()).isZero();
        for (JsonNode scenario : JsonMapper.shared().readTree(out.toString()).get("scenarios")) {
            String path = scenario.get("path").asString();
            assertThat(scenario.get("allFinalStates").asBoolean()).as(path).isTrue();
            LISTED.put(path.substring(path.indexOf(": ") + 2), outcomes(scenario.get("finalStates")));
        }
        List<String> suites = LISTED.keySet().stream().map(Results.ROOT::concat).toList();
        String chosen = suites.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$"));
        Path folder = Path.of(System.getProperty("bpfmc.stress.jar")).resolveSibling("bridge");
        for (Suite suite : Stress.run("quick", chosen, folder, suites)) {
            OBSERVED.put(suite.name(), suite.outcomes().stream().map(Suite.Seen::outcome).collect(Collectors.toSet()));
        }
    }

    /** In the words of jcstress: "0, 1". A suite whose program stores no results is about the element's first field. */
    private static Set<String> outcomes(JsonNode finals) {
        Set<String> outcomes = new TreeSet<>();
        boolean results = false;
        for (JsonNode state : finals) {
            results |= IntStream.range(0, 2).anyMatch(i -> !state.get("holds").get("results[" + i + "]").asString().equals("0"));
        }
        for (JsonNode state : finals) {
            JsonNode holds = state.get("holds");
            outcomes.add(results ? holds.get("results[0]").asString() + ", " + holds.get("results[1]").asString() : holds.get("element[0].v0").asString());
        }
        return outcomes;
    }

    @Test
    void whatIsObservedIsListed() {
        assertThat(LISTED).hasSizeGreaterThanOrEqualTo(7);
        LISTED.forEach((suite, listed) -> {
            Set<String> observed = OBSERVED.get(suite);
            System.out.printf("%-42s observed %d of %d final states: %s%n", suite, observed.size(), listed.size(),
                    listed.stream().map(o -> "(" + o + (observed.contains(o) ? ")" : ") not seen")).collect(Collectors.joining(" ")));
            assertThat(observed).as(suite).isNotEmpty().isSubsetOf(listed);
        });
    }
}
