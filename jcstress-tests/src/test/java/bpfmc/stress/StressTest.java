package bpfmc.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drives the packaged jar, once, in the quick profile: all suites, right and broken ones in one run. */
class StressTest {
    private static final Path JAR = Path.of(System.getProperty("bpfmc.stress.jar"));
    private static final Path FOLDER = JAR.resolveSibling("stress");
    private static final Map<String, String> ROWS = new TreeMap<>();
    private static String table;
    private static int exit;

    @BeforeAll
    static void runs() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        exit = stress(output, "-o", FOLDER.toString());
        table = String.join("\n", output);
        output.stream().filter(l -> l.matches("(locks|maps|broken)\\..*")).forEach(l -> ROWS.put(l.split(" ")[0], l));
    }

    private static int stress(List<String> output, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", JAR.toString(),
                "bpfmc.stress.Stress"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("stress", ".txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends in time").isTrue();
        output.addAll(Files.readAllLines(out));
        Files.delete(out);
        return process.exitValue();
    }

    @Test
    void rightLocksPassAndBrokenTwinsAreCaughtInOneRun() {
        assertThat(exit).as(table).isZero();
        assertThat(ROWS).hasSizeGreaterThan(25);
        ROWS.forEach((suite, row) -> assertThat(row).as(suite).containsPattern(suite.startsWith("broken.") ? " (caught|not shown) " : " (passed|not run) "));
    }

    @Test
    void everyTwinWhoseFaultThisHardwareShowsIsCaught() {
        ROWS.keySet().stream().filter(s -> s.startsWith("broken.") && !Suite.HIDDEN.contains(s))
                .forEach(s -> assertThat(ROWS.get(s)).contains(" caught "));
    }

    @Test
    void whatTheLockPreventsHappensWithoutIt() {
        assertThat(ROWS.get("maps.CommitExampleWithoutLock")).as("a lost increment").contains("1* ");
        assertThat(ROWS.get("maps.CommitExample")).doesNotContain("*");
    }

    @Test
    void bothWaysToWaitForTheQueuedLockAreTaken() {
        assertThat(ROWS.get("locks.QueuedOrder")).as("queued behind a pending waiter").contains("1, 2, 1 ");
    }

    @Test
    void theHtmlReportIsThere() {
        assertThat(FOLDER.resolve("html/index.html")).exists();
    }

    @Test
    void wrongArgumentsAreToldAtOnce() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        assertThat(stress(output, "--profile", "quik")).isEqualTo(2);
        assertThat(output).singleElement().asString().contains("no profile 'quik'");
        output.clear();
        assertThat(stress(output, "-t", "no.such.suite")).isEqualTo(2);
        assertThat(output.getFirst()).contains("no suite matches");
    }
}
