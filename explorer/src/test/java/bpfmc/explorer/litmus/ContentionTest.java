package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.axiomatic.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads on one cell: herd7's counts where herd7 ends, and counts that are known otherwise where it does not. */
class ContentionTest {
    private static String repeated(String name, String init, List<String> code, int threads, String condition) {
        StringBuilder out = new StringBuilder("BPF " + name + "\n{" + IntStream.range(0, threads).mapToObj(t -> init.replace("#", "" + t)).collect(Collectors.joining()) + " }\n");
        out.append(IntStream.range(0, threads).mapToObj(t -> "P" + t).collect(Collectors.joining(" | "))).append(" ;\n");
        code.forEach(c -> out.append(String.join(" | ", Collections.nCopies(threads, c))).append(" ;\n"));
        return out + condition + "\n";
    }

    private static LitmusTest adds(int threads, int each, boolean different) {
        List<String> code = new ArrayList<>();
        StringBuilder init = new StringBuilder(" #:r1=x;");
        for (int i = 0; i < each; i++) {
            init.append(" #:r").append(3 + i).append('=').append(1).append(';');
            code.add("r" + (3 + i) + " = atomic_fetch_add((u64 *)(r1 + 0), r" + (3 + i) + ")");
        }
        return LitmusParser.parse(repeated("adds", init + (different ? " #:r9=#;" : ""), code, threads, "exists (x=" + threads * each + ")"));
    }

    private static LitmusResult result(LitmusTest test, Model model, int workers) {
        return LitmusResult.of(test, new LitmusResult.Options(model, 2, workers, true, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"6, 1, 720", "7, 1, 5040", "2, 3, 20", "3, 2, 90", "3, 3, 1680", "2, 4, 70"})
    void addsOfDifferentThreadsHaveAsManyExecutionsAsOrders(int threads, int each, long orders) {
        LitmusResult result = result(adds(threads, each, true), Model.BPF, 2);
        assertThat(result.positive()).isEqualTo(orders);
        assertThat(result.negative()).isZero();
        assertThat(result.cost().executions()).isEqualTo(orders);
    }

    @ParameterizedTest
    @CsvSource({"7, 5040", "8, 40320", "20, 2432902008176640000"})
    void addsOfLikeThreadsAreOneExecution(int threads, long orders) {
        LitmusResult result = result(adds(threads, 1, false), Model.BPF, 1);
        assertThat(result.positive()).isEqualTo(orders);
        assertThat(result.cost().executions()).isEqualTo(1);
    }

    @Test
    void ofManyThatWantTheSameOneWins() {
        LitmusTest test = LitmusParser.parse(repeated("claim", " #:r1=x; #:r4=#; #:r0=0;", List.of("r4 += 1", "r0 = cmpxchg_64(r1 + 0, r0, r4)"), 8, "exists (x=1)"));
        LitmusResult result = result(test, Model.BPF, 2);
        assertThat(result.positive()).isOne();
        assertThat(result.negative()).isEqualTo(7);
    }

    private static LitmusTest spinLocks(int threads, String unlock) {
        return LitmusParser.parse(repeated("locks", " #:r1=lock; #:r2=count; #:r4=1; #:r5=0;", List.of("again: r0 = 0", "r0 = cmpxchg_64(r1 + 0, r0, r4)",
                "if r0 != 0 goto again", "r3 = *(u64 *)(r2 + 0)", "r3 += 1", "*(u64 *)(r2 + 0) = r3", unlock), threads, "~exists (not (count=" + threads + "))"));
    }

    @Test
    void spinLocksExcludeAndSayThatTheirLoopsWereCut() {
        LitmusResult two = result(spinLocks(2, "store_release((u64 *)(r1 + 0), r5)"), Model.BPF, 1);
        assertThat(two.negative()).as("herd7's count for two").isEqualTo(12);
        assertThat(two.verdict()).isEqualTo("Loop Ok");
        assertThat(two.undecided()).isTrue();
        LitmusResult three = result(spinLocks(3, "store_release((u64 *)(r1 + 0), r5)"), Model.BPF_STRICT, 2);
        assertThat(three.verdict()).isEqualTo("Loop Ok");
        assertThat(three.negative()).isEqualTo(108);
        assertThat(three.cost().executions()).isEqualTo(18);
    }

    @Test
    void aSpinLockThatIsLeftByAPlainStoreLosesCounts() {
        assertThat(result(spinLocks(2, "*(u64 *)(r1 + 0) = r5"), Model.BPF_STRICT, 1).verdict()).isEqualTo("Loop No");
        assertThat(result(spinLocks(2, "*(u64 *)(r1 + 0) = r5"), Model.TSO, 1).verdict()).isEqualTo("Loop Ok");
    }

    @Test
    void loopsThatOnlyCountAreRunToTheirEnd() {
        LitmusResult result = result(LitmusParser.parse("""
                BPF counted
                { 0:r1=x; }
                 P0 ;
                 r3 = 0 ;
                 again: ;
                 r3 += 1 ;
                 *(u64 *)(r1 + 0) = r3 ;
                 if r3 < 7 goto again ;
                exists (x=7)
                """), Model.BPF, 1);
        assertThat(result.verdict()).isEqualTo("Ok");
        assertThat(result.positive()).isOne();
    }
}
