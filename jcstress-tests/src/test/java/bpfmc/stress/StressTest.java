package bpfmc.stress;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.cli.Main;
import bpfmc.model.lock.Defect;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drives the packaged jar, once, in the quick profile: all suites, right and broken ones in one run. */
class StressTest {
    private static final Path JAR = Path.of(System.getProperty("bpfmc.stress.jar"));
    private static final Path FOLDER = JAR.resolveSibling("stress");
    private static final Map<String, String> ROWS = new TreeMap<>();
    private static String table = "";

    /** What must be seen, not only not be seen: a busy machine may need more than one look. */
    private static final Map<String, String> WANTED = Map.of("maps.CommitExampleWithoutLock", "1* ", "locks.QueuedOrder", "1, 2, 1 ");
    private static final int MOST_LOOKS = 4;

    @BeforeAll
    static void runs() throws IOException, InterruptedException {
        look("-o", FOLDER.toString());
        for (int looks = 1; looks < MOST_LOOKS && !unseen().isEmpty(); looks++) {
            String suites = unseen().stream().map(s -> s.replace(".", "\\.") + "$").collect(Collectors.joining("|"));
            look("-t", suites, "-o", FOLDER.resolveSibling("stress-again").toString());
        }
    }

    private static void look(String... arguments) throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        stress(output, arguments);
        table += String.join("\n", output) + "\n";
        output.stream().filter(l -> l.matches("(locks|maps|broken)\\..*")).forEach(l -> ROWS.put(l.split(" ")[0], l));
    }

    /** {@return the suites that have not shown yet what they are there to show} What is forbidden is never looked at again. */
    private static List<String> unseen() {
        return ROWS.entrySet().stream().filter(e -> e.getValue().contains(" missed ")
                || WANTED.containsKey(e.getKey()) && e.getValue().contains(" passed ") && !e.getValue().contains(WANTED.get(e.getKey())))
                .map(Map.Entry::getKey).toList();
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
        assertThat(ROWS).as(table).hasSizeGreaterThan(25);
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

    /** Every row of the table in docs/locks.md says what these runs and those of the explorer say; no fault and no twin is left out. */
    @Test
    void theTableOfFaultsIsWhatTheRunsSay() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "locks.md")).stream().dropWhile(l -> !l.startsWith("| fault |")).skip(2)
                .takeWhile(l -> l.startsWith("|")).toList();
        Set<String> defects = new TreeSet<>();
        Set<String> twins = new TreeSet<>();
        for (String row : rows) {
            String[] cells = row.split("\\|");
            Matcher explorer = Pattern.compile("`(locks --defect ([-a-z]+)|check [-/._a-z]+)`: ([a-z, ]+)").matcher(cells[2]);
            if (explorer.find()) {
                assertThat(explorer.group(3).strip()).as(row).isEqualTo(explored(explorer.group(1).split(" ")));
                defects.add(String.valueOf(explorer.group(2)));
            }
            Matcher suite = Pattern.compile("`(broken\\.[A-Za-z]+)`: (caught|not shown)").matcher(cells[3]);
            if (suite.find()) {
                assertThat(ROWS.get(suite.group(1))).as(row).contains(" " + suite.group(2) + " ");
                twins.add(suite.group(1));
            }
        }
        assertThat(twins).isEqualTo(ROWS.keySet().stream().filter(s -> s.startsWith("broken.")).collect(Collectors.toSet()));
        assertThat(defects).containsAll(Arrays.stream(Defect.values()).filter(d -> d != Defect.NONE).map(Defect::option).toList());
    }

    /** {@return "caught, mutual exclusion" or the like, as the explorer's answer is to be told} */
    private static String explored(String... arguments) {
        var out = new StringWriter();
        var ignored = new PrintWriter(Writer.nullWriter());
        int code = Main.run(new PrintWriter(out, true), ignored, Arrays.stream(arguments).map(a -> a.startsWith("specs/") ? "../" + a : a).toArray(String[]::new));
        Matcher fault = Pattern.compile("(?m)^ {2}(mutual exclusion|deadlock|order|left behind): |^VIOLATED {2}(.*) on ").matcher(out.toString());
        return code == 0 ? "not shown" : "caught, " + (!fault.find() ? "?" : fault.group(1) != null ? fault.group(1) : fault.group(2));
    }

    @Test
    void theExitCodeSaysWhetherAllIsAsItShouldBe() throws IOException, InterruptedException {
        assertThat(stress(new ArrayList<>(), "-t", "locks.TrivialIncrements", "-o", FOLDER.resolveSibling("stress-one").toString())).isZero();
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
