package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a lock is made of changes nothing for programs that take and release it as they should. */
class LockImplementationsTest {
    private static final List<String> IMPLEMENTATIONS = List.of("trivial", "ticket", "queued", "resilient", "resilient-tas");

    static List<Sample> samples() {
        return Sample.all().stream().filter(LockImplementationsTest::locks).toList();
    }

    private static boolean locks(Sample sample) {
        try {
            return !sample.options().contains("--lock") && Files.readString(sample.source()).matches("(?s).*bpf_spin_lock\\(.*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** bpf_res_spin_lock is a resilient lock whatever bpf_spin_lock is made of. */
    private static boolean resilient(Sample sample) {
        return sample.source().getParent().endsWith("resilient");
    }

    @Test
    void aResilientLockIsNoneOfTheOthers() {
        Cli run = Cli.run("check", "--lock", "queued", "../specs/resilient/counter.bpf.o");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("bpf_res_spin_lock, which is no queued lock");
    }

    @Test
    void thereAreSamplesThatLock() {
        assertThat(samples().size()).isGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyImplementationGivesTheVerdictAndTheFindingsOfTheSpecification(Sample sample) {
        Map<String, Set<String>> specified = judged(sample, "specification");
        for (String lock : resilient(sample) ? List.of("resilient", "resilient-tas") : IMPLEMENTATIONS) {
            Map<String, Set<String>> judged = judged(sample, lock);
            assertThat(judged.keySet()).as("--lock " + lock).isEqualTo(specified.keySet());
            judged.forEach((scenario, said) -> {
                Set<String> more = new TreeSet<>(said);
                more.removeAll(specified.get(scenario));
                assertThat(said).as("--lock " + lock).containsAll(specified.get(scenario));
                assertThat(more).as("only in " + scenario + " with --lock " + lock).allMatch(f -> onlyOfAQueue(f, lock));
            });
        }
    }

    /** An order of waiters adds ways to stop a program that is wrong already: waiting behind a waiter, a ticket served twice. */
    private static boolean onlyOfAQueue(String finding, String lock) {
        return finding.startsWith("\"deadlock\"") && List.of("ticket", "queued", "resilient").contains(lock);
    }

    /** {@return by scenario and its verdict what was found} */
    private static Map<String, Set<String>> judged(Sample sample, String lock) {
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "json", "--lock", lock));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        Map<String, Set<String>> judged = new TreeMap<>();
        for (JsonNode scenario : JsonMapper.shared().readTree(Cli.run(arguments.toArray(String[]::new)).out()).get("scenarios")) {
            var said = new TreeSet<String>();
            scenario.get("findings").forEach(f -> said.add(finding(f)));
            if (scenario.has("reasons")) {
                scenario.get("reasons").forEach(r -> said.add(r.get("message").asString()));
            }
            judged.put(scenario.get("name").asString() + " " + scenario.get("verdict").asString(), said);
        }
        return judged;
    }

    /** Whose store is lost, the third place of a lost update, is that of one way to it, of which an implementation may have another shortest. */
    private static String finding(JsonNode finding) {
        var places = new ArrayList<String>();
        finding.get("places").forEach(p -> places.add(p.get("program") + ":" + p.get("instruction") + p.get("access")));
        return finding.get("property") + " " + finding.get("level") + " " + finding.get("confirmed") + " "
                + (finding.get("property").asString().equals("lost-update") ? places.subList(0, 2) : places);
    }
}
