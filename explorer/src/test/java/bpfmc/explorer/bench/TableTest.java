package bpfmc.explorer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@code bpfmc bench}: how many states its scenarios have is part of what is promised. */
class TableTest {
    private static final Path SPECS = Path.of("..", "specs");

    @ParameterizedTest
    @CsvSource({"'counter, one lock, 64 CPUs', 65", "'trivial lock step by step, 16 CPUs', 273", "'two elements, free choice, 10 CPUs', 101",
        "'task and softirq, irqsave, 4 CPUs', 633", "'queued lock step by step, 4 CPUs', 182", "'queued lock step by step, 5 CPUs', 822",
        "'counter, 3 CPUs, 16 sections each', 2434", "'1,000 branches that do not matter', 7",
        "'a value of 4,160 bytes, copied in pieces', 131", "'two of seven probes on three maps', 4981"})
    void aScenarioHasExactlySoManyStates(String name, long states) {
        Measured measured = new Table(SPECS).rows().detect(r -> r.name().equals(name)).ours().get();
        assertThat(measured.complete()).isTrue();
        assertThat(measured.states()).isEqualTo(states);
    }

    @Test
    void everyModelOfTheTableIsThere() {
        new Table(SPECS).rows().reject(r -> r.model().isEmpty()).each(r -> assertThat(Files.exists(SPECS.resolve("peers").resolve(r.model() + ".pml"))).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"counter, 112", "queued_lock, 2942"})
    void spinCountsTheStatesOfAModel(String model, long states) {
        Assumptions.assumeTrue(Spin.installed(), "not run: Spin or a C compiler is not installed (Debian packages spin and gcc)");
        assertThat(Spin.run(SPECS.resolve("peers").resolve(model + ".pml"), List.of("N=4"))).hasValueSatisfying(m -> assertThat(m.states()).isEqualTo(states));
    }
}
