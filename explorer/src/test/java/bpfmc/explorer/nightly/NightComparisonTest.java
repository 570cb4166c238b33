package bpfmc.explorer.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.spec.NightFile;
import bpfmc.explorer.spec.NightFile.Accepted;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** What is otherwise than in the night before, on a day that the test names. */
class NightComparisonTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    private static NightFile file(Accepted... accepted) {
        return new NightFile(Lists.immutable.empty(), Path.of("nights"), Lists.immutable.empty(), Lists.immutable.with(accepted), 2, 3, Optional.empty(), Optional.empty());
    }

    private static JobResult job(String name, String verdict, long states, double seconds, String... findings) {
        return new JobResult(name, verdict, List.of(findings), states, seconds, "", 0);
    }

    private static NightComparison compare(NightFile file, ImmutableList<JobResult> before, JobResult... now) {
        return NightComparison.of(before, Lists.immutable.with(now), file, TODAY);
    }

    @Test
    void aFindingIsNewOpenOrFixedByItsJob() {
        NightComparison c = compare(file(), Lists.immutable.with(job("a", "violated", 1, 1, "x", "y"), job("b", "holds", 1, 1)),
                job("a", "violated", 1, 1, "x", "z"), job("b", "violated", 1, 1, "y"), job("c", "violated", 1, 1, "x"));
        assertThat(c.open()).containsExactly("a: x");
        assertThat(c.fresh()).containsExactly("a: z", "b: y", "c: x");
        assertThat(c.fixed()).containsExactly("a: y");
        assertThat(c.changed()).containsExactly("b: holds before, violated now");
    }

    @Test
    void inTheFirstNightEverythingIsNew() {
        NightComparison c = compare(file(), Lists.immutable.empty(), job("a", "violated", 1, 1, "x"));
        assertThat(c.fresh()).containsExactly("a: x");
        assertThat(c.changed()).isEmpty();
    }

    /** The last day counts; the day after, the finding is new again. */
    @Test
    void whatIsAcceptedIsSoUntilItExpires() {
        JobResult now = job("a", "violated", 1, 1, "x");
        NightComparison last = compare(file(new Accepted("x", "known", TODAY)), Lists.immutable.empty(), now);
        assertThat(last.accepted()).containsExactly("a: x");
        assertThat(last.fresh()).isEmpty();
        assertThat(last.stale()).isEmpty();
        NightComparison over = compare(file(new Accepted("x", "known", TODAY.minusDays(1))), Lists.immutable.empty(), now);
        assertThat(over.fresh()).containsExactly("a: x");
        assertThat(over.stale()).containsExactly("x: expired on 2026-11-29 (known)");
    }

    @Test
    void anAcceptanceThatMatchesNothingIsStale() {
        NightComparison c = compare(file(new Accepted("x", "known", TODAY)), Lists.immutable.empty(), job("a", "holds", 1, 1));
        assertThat(c.stale()).containsExactly("x: found no longer; remove it from the baseline (known)");
    }

    @Test
    void onlyJobsOfSomeLengthAreSlower() {
        NightComparison c = compare(file(), Lists.immutable.with(job("short", "holds", 0, 0.1), job("long", "holds", 10, 1.5), job("as before", "holds", 10, 1.5)),
                job("short", "holds", 99, 0.9), job("long", "holds", 30, 3.1), job("as before", "holds", 30, 3.0));
        assertThat(c.slower()).containsExactly("long: 1.5 s before, 3.1 s now");
        assertThat(c.grown()).isEmpty();
        assertThat(compare(file(), Lists.immutable.with(job("a", "holds", 10, 1)), job("a", "holds", 31, 1)).grown())
                .containsExactly("a: 10 states before, 31 now");
    }

    /** A summary is the same on every machine: it was written with a comma where the machine's language has one. */
    @Test
    void numbersHaveADotInEveryLanguage() {
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(compare(file(), Lists.immutable.with(job("a", "holds", 1, 1.5)), job("a", "holds", 1, 9.25)).slower())
                    .containsExactly("a: 1.5 s before, 9.3 s now");
        } finally {
            Locale.setDefault(here);
        }
    }
}
