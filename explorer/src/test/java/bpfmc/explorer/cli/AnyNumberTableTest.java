package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.parameterized.Proof;
import bpfmc.explorer.parameterized.Proofs;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.spec.ScenarioFile;
import bpfmc.explorer.spec.ScenarioSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/any-number.md: what comes of each sample that is checked without options, for any number of CPUs.
 * {@code -Dbpfmc.write=true} writes it anew.
 *
 * <p>Where two CPUs with one run each show a fault, nothing may be proven.
 */
class AnyNumberTableTest {
    private static final Path PAGE = Path.of("../docs/any-number.md");
    private static final String BEGIN = "<!-- the table: written by AnyNumberTableTest -->\n";

    /** Takes longer than all others together, and is a matter of cost only. */
    private static final String LARGE = "bench/large";

    /** A sample. @param expected what comes of two CPUs with one run each */
    private record Sample(String name, Path object, ScenarioSpec scenario) {
        boolean holds() {
            return scenario.expected().flatMap(e -> e.verdict()).equals(Optional.of(Status.HOLDS));
        }
    }

    private static List<Sample> samples() throws IOException {
        Map<String, Sample> samples = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("../specs"), 2)) {
            for (Path file : files.filter(f -> f.endsWith("scenarios.yaml")).sorted().toList()) {
                for (ScenarioSpec one : ScenarioFile.read(file)) {
                    boolean plain = one.options().isEmpty() && one.agents().isEmpty() && one.objects().size() == 1
                            && one.stated().conditions().isEmpty() && one.stated().initially().isEmpty() && one.stated().inputs().isEmpty() && one.stated().differ().isEmpty();
                    String name = Path.of("../specs").relativize(one.objects().getFirst()).toString().replace(".bpf.o", "");
                    if (plain && one.expected().flatMap(e -> e.verdict()).filter(s -> s == Status.HOLDS || s == Status.VIOLATED).isPresent() && !name.equals(LARGE)) {
                        samples.putIfAbsent(name, new Sample(name, one.objects().getFirst(), one));
                    }
                }
            }
        }
        return List.copyOf(samples.values());
    }

    private static String told(Sample sample, Proof proof) {
        if (proof.complete()) {
            return "proven, " + proof.views() + " views";
        }
        ImmutableList<String> faults = proof.open().flatCollect(Proof.Open::findings).collect(f -> f.property()).distinct().toSortedList().toImmutable();
        ImmutableList<String> others = proof.open().select(o -> o.findings().isEmpty()).collect(o -> o.why().replaceAll(" \\(\\w+, instruction \\d+\\)", "")).distinct();
        return (sample.holds() || faults.isEmpty() ? "not proven: " : "refuted: ") + faults.newWithAll(others).makeString("; ");
    }

    @Test
    void theTableIsTrue() throws IOException {
        List<Sample> samples = samples();
        StringBuilder table = new StringBuilder(BEGIN + "\n| sample | 2 CPUs, 1 run each | any number of CPUs and runs |\n|---|---|---|\n");
        int right = 0;
        int proven = 0;
        for (Sample sample : samples) {
            Proof proof = Proofs.of(sample.object());
            assertThat(proof.complete() && !sample.holds()).as("%s is proven for any number, and violated on 2 CPUs", sample.name()).isFalse();
            right += sample.holds() ? 1 : 0;
            proven += proof.complete() ? 1 : 0;
            table.append("| ").append(sample.name()).append(" | ").append(sample.holds() ? "holds" : "violated").append(" | ").append(told(sample, proof)).append(" |\n");
        }
        table.append("\n").append(proven).append(" of ").append(right).append(" samples that hold on 2 CPUs with one run each are proven for any number.\n");
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("bpfmc.write")) {
            Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + table);
        }
        assertThat(page.substring(page.indexOf(BEGIN)).lines().collect(Collectors.joining("\n"))).isEqualTo(table.toString().lines().collect(Collectors.joining("\n")));
        assertThat(samples.size()).isGreaterThan(150);
    }
}
