package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many threads explore changes nothing but the time. */
class WorkersOptionTest {
    @ParameterizedTest
    @ValueSource(strings = {"../specs/nesting", "../specs/lock", "../specs/user"})
    void reportsAreTheSameForAnyNumber(String folder) {
        Function<Integer, String> report = workers -> Cli.run("check", "--workers", String.valueOf(workers), "--format", "json", folder + "/*.bpf.o").out()
                .replaceAll("\"seconds\" : [^,]*,", "");
        String alone = report.apply(1);
        assertThat(alone).contains("\"scenarios\"").hasSizeGreaterThan(1_000);
        assertThat(report.apply(2)).isEqualTo(alone);
        assertThat(report.apply(7)).isEqualTo(alone);
    }
}
