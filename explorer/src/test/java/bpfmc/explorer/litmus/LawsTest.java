package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.axiomatic.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of every program, whatever its outcomes are. */
class LawsTest {
    private static final int PROGRAMS = 60;
    private static final String INIT = IntStream.range(0, 3).mapToObj(t -> " " + t + ":r1=x; " + t + ":r2=y; " + t + ":r7=z" + t + ";").collect(Collectors.joining());

    /** Message passing that only lacks a fence in the middle of its sender. */
    private static final List<List<String>> MAILBOX = List.of(List.of("*(u64 *)(r1 + 0) = 1", "*(u64 *)(r2 + 0) = 1"),
            List.of("r3 = load_acquire((u64 *)(r2 + 0))", "r4 = *(u64 *)(r1 + 0)"));

    /** {@return the threads of a random program, a list of instructions each} */
    private static List<List<String>> threads(long seed) {
        List<String> rows = new RandomPrograms(seed).next().lines().skip(3).takeWhile(l -> !l.startsWith("locations")).toList();
        int n = rows.getFirst().split("\\|(?!=)", -1).length;
        List<List<String>> out = new ArrayList<>();
        for (int t = 0; t < n; t++) {
            int thread = t;
            out.add(rows.stream().map(r -> r.substring(0, r.lastIndexOf(';')).split("\\|(?!=)", -1)[thread].strip()).filter(s -> !s.isEmpty()).toList());
        }
        return out;
    }

    private static LitmusResult result(List<List<String>> threads, Model model) {
        String init = Arrays.stream(INIT.split("(?= \\d:)")).filter(s -> s.strip().charAt(0) - '0' < threads.size()).collect(Collectors.joining());
        return BruteForceTest.result(LitmusParser.parse(RandomPrograms.text("law", init, threads)), model, true);
    }

    private static Set<String> states(LitmusResult result) {
        return result.states().stream().map(result::text).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aFenceNeverAddsAnOutcome() {
        int fewer = 0;
        for (int seed = 0; seed < PROGRAMS; seed++) {
            List<List<String>> threads = seed == 0 ? MAILBOX : threads(seed);
            List<List<String>> fenced = new ArrayList<>(threads);
            int thread = seed % threads.size();
            List<String> code = new ArrayList<>(threads.get(thread));
            code.addAll(code.size() / 2, List.of("r6 = 0", "r6 = atomic_fetch_add((u64 *)(r7 + 0), r6)"));
            fenced.set(thread, code);
            for (Model model : Model.offered()) {
                Set<String> before = states(result(threads, model));
                Set<String> after = states(result(fenced, model));
                assertThat(before).as("%s, fenced %s, under %s", threads, fenced, model).containsAll(after);
                fewer += after.size() < before.size() ? 1 : 0;
            }
        }
        assertThat(fewer).as("programs of which a fence takes outcomes away").isPositive();
    }

    @Test
    void renamingThreadsRenamesTheOutcomes() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            List<List<String>> threads = threads(seed);
            int n = threads.size();
            for (Model model : Model.offered()) {
                LitmusResult before = result(threads, model);
                LitmusResult after = result(threads.reversed(), model);
                Set<Set<String>> renamed = before.states().stream().map(before::text).map(s -> Arrays.stream(s.split(" "))
                        .map(p -> p.startsWith("[") ? p : (char) ('0' + n - 1 - (p.charAt(0) - '0')) + p.substring(1)).collect(Collectors.toSet())).collect(Collectors.toSet());
                assertThat(after.states().stream().map(after::text).map(s -> Set.of(s.split(" "))).collect(Collectors.toSet())).as("%s under %s", threads, model).isEqualTo(renamed);
                assertThat(after.positive().add(after.negative())).isEqualTo(before.positive().add(before.negative()));
            }
        }
    }

    @Test
    void workersAndSymmetryChangeNothing() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            LitmusTest test = LitmusParser.parse(new RandomPrograms(seed).next());
            LitmusResult alone = BruteForceTest.result(test, Model.BPF, false);
            LitmusResult together = LitmusResult.of(test, new LitmusResult.Options(Model.BPF, 2, 3, true, Long.MAX_VALUE));
            assertThat(together.states()).isEqualTo(alone.states());
            assertThat(List.of(together.positive(), together.negative())).isEqualTo(List.of(alone.positive(), alone.negative()));
        }
    }
}
