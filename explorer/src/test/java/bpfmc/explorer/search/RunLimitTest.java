package bpfmc.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunLimitTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 3);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final RunLimit run = RunLimit.from(clock::get, clock.get(), Duration.ofNanos(100), Long.MAX_VALUE, stopped::get, () -> { });

    @Test
    void itIsOverAfterItsTimeHoweverTheClockCounts() {
        clock.addAndGet(99);
        assertThat(run.reached()).isEmpty();
        clock.addAndGet(1);
        assertThat(run.reached()).contains(new LimitReached(LimitReached.Kind.TIME, "more than 0 ms"));
    }

    @Test
    void aShareIsAPartOfWhatIsLeft() {
        clock.addAndGet(20);
        RunLimit share = run.share(4);
        RunLimit kept = run.keeping(4);
        clock.addAndGet(19);
        assertThat(share.reached()).isEmpty();
        clock.addAndGet(1);
        assertThat(share.reached()).isPresent();
        clock.addAndGet(39);
        assertThat(kept.reached()).isEmpty();
        clock.addAndGet(1);
        assertThat(kept.reached()).isPresent();
        assertThat(run.share(1).reached()).isEmpty();
        clock.addAndGet(20);
        assertThat(run.share(1).reached()).isPresent();
        assertThat(run.share(3).share(2).reached()).isPresent();
    }

    @Test
    void whoAsksItToStopIsHeard() {
        stopped.set(true);
        assertThat(run.reached()).contains(new LimitReached(LimitReached.Kind.INTERRUPTED, "a signal to stop"));
        assertThat(run.share(2).keeping(2).reached()).isPresent();
    }

    @Test
    void withoutLimitsNothingEnds() {
        assertThat(RunLimit.NONE.share(3).keeping(2).reached()).isEmpty();
        assertThat(RunLimit.from(clock::get, clock.get(), Duration.ofSeconds(Long.MAX_VALUE), 1, () -> false, () -> { }).reached()).isEmpty();
    }

    /** Nothing is near so large a limit, and everything survives a small one. */
    @Test
    void onlyWhatSurvivesACollectionCounts() {
        assertThat(new HeapWatch(Long.MAX_VALUE).isNear()).isFalse();
        HeapWatch small = new HeapWatch(1 << 10);
        assertThat(small.isNear()).isTrue();
        assertThat(small.reached(small.collections())).contains(small.full());
        assertThat(small.reached(small.collections())).as("a search that has just ended leaves garbage, and the heap is not collected again and again").isEmpty();
    }
}
