package bpfmc.explorer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.RunLimit;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Reason.Strain;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** How many threads explore changes nothing but the time. */
class WorkersTest {
    private static final BpfObject OBJECT = ObjectReader.read(Path.of("../specs/lock/hash_elem.bpf.o"));

    /** Scenarios told apart by their numbers of CPUs, from 1. */
    private static ImmutableList<Scenario> scenarios(int count) {
        return Lists.immutable.fromStream(IntStream.rangeClosed(1, count).mapToObj(n -> new Scenario(OBJECT, Lists.immutable.empty(), n)));
    }

    private static ScenarioResult result(Scenario scenario, Verdict verdict) {
        return new ScenarioResult(String.valueOf(scenario.cpus()), Lists.immutable.empty(), verdict, ExplorationFigures.NONE);
    }

    private static Verdict limited(Strain strain) {
        return new Verdict.Inconclusive(Lists.immutable.with(new Verdict.Reason.Limit("limit", "way", strain)));
    }

    @Test
    void scenariosAreExploredAtTheSameTimeAndToldInTheirOrder() {
        var both = new CyclicBarrier(2);
        ImmutableList<ScenarioResult> results = new Workers(new Threads(2), RunLimit.NONE, r -> { }).explore(scenarios(4), s -> {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return result(s, new Verdict.Holds());
        });
        assertThat(results.collect(ScenarioResult::name)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatEndedForWantOfMemoryIsExploredAgainAlone() {
        var times = new ConcurrentHashMap<Integer, Integer>();
        ImmutableList<ScenarioResult> results = new Workers(new Threads(3), RunLimit.NONE, r -> { }).explore(scenarios(3), s -> {
            int time = times.merge(s.cpus(), 1, Integer::sum);
            return result(s, s.cpus() == 1 ? limited(Strain.NOTHING) : s.cpus() == 2 ? limited(Strain.TIME) : time == 1 ? limited(Strain.MEMORY) : new Verdict.Holds());
        });
        assertThat(times).containsEntry(1, 1).containsEntry(2, 1).containsEntry(3, 2);
        assertThat(results.collect(ScenarioResult::verdict)).containsExactly(limited(Strain.NOTHING), limited(Strain.TIME), new Verdict.Holds());
    }

    @Test
    void whenTheRunIsOverNothingIsExploredAgain() {
        var times = new AtomicInteger();
        RunLimit over = RunLimit.from(() -> 0, 0, Duration.ofSeconds(1), Long.MAX_VALUE, () -> true, () -> { });
        ImmutableList<ScenarioResult> results = new Workers(new Threads(2), over, r -> { }).explore(scenarios(2), s -> {
            times.incrementAndGet();
            return result(s, limited(Strain.MEMORY));
        });
        assertThat(times).hasValue(2);
        assertThat(results.collect(ScenarioResult::verdict)).containsExactly(limited(Strain.MEMORY), limited(Strain.MEMORY));
    }

    /** With one thread: the first scenario ends only when the others have ended, so they must have their turns meanwhile. */
    @Test
    void aLongSearchDoesNotKeepOthersFromEnding() {
        var threads = new Threads(1);
        var ended = new CountDownLatch(3);
        ImmutableList<ScenarioResult> results = new Workers(threads, RunLimit.NONE, r -> { }).explore(scenarios(4), s -> {
            long begun = System.nanoTime();
            while (s.cpus() == 1 && ended.getCount() > 0) {
                assertThat(System.nanoTime() - begun).isLessThan(60_000_000_000L);
                threads.giveWay();
            }
            ended.countDown();
            return result(s, new Verdict.Holds());
        });
        assertThat(results).hasSize(4);
    }

    @Test
    void aSearchWithoutRoomIsMadeAgainWithoutHelp() {
        var times = new AtomicInteger();
        var threads = new Threads(2);
        var results = new Workers(threads, RunLimit.NONE, r -> { }).explore(scenarios(1), s -> result(s, times.incrementAndGet() == 1 ? limited(Strain.MEMORY) : new Verdict.Holds()));
        assertThat(results.collect(ScenarioResult::verdict)).containsExactly(new Verdict.Holds());
        assertThat(new Workers(threads, RunLimit.NONE, r -> { }).explore(scenarios(1), s -> result(s, limited(Strain.TIME))).getOnly().verdict()).isEqualTo(limited(Strain.TIME));
    }

    @Test
    void whatGoesWrongInOneIsThrown() {
        assertThatThrownBy(() -> new Workers(new Threads(2), RunLimit.NONE, r -> { }).explore(scenarios(3), s -> {
            if (s.cpus() == 2) {
                throw new IllegalArgumentException("for the test");
            }
            return result(s, new Verdict.Holds());
        })).isInstanceOf(IllegalArgumentException.class);
    }
}
