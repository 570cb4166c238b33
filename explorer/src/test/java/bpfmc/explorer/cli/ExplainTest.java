package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bpfmc explain}: of everything that a report may name. */
class ExplainTest {
    @Test
    void listsPropertiesAndRules() {
        Cli run = Cli.run("explain");
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsSubsequence("PROPERTY ", "\ndata-race ", "error, warning", "Two agents touch the same bytes at once",
                "\natomicity ", "\nfinally ", "\n\nRULE ", "\nunlock-before-exit ", "not-checked");
    }

    @ParameterizedTest
    @CsvSource({"data-race, error", "lost-update, BPF_NOEXIST", "atomicity, --property atomicity", "lock-free, critical", "unlock-before-exit, kernel says"})
    void explains(String name, String words) {
        Cli run = Cli.run("explain", name);
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith(name + " ").contains(words).endsWith("\n");
    }

    @Test
    void listsTheCallsThatAreFollowed() {
        Cli run = Cli.run("explain", "supported");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\nlocks\n", "\n    bpf_spin_lock\n", "\nloops\n    bpf_loop\n").doesNotContain("htab_lock_bucket");
    }

    @ParameterizedTest
    @CsvSource({"datarace, data-race", "unlock-before-exi, unlock-before-exit"})
    void tellsTheNearestName(String wrong, String right) {
        Cli run = Cli.run("explain", wrong);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no property or rule '" + wrong + "'; did you mean '" + right + "'?");
    }
}
