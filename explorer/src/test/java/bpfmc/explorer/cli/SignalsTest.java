package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process of its own that is ended from outside, at a moment that its output tells. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SignalsTest {
    private static final int SIGINT = 2;
    private static final String OBJECT = "../specs/objects/list_length_unlocked.bpf.o";

    @TempDir
    private Path folder;

    private static ProcessBuilder bpfmc(List<String> java, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "bpfmc.explorer.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /** What a process has written until it ended. @param first its first line, after which it was sent the signal */
    private record Ended(String first, List<String> lines, int code) {
        List<JsonNode> of(String kind) {
            return Stream.concat(Stream.of(first), lines.stream()).map(l -> JsonMapper.shared().readTree(l)).filter(l -> l.has(kind)).map(l -> l.get(kind)).toList();
        }
    }

    /** Starts a process and sends it a signal after its first line. */
    private static Ended signalled(String signal, String... arguments) throws IOException, InterruptedException {
        Process process = bpfmc(List.of(), arguments).start();
        try (BufferedReader out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            String first = out.readLine();
            assertThat(first).isNotNull();
            assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
            List<String> rest = out.lines().toList();
            return new Ended(first, rest, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsACheckWithWhatItKnows(String signal, int code) throws IOException, InterruptedException {
        Ended ended = signalled(signal, "check", "--cpus", "6", "--runs", "6", "--format", "jsonl", OBJECT, "../specs/bench/counter.bpf.o");

        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.of("scenario")).hasSizeGreaterThan(2).anySatisfy(s -> assertThat(s.toString()).contains("a signal to stop"));
        assertThat(ended.of("scenario").getFirst().get("verdict").asString()).isEqualTo("holds");
        assertThat(ended.of("scenario").stream().skip(1)).noneSatisfy(s -> assertThat(s.get("verdict").asString()).isEqualTo("rejected"))
                .allSatisfy(s -> assertThat(s.get("verdict").asString().equals("holds") && s.toString().contains("a signal to stop")).isFalse());
        assertThat(ended.of("object")).singleElement().satisfies(o -> assertThat(o.get("path").asString()).isEqualTo(OBJECT));
        assertThat(ended.of("unreadable")).singleElement().satisfies(u -> assertThat(u.get("message").asString()).isEqualTo("not begun: stopped by a signal"));
    }

    /** {@return whether SIGINT is ignored here, as it is in what a shell starts in the background} Children inherit that, unless env(1) sets it back. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status) && Files.readAllLines(status).stream().filter(l -> l.startsWith("SigIgn:"))
                .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).strip(), 16) & 1L << SIGINT - 1) != 0);
    }

    /** The text of the first object is written before the second ends, and the report of that one is whole. */
    @Test
    void theTextOfObjectsIsWrittenAsTheyEnd() throws IOException, InterruptedException {
        Ended ended = signalled("TERM", "check", "-q", "--cpus", "6", "--runs", "6", "../specs/bench/counter.bpf.o", OBJECT);

        assertThat(ended.code()).isEqualTo(143);
        assertThat(ended.first()).startsWith("HOLDS").endsWith("counter.bpf.o");
        assertThat(ended.lines()).singleElement().satisfies(l -> assertThat(l).contains("list_length_unlocked.bpf.o").contains("a signal to stop"));
    }

    @Test
    void whatHadEndedBeforeAKillStaysAndTheRestGoesOn() throws IOException, InterruptedException {
        String[] choices = {"check", "--cpus", "3", "--runs", "3", "--format", "jsonl"};
        Path kept = folder.resolve("kept");
        Path lines = folder.resolve("lines");
        Ended killed = signalled("KILL", with(choices, "--checkpoint", kept.toString(), "--format", "csv=" + lines, OBJECT));
        assertThat(killed.code()).isEqualTo(137);
        assertThat(killed.of("scenario")).hasSizeLessThan(5);
        assertThat(killed.of("object")).isEmpty();

        Ended whole = run(List.of(), with(choices, OBJECT));
        Ended resumed = run(List.of(), with(choices, "--resume", kept.toString(), OBJECT));
        assertThat(resumed.code()).isEqualTo(whole.code()).isEqualTo(1);
        assertThat(told(resumed)).containsExactlyElementsOf(told(whole));
        assertThat(told(whole)).containsAll(told(killed));
    }

    /** The memory allowed is much too small for one of the scenarios: that one is inconclusive, the others are told. */
    @Test
    void aScenarioThatDoesNotFitTheMemoryIsInconclusiveAndTheOthersAreTold() throws IOException, InterruptedException {
        Ended ended = run(List.of(), "check", "--max-memory", "20", "--cpus", "5", "--runs", "4", "--format", "jsonl", OBJECT);

        assertThat(ended.code()).isIn(1, 3);
        assertThat(ended.of("object")).hasSize(1);
        assertThat(ended.of("scenario")).anySatisfy(s -> assertThat(s.get("verdict").asString()).isEqualTo("holds"))
                .anySatisfy(s -> assertThat(s.toString()).contains("more than 20 MiB of memory"));
    }

    private static Ended run(List<String> java, String... arguments) throws IOException, InterruptedException {
        Process process = bpfmc(java, arguments).start();
        List<String> lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).lines().toList();
        return new Ended(lines.getFirst(), lines.subList(1, lines.size()), process.waitFor());
    }

    private static String[] with(String[] choices, String... more) {
        return Stream.concat(Stream.of(choices), Stream.of(more)).toArray(String[]::new);
    }

    /** {@return what is said of each scenario, but for what it cost} */
    private static List<String> told(Ended ended) {
        return ended.of("scenario").stream().map(s -> s.toString().replaceAll("\"(seconds|bytes|privateStates)\":[^,]*,", "")).sorted().toList();
    }
}
