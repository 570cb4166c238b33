package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that stop and go on in other processes; each run here has systems, tables and numbers of its own. */
class CheckpointsTest {
    private static final String OBJECT = "../specs/bench/two_elements.bpf.o";

    @TempDir
    private Path folder;

    private Cli check(String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--workers", "1", "--format", "json"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private String kept() {
        return folder.resolve("kept").toString();
    }

    private static String withoutCosts(String json) {
        return json.replaceAll("\"(seconds|bytes)\" : [^,]*,", "");
    }

    /** A proof for any number of CPUs is no search, and keeps nothing. */
    private static List<Sample> samples() {
        return Sample.all().stream().filter(s -> !s.options().contains("any")).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsFoundInThreePartsIsWhatIsFoundInOne(Sample sample) {
        List<String> own = new ArrayList<>(sample.options());
        own.add(sample.object().toString());
        Cli whole = check(own.toArray(String[]::new));
        check(with(own, "--checkpoint", kept(), "--max-states", "4"));
        check(with(own, "--resume", kept(), "--max-states", "40"));
        Cli last = check(with(own, "--resume", kept()));
        assertThat(withoutCosts(last.out())).isEqualTo(withoutCosts(whole.out()));
        assertThat(last.code()).isEqualTo(whole.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "symmetry", "chains"})
    void soItIsWithFewerReductionsAndManyParts(String reduction) {
        String[] own = {"--cpus", "4", "--reduction", reduction, OBJECT};
        Cli whole = check(own);
        check(with(List.of(own), "--checkpoint", kept(), "--max-states", "10"));
        for (int states = 20; states < 3_000; states = states * 3 / 2) {
            check(with(List.of(own), "--resume", kept(), "--max-states", String.valueOf(states)));
        }
        assertThat(withoutCosts(check(with(List.of(own), "--resume", kept())).out())).isEqualTo(withoutCosts(whole.out()));
    }

    private static String[] with(List<String> own, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(own);
        return all.toArray(String[]::new);
    }

    @Test
    void whatADyingProcessLeftBehindTheLastCheckpointDoesNotCount() throws IOException {
        String[] own = {"--cpus", "4", OBJECT};
        check(with(List.of(own), "--checkpoint", kept(), "--max-states", "10"));
        Path states = file(".states");
        Files.write(states, new byte[] {1, 2, 3}, java.nio.file.StandardOpenOption.APPEND);
        assertThat(withoutCosts(check(with(List.of(own), "--resume", kept())).out())).isEqualTo(withoutCosts(check(own).out()));
    }

    private Path file(String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".states", ".search"})
    void damagedFilesAreToldAndNotTrusted(String end) throws IOException {
        String[] own = {"--cpus", "4", OBJECT};
        check(with(List.of(own), "--checkpoint", kept(), "--max-states", "10"));
        Path file = file(end);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            Cli run = check(with(List.of(own), "--resume", kept()));
            assertThat(run.code()).as("of %d bytes", length).isEqualTo(2);
            assertThat(run.err()).contains(file.toString(), "the checkpoint cannot be read", "remove its folder to begin anew");
        }
        for (int at = bytes.length / 2; at < bytes.length; at += bytes.length / 9) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThat(check(with(List.of(own), "--resume", kept())).err()).as("byte %d of %d", at, bytes.length).contains("the checkpoint cannot be read");
        }
    }

    @Test
    void anotherObjectAnotherBpfmcAndAnUsedFolderAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        Path first = Files.copy(Path.of(OBJECT), folder.resolve("a").resolve("x.o"));
        Path second = Files.copy(Path.of("../specs/bench/counter.bpf.o"), folder.resolve("b").resolve("x.o"));
        check("--checkpoint", kept(), first.toString());
        assertThat(check("--checkpoint", kept(), first.toString()).err()).contains("is there already; --resume goes on with it");
        assertThat(check("--resume", kept(), second.toString()).err()).contains("the checkpoint is of another object");
        Files.writeString(file("about.txt"), Files.readString(file("about.txt")).replaceFirst("bpfmc ", "bpfmc 0.0.1-"));
        assertThat(check("--resume", kept(), first.toString()).err()).contains("the checkpoint is of another bpfmc, bpfmc 0.0.1-");
        assertThat(check("--resume", folder.resolve("nowhere").toString(), first.toString()).err()).contains("there is no such folder");
        assertThat(check("--resume", kept(), "--checkpoint", kept() + "2", first.toString()).code()).isEqualTo(2);
    }

    @Test
    void otherChoicesAreOtherSearches() {
        check("--checkpoint", kept(), "--max-states", "4", OBJECT);
        String[] own = {"--cpus", "3", "--discipline", "plain", OBJECT};
        assertThat(withoutCosts(check(with(List.of(own), "--resume", kept())).out())).isEqualTo(withoutCosts(check(own).out()));
    }

    @Test
    void systemCallsThatTakePartAreAChoiceToo() {
        String[] own = {"--program", "count", "../specs/why/inner_map.bpf.o"};
        check(with(List.of(own), "--checkpoint", kept(), "--max-states", "3"));
        String[] replaced = {"--program", "count", "--user", "replace tables alike", "../specs/why/inner_map.bpf.o"};
        assertThat(withoutCosts(check(with(List.of(replaced), "--resume", kept())).out())).isEqualTo(withoutCosts(check(replaced).out()));
    }

    @Test
    void scenarioFilesKeepTheirSearchesToo() {
        String file = "../specs/user/scenarios.yaml";
        Cli whole = check(file);
        check("--checkpoint", kept(), file);
        assertThat(withoutCosts(check("--resume", kept(), file).out())).isEqualTo(withoutCosts(whole.out()));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".search"))).hasSizeGreaterThan(12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
