package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Where reports go. */
class OutputTest {
    private static final String RIGHT = "../specs/lock/hash_elem.bpf.o";
    private static final String WARNED = "../specs/lock/read_outside.bpf.o";

    @TempDir
    private Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void refuses(Cli run, String... words) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(words);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void oneRunWritesEveryFormatAskedForAndTextOnTheTerminal() throws IOException {
        Cli run = Cli.run("check", "--format", "json=" + file("a.json"), "--format", "TEXT=" + file("a.txt"), RIGHT);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HOLDS").isEqualTo(Files.readString(folder.resolve("a.txt")));
        assertThat(JsonMapper.shared().readTree(Files.readString(folder.resolve("a.json"))).get("verdict").asString()).isEqualTo("holds");
        assertThat(files()).containsExactly("a.json", "a.txt");
    }

    @Test
    void oneFormatWithoutFileTakesTheTerminal() {
        Cli run = Cli.run("check", "--format", "text=" + file("a.txt"), "--format", "json", RIGHT);
        assertThat(JsonMapper.shared().readTree(run.out()).get("verdict").asString()).isEqualTo("holds");
    }

    @Test
    void whatCannotBeMeantIsRefusedBeforeAnythingIsExplored() {
        refuses(Cli.run("check", "--format", "text", "--format", "json", RIGHT), "only one format", "json=FILE");
        refuses(Cli.run("check", "--format", "jsn", RIGHT), "no format 'jsn'", "did you mean 'json'?");
        refuses(Cli.run("check", "--format", "json=", RIGHT), "names no file");
        refuses(Cli.run("check", "--format", "json=" + file("a"), "--format", "text=" + file("a"), RIGHT), "one file");
        refuses(Cli.run("check", "-o", file("a"), "--format", "json=" + file("b"), RIGHT), "-o");
        refuses(Cli.run("check", "--format", "json=" + folder, RIGHT), "it is a folder");
        refuses(Cli.run("check", "--format", "json=" + file("no/such/a.json"), RIGHT), "no folder");
    }

    @Test
    void fullDiskIsOneErrorAndTheOtherReportsAreWritten() throws IOException {
        Cli run = Cli.run("check", "--format", "json=/dev/full", "--format", "text=" + file("a.txt"), RIGHT);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("bpfmc: output file /dev/full: cannot be written (").doesNotContain("\tat ").hasLineCount(1);
        assertThat(Files.readString(folder.resolve("a.txt"))).contains("HOLDS");
    }

    @Test
    void fileIsReplacedAsAWholeAndALinkStaysALink() throws IOException {
        Files.writeString(folder.resolve("real.txt"), "old");
        Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));
        assertThat(Cli.run("check", "-o", file("link.txt"), RIGHT).code()).isZero();
        assertThat(folder.resolve("link.txt")).isSymbolicLink();
        assertThat(Files.readString(folder.resolve("real.txt"))).contains("HOLDS");
        assertThat(files()).containsExactly("link.txt", "real.txt");
    }

    private String[] files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @CsvSource({"warning, 1", "error, 0"})
    void warningsFailTheRunUnlessToldNotTo(String level, int code) {
        Cli run = Cli.run("check", "--fail-on", level, WARNED);
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).contains("VIOLATED  data race", "(warning)").doesNotContain("HOLDS");
        assertThat(run.out().contains("--fail-on error")).isEqualTo(code == 0);
    }

    @Test
    void unfinishedSearchWithWarningsAloneIsInconclusiveWhenOnlyErrorsFail() {
        Cli run = Cli.run("check", "--fail-on", "error", "--max-states", "17", WARNED);
        assertThat(run.out()).contains("VIOLATED", "LIMIT");
        assertThat(run.code()).isEqualTo(3);
    }
}
