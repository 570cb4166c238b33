package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.axiomatic.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The exploration beside the enumeration of everything. */
class BruteForceTest {
    private static final int PROGRAMS = 2_000;
    private static final int MOST_COMBINATIONS = 120;

    static LitmusResult result(LitmusTest test, Model model, boolean symmetric) {
        return LitmusResult.of(test, new LitmusResult.Options(model, 2, 1, symmetric, Long.MAX_VALUE));
    }

    /** What one random program showed. */
    private record Compared(boolean weak, boolean unrepaired) {}

    @Test
    void randomProgramsEndAsBruteForceSaysUnderEveryModel() {
        List<Compared> all = LongStream.range(0, PROGRAMS + 700).parallel().mapToObj(BruteForceTest::compared).flatMap(Optional::stream).toList();
        assertThat(all.size()).as("programs that brute force can enumerate").isGreaterThanOrEqualTo(PROGRAMS);
        assertThat(all.stream().filter(Compared::weak).count()).as("programs with outcomes that only the BPF model has").isGreaterThan(10);
        assertThat(all.stream().filter(Compared::unrepaired).count()).as("programs where herd7's model allows a compare-and-exchange to write early").isGreaterThan(20);
    }

    private static Optional<Compared> compared(long seed) {
        String text = new RandomPrograms(seed).next();
        LitmusTest test = LitmusParser.parse(text);
        Map<Model, BruteForce.Answer> expected = new BruteForce(test).answers(MOST_COMBINATIONS);
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        for (Model model : Model.offered()) {
            LitmusResult result = result(test, model, seed % 2 == 0);
            assertThat(states(result)).as("states of %s under %s", text, model).isEqualTo(new TreeSet<>(expected.get(model).states()));
            assertThat(result.positive() + " " + result.negative()).as("executions of %s under %s", text, model)
                    .isEqualTo(expected.get(model).positive() + " " + expected.get(model).negative());
        }
        BruteForce.Answer strict = expected.get(Model.BPF_STRICT);
        BruteForce.Answer herd = expected.get(Model.BPF);
        return Optional.of(new Compared(strict.states().size() > expected.get(Model.TSO).states().size(),
                herd.positive() + herd.negative() > strict.positive() + strict.negative()));
    }

    /** An atomic without a result is forwarded to its own thread's load before it is known what it reads: no preserved program order forbids that. */
    @Test
    void anAtomicWithoutAResultMayBeReadByItsThreadBeforeItReads() {
        LitmusTest test = LitmusParser.parse(RandomPrograms.text("forwarded", " 0:r1=x; 0:r2=y; 1:r1=x; 1:r2=y; 0:r9=1; 1:r4=1; 1:r9=2;", List.of(
                List.of("lock *(u64 *)(r1 + 0) |= r9", "r4 = load_acquire((u64 *)(r1 + 0))", "lock *(u64 *)(r2 + 0) |= r4"),
                List.of("r0 = cmpxchg_64(r2 + 0, r0, r9)", "r3 = r0", "r4 = xchg_64(r1 + 0, r4)"))));
        assertThat(states(result(test, Model.BPF_STRICT, true))).isEqualTo(new TreeSet<>(new BruteForce(test).answers(10_000).get(Model.BPF_STRICT).states()))
                .anyMatch(s -> s.contains("1:r3=1; 1:r4=0;"));
    }

    /** Each of three threads hands a value on; the compare-and-exchange stores before the value that it expects has come around. */
    @Test
    void whatACompareAndExchangeStoresMayBringAboutWhatItExpects() {
        LitmusTest test = LitmusParser.parse("""
                BPF around
                { x=1; 0:r1=x; 0:r0=3; 0:r4=2; 1:r1=x; 1:r2=y; 2:r1=x; 2:r2=y; }
                 P0                              | P1                     | P2                     ;
                 r0 = cmpxchg_64(r1 + 0, r0, r4) | r3 = *(u64 *)(r1 + 0)  | r3 = *(u64 *)(r2 + 0)  ;
                                                 | *(u64 *)(r2 + 0) = r3  | r3 += 1                ;
                                                 |                        | *(u64 *)(r1 + 0) = r3  ;
                locations [0:r0; 1:r3; 2:r3; x; y;]
                exists (0:r0=3 /\\ 1:r3=2 /\\ 2:r3=3)
                """);
        for (Model model : Model.offered()) {
            assertThat(states(result(test, model, true))).as("%s", model).isEqualTo(new TreeSet<>(new BruteForce(test).answers(10_000).get(model).states()));
        }
        assertThat(result(test, Model.BPF, true).positive()).isPositive();
        assertThat(result(test, Model.BPF_STRICT, true).positive()).isZero();
    }

    private static TreeSet<String> states(LitmusResult result) {
        return new TreeSet<>(result.states().stream().map(result::text).toList());
    }
}
