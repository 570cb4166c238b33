package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that says how far runs follow each thing is the one that the tool writes. */
class SupportedPageTest {
    @Test
    void thePageIsUpToDate() throws IOException {
        Cli run = Cli.run("explain", "supported", "--format", "markdown");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(Files.readString(Path.of("..", "docs", "supported.md")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"| `bpf_map_lookup_elem` | exact |  |", "| `bpf_get_prandom_u32` | approximated | leaves any result |",
        "| `bpf_sys_bpf` | not modelled | makes a system call, which may change any map |", "| `HASH` | exact |  |", "| `ARENA` | not modelled |",
        "| `jump indirect` | not modelled | an indirect jump (gotox) |", "| `XDP` | softirq |"})
    void thePageSaysOfEachThing(String row) {
        assertThat(Cli.run("explain", "supported", "--format", "markdown").out()).contains(row);
    }

    @Test
    void otherPagesHaveNoOtherFormat() {
        for (String[] words : new String[][] {{"explain", "data-race", "--format", "markdown"}, {"explain", "supported", "--format", "html"}}) {
            Cli run = Cli.run(words);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("only 'bpfmc explain supported' has another format, which is markdown");
        }
    }
}
