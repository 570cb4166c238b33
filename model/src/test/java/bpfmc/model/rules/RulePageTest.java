package bpfmc.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.KernelVersion;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulePageTest {
    static Stream<RulePage> pages() {
        return LockRules.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysWhatARuleIsWhatTheKernelSaysAndWhatToDo(RulePage page) {
        assertThat(page.row()).isNotEmpty();
        assertThat(page.title()).endsWith(".");
        assertThat(page.fix()).isNotEmpty();
        assertThat(page.says()).isNotEmpty();
        assertThat(page.text()).contains("Source: ");
        assertThat(page.until().map(last -> last.atLeast(page.since())).orElse(true)).isTrue();
        assertThat(page.lines().collect(RulePage.Line::keyword).reject(k -> k.startsWith("message:")))
                .isSubsetOf("row", "level", "title", "kernels", "message", "errno", "allow", "concerns", "general", "fix");
    }

    /** The rows of the project's table of facts: each is a rule's, or listed among what is not checked. */
    @Test
    void coversEveryRowOfTheTable() {
        String rows = String.join(", ", LockRules.pages().collect(RulePage::row)) + ", ";
        Stream.of(rows("M", 17), rows("P", 6), rows("L", 10), rows("C", 10), rows("A", 3), rows("G", 3)).flatMap(r -> r).forEach(row ->
                assertThat(rows.contains(row + ", ") || LockRules.notChecked().contains("\n  " + row)).as(row).isTrue());
    }

    private static Stream<String> rows(String letter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> letter + n);
    }

    @Test
    void givesTheMessageOfTheKernelAsked() {
        RulePage page = LockRules.page("unlock-before-exit").orElseThrow();
        Breach breach = Breach.because("");
        assertThat(page.message(breach, KernelVersion.parse("6.12"))).isEqualTo("bpf_spin_unlock is missing");
        assertThat(page.message(breach, KernelVersion.parse("6.18"))).startsWith("BPF_EXIT instruction in main prog");
        assertThat(LockRules.page("lock-map-type").orElseThrow().message(breach, KernelVersion.NEWEST)).startsWith("-EOPNOTSUPP");
        assertThat(LockRules.page("tracing-graph").orElseThrow().message(breach, KernelVersion.NEWEST))
                .isEqualTo("tracing progs cannot use bpf_{list_head,rb_root} yet");
        assertThat(LockRules.page("offset-points-at-lock").orElseThrow().message(breach.with(8, "bpf_spin_lock", 0), KernelVersion.NEWEST))
                .isEqualTo("off 8 doesn't point to 'struct bpf_spin_lock' that is at 0");
    }

    @Test
    void isMissingForWhatIsNoRule() {
        assertThat(LockRules.page("no-such-rule")).isEmpty();
    }
}
