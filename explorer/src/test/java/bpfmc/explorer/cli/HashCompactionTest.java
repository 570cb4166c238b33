package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashCompactionTest {
    private static final String HOLDS = "../specs/lock/hash_elem.bpf.o";

    private static List<Sample> samples() {
        return Sample.all();
    }

    /** So few states have different hashes. */
    @ParameterizedTest
    @MethodSource("samples")
    void smallSearchesComeToTheSame(Sample sample) {
        List<String> arguments = new ArrayList<>(List.of("check", "--format", "csv"));
        arguments.addAll(sample.options());
        arguments.add(sample.object().toString());
        Cli exact = Cli.run(arguments.toArray(String[]::new));
        arguments.addAll(1, List.of("--hash-compaction", "holds"));
        Cli hashes = Cli.run(arguments.toArray(String[]::new));
        assertThat(withoutTimes(hashes.out())).isEqualTo(withoutTimes(exact.out()));
        assertThat(hashes.code()).isEqualTo(exact.code());
    }

    private static String withoutTimes(String csv) {
        return csv.replaceAll(",\\d+(,\\d+,\\d+)", "$1");
    }

    @Test
    void whatHoldsIsToldWithTheProbabilityOfAMissedState() {
        Cli run = Cli.run("check", "--hash-compaction", "holds", HOLDS);
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HOLDS").containsPattern("with +hash compaction: 64 bits stand for a state; the probability that any was missed is at most \\d\\.\\de-1\\d");
        assertThat(Cli.run("check", "--hash-compaction", "holds", "--format", "json", HOLDS).out()).containsPattern("\"omission\" : \\d\\.\\d+E-1\\d");
        assertThat(Cli.run("check", "--format", "json", HOLDS).out()).doesNotContain("omission");
    }

    @Test
    void whoWantsToBeExactIsToldThatItIsInconclusive() {
        Cli run = Cli.run("check", "--hash-compaction", "inconclusive", HOLDS);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("INCONCLUSIVE", "what hashes of states can tell", "leave out --hash-compaction for an exact search");
        assertThat(Cli.run("check", "--hash-compaction", "inconclusive", "../specs/lock/hash_elem_no_lock.bpf.o").code()).as("a finding is one all the same").isEqualTo(1);
    }

    @Test
    void hashesCannotBeGoneOnWith() {
        Cli run = Cli.run("check", "--hash-compaction", "holds", "--checkpoint", "nowhere", HOLDS);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("hashes cannot be kept in a checkpoint");
    }
}
