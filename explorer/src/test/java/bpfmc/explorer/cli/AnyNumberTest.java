package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bpfmc check --cpus any}. */
class AnyNumberTest {
    @TempDir
    private Path folder;

    private static Cli any(String... words) {
        String[] all = new String[words.length + 3];
        System.arraycopy(new String[] {"check", "--cpus", "any"}, 0, all, 0, 3);
        System.arraycopy(words, 0, all, 3, words.length);
        return Cli.run(all);
    }

    @Test
    void aProofIsToldAsOne() {
        var run = any("../specs/lock/hash_elem.bpf.o");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HOLDS  any number of CPUs, any number of runs, every input, any map contents, sequentially consistent").doesNotContain("1 run each");
    }

    @Test
    void aFaultIsOneThatFewCpusShow() {
        var run = any("../specs/hash/insert_any.bpf.o");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("VIOLATED  2 CPUs, 1 run each", "found by searching for what stands in the way of a proof");
    }

    @Test
    void whatThreeCpusOnlyShowIsFound() {
        var run = any("../specs/hash/reuse_three_cpus.bpf.o");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("VIOLATED  stale element");
    }

    @Test
    void whatNeitherIsShownNorFoundIsInconclusive() {
        var run = any("../specs/hash/one_entry.bpf.o");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("NOT SHOWN  .bss: data-race may be, at claim:27", "INCONCLUSIVE  any number of CPUs", "nothing found on 2 CPUs with 1 run each; 3 CPUs with 1 run each;",
                "say --cpus N");
    }

    /** What the proof does not follow is named. */
    @ParameterizedTest
    @ValueSource(strings = {"../specs/timer/locked.bpf.o|timers and work items (flows)", "--lock,queued,../specs/lock/hash_elem.bpf.o|--lock queued",
        "--preempt,../specs/nesting/preempted.bpf.o|VIOLATED", "--preempt,../specs/nesting/preempt_disabled.bpf.o|tasks that preempt tasks",
        "--property,atomicity,../specs/atomicity/check_and_act.bpf.o|atomicity is judged of some number of runs only", "--outcomes,../specs/lock/hash_elem.bpf.o|--outcomes",
        "--waive,field-access,../specs/lock/hash_elem.bpf.o|--waive", "--user,lookup counters,../specs/percpu/counter.bpf.o|VIOLATED"})
    void whatIsNotFollowedIsNamed(String words) {
        String[] said = words.split("\\|");
        var run = any(said[0].split(","));
        assertThat(run.out()).contains(said[1]).doesNotContain("HOLDS  any number");
        assertThat(run.code()).isNotZero();
    }

    /** A circle of locks, and nothing else. */
    @Test
    void deadlocksStandInTheWay() {
        assertThat(any("../specs/nesting/fentry_nmi.bpf.o").out()).contains("VIOLATED  deadlock");
        assertThat(any("--discipline", "plain", "../specs/nesting/plain.bpf.o").out()).contains("VIOLATED  deadlock").doesNotContain("HOLDS  any");
        assertThat(any("../specs/nesting/irqsave.bpf.o").code()).isZero();
    }

    @Test
    void whatTheKernelRefusesIsRejected() {
        assertThat(any("../specs/refused/abba.bpf.o").out()).contains("REJECTED");
    }

    @Test
    void jsonHasNoNumber() {
        assertThat(any("--format", "json", "../specs/lock/hash_elem.bpf.o").out()).contains("\"cpus\" : 0", "\"verdict\" : \"holds\"");
        assertThat(any("--format", "json", "../specs/hash/one_entry.bpf.o").out()).contains("\"kind\" : \"not-shown\"");
    }

    @Test
    void scenarioFilesSayAny() throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.copy(Path.of("../specs/lock/hash_elem.bpf.o"), folder.resolve("a.o"));
        Files.writeString(file, "object: a.o\ncpus: any\nexpect: holds\n");
        var run = Cli.run("check", file.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("1 of 1 scenarios as expected");
        Files.writeString(file, "object: a.o\ncpus: any\nagents: [{program: count}]\n");
        assertThat(Cli.run("check", file.toString()).err()).contains("they run on 1 CPU, not on any");
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThat(Cli.run("check", "--cpus", "many", "../specs/lock/hash_elem.bpf.o").err()).contains("'many' is no number of CPUs: it must be at least 1, or any");
        assertThat(any("--runs", "2", "../specs/lock/hash_elem.bpf.o").err()).contains("--runs does not go with --cpus any");
    }
}
