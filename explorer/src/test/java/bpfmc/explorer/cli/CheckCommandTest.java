package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code check} does with good and bad command lines and files. */
class CheckCommandTest {
    private static final String RIGHT = "../specs/lock/hash_elem.bpf.o";
    private static final String WRONG = "../specs/lock/hash_elem_no_lock.bpf.o";

    @TempDir
    private Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(code, out.toString(), err.toString());
    }

    private static Run check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private static void refuses(Run run, String... words) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(words).doesNotContain("\tat ");
        assertThat(run.out()).doesNotContain("HOLDS");
    }

    @Test
    void exitCodesFollowTheVerdict() {
        assertThat(check(RIGHT).code()).isEqualTo(0);
        assertThat(check(WRONG).code()).isEqualTo(1);
        assertThat(check("--max-states", "5", RIGHT).code()).isEqualTo(3);
    }

    @Test
    void limitEndsInconclusiveWithItsFigureAndTheWayOn() {
        assertThat(check("--max-states", "5", RIGHT).out()).contains("INCONCLUSIVE", "5 states", "--max-states").doesNotContain("HOLDS");
    }

    @Test
    void aLimitNamesWhatDrivesTheNumberOfStates() {
        assertThat(check("--cpus", "3", "--max-states", "20", RIGHT).out()).contains("the interleavings of 3 runs on 3 CPUs drive it (count has ",
                "try fewer, with --cpus");
    }

    @Test
    void fileThatCannotBeReadIsNamed() throws IOException {
        refuses(check("no-such-file.o"), "no-such-file.o");
        refuses(check(folder.toString()), folder.getFileName().toString());
        refuses(check(Files.writeString(folder.resolve("empty.o"), "").toString()), "empty.o");
        refuses(check(Files.writeString(folder.resolve("text.o"), "int main() { return 0; }").toString()), "text.o");
        byte[] whole = Files.readAllBytes(Path.of(RIGHT));
        refuses(check(Files.write(folder.resolve("cut.o"), java.util.Arrays.copyOf(whole, whole.length / 2)).toString()), "cut.o");
    }

    @Test
    void badObjectDoesNotHideTheOthers() {
        Run run = check(RIGHT, "no-such-file.o");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("hash_elem.bpf.o", "HOLDS");
        assertThat(run.err()).contains("no-such-file.o");
    }

    @Test
    void wrongOptionsAreRefusedWithTheNearestWord() {
        refuses(run(), "check");
        refuses(run("chek", RIGHT), "chek");
        refuses(check("--progam", "count", RIGHT), "--program");
        refuses(check("--cpus", "0", RIGHT), "--cpus");
        refuses(check("--property", "atomic", RIGHT), "atomicity");
        refuses(check("--program", "cuont", RIGHT), "hash_elem.bpf.o", "did you mean 'count'?");
        refuses(check("--map", "hash_mop", RIGHT), "did you mean 'hash_map'?");
    }

    @Test
    void outputThatCannotBeWrittenIsNamed() {
        refuses(check("-o", folder.resolve("missing/report.txt").toString(), RIGHT), "report.txt");
    }

    @Test
    void outputGoesToTheFile() throws IOException {
        Path file = folder.resolve("report.txt");
        Run run = check("-o", file.toString(), RIGHT);
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(file)).contains("HOLDS");
    }

    @Test
    void sameInputGivesTheSameOutputButForTimes() {
        assertThat(withoutTimes(check(WRONG).out())).isEqualTo(withoutTimes(check(WRONG).out()));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d\\d s", "TIME");
    }

    @Test
    void jsonHasTheStableFields() {
        JsonNode report = JsonMapper.shared().readTree(check("--format", "json", WRONG).out());
        assertThat(report.get("verdict").asString()).isEqualTo("violated");
        JsonNode scenario = report.get("scenarios").get(0);
        assertThat(scenario.propertyNames()).contains("name", "agents", "verdict", "states", "transitions", "seconds", "findings");
        JsonNode finding = scenario.get("findings").get(0);
        assertThat(finding.propertyNames()).contains("id", "property", "message", "places", "trace");
        assertThat(finding.get("places").get(0).propertyNames()).contains("program", "cpu", "file", "line");
        assertThat(report.get("scope").get("cpus").asInt()).isEqualTo(2);
    }

    @Test
    void moreCpusChooseEveryCombinationOfPrograms() {
        JsonNode report = JsonMapper.shared().readTree(
                check("--format", "json", "--cpus", "3", "--interrupts", "none", "../specs/lock/two_programs.bpf.o").out());
        assertThat(report.get("scenarios").size()).isEqualTo(4);
    }

    @Test
    void helpAndVersionSucceed() {
        assertThat(run("--help").out()).contains("check", "show", "Exit codes");
        assertThat(run("--version").out()).contains("bpfmc");
        assertThat(check("--help").code()).isEqualTo(0);
    }
}
