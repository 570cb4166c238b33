package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.axiomatic.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of {@code specs/litmus}, whose results were recorded from herd7 and a second checker. */
class LitmusFilesTest {
    private static final Path FOLDER = Path.of("../specs/litmus");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".litmus")).sorted().toList();
        }
    }

    static LitmusTest test(Path file) throws IOException {
        return LitmusParser.parse(Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({"BPF, true", "BPF, false", "BPF_STRICT, true", "TSO, true", "SC, true"})
    void allEndAsRecorded(Model model, boolean symmetric) throws IOException {
        Expectations recorded = Expectations.parse(Files.readString(FOLDER.resolve("expected.tsv")), model);
        assertThat(files()).hasSize(49);
        for (Path file : files()) {
            LitmusResult result = LitmusResult.of(test(file), new LitmusResult.Options(model, 2, 2, symmetric, Long.MAX_VALUE));
            assertThat(recorded.differences(file.toString(), result)).as("%s under %s", file.getFileName(), model).isEmpty();
        }
    }

    @Test
    void weakerModelsAllowMore() throws IOException {
        for (Path file : files()) {
            Set<List<Value>> stronger = Set.of();
            for (Model model : List.of(Model.SC, Model.TSO, Model.BPF_STRICT, Model.BPF)) {
                Set<List<Value>> states = new HashSet<>(BruteForceTest.result(test(file), model, true).states());
                assertThat(states).as("%s under %s", file.getFileName(), model).containsAll(stronger);
                stronger = states;
            }
        }
    }

    /** What is drawn is refused exactly where no execution has the condition, and every circle is one of the execution's events. */
    @Test
    void everyConditionHasAnExecutionOrACircle() throws IOException {
        List<String> undrawn = new ArrayList<>();
        for (Path file : files()) {
            LitmusTest test = test(file);
            for (Model model : Model.offered()) {
                LitmusResult result = BruteForceTest.result(test, model, true);
                boolean shown = (test.quantifier() == LitmusTest.Quantifier.FORALL ? result.negative() : result.positive()).signum() > 0;
                Witness.of(test, new LitmusResult.Options(model, 2, 1, false, Long.MAX_VALUE)).ifPresentOrElse(w -> {
                    assertThat(w.refusal().isEmpty()).as("%s under %s", file.getFileName(), model).isEqualTo(shown);
                    w.refusal().ifPresent(r -> assertThat(r.circle()).isNotEmpty().doesNotHaveDuplicates().allMatch(e -> e < w.execution().graph().size()));
                    assertThat(WitnessDot.of(w)).startsWith("digraph").contains("label=");
                    assertThat(WitnessHtml.of(w)).contains("<svg").doesNotContain("http://www.w3.org/1999").endsWith("</html>\n");
                }, () -> undrawn.add(test.name()));
            }
        }
        assertThat(undrawn).as("tests whose condition no values fulfil at all").containsOnly("forms-of-the-language");
    }
}
