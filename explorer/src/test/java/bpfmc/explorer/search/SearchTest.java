package bpfmc.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.toy.Automaton;
import bpfmc.explorer.toy.Naive;
import bpfmc.explorer.toy.Toys;
import bpfmc.explorer.toy.Toys.Locking;
import bpfmc.explorer.toy.Toys.Shape;
import bpfmc.explorer.toy.TwoElements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final Judge<String> FINDS_NOTHING = (state, terminal, findings) -> { };

    @Test
    void aClockHasTwoStatesAndNeverEnds() {
        Figures figures = all(Toys.binaryClock());

        assertThat(figures.states()).isEqualTo(2);
        assertThat(figures.expanded()).isEqualTo(2);
        assertThat(figures.transitions()).isEqualTo(2);
        assertThat(figures.terminals()).isZero();
        assertThat(figures.depth()).isEqualTo(1);
    }

    @Test
    void aSingleStateIsASystem() {
        Figures figures = all(Toys.graph("5"));

        assertThat(figures.states()).isEqualTo(1);
        assertThat(figures.transitions()).isZero();
        assertThat(figures.terminals()).isEqualTo(1);
        assertThat(figures.depth()).isZero();
    }

    @Test
    void expandsNearStatesBeforeFarOnesInTheOrderOfSuccessors() {
        List<Integer> order = new ArrayList<>();
        Search.explore(Toys.graph("1 a 3 a 5 a 9", "1 b 2 a 5", "2 a 7", "7 a 1"),
                (state, terminal, findings) -> order.add(state[0]), Limits.NONE, Progress.NONE);

        assertThat(order).containsExactly(1, 3, 2, 5, 7, 9);
    }

    @Test
    void philosophersDeadlockInExactlyOneState() {
        // Each holds 0, 1 or 2 forks, and a left neighbour of one who holds any does not hold 2: 6, 14, 34, 82 ways.
        assertThat(all(Toys.philosophers(2)).states()).isEqualTo(6);
        assertThat(all(Toys.philosophers(3)).states()).isEqualTo(14);
        assertThat(all(Toys.philosophers(4)).states()).isEqualTo(34);
        assertThat(all(Toys.philosophers(5)).states()).isEqualTo(82);
        assertThat(Search.terminals(Toys.philosophers(5), Limits.NONE, Progress.NONE).findings())
                .containsExactly(Step.of(0, 0, 1, 1, 1, 1, 1).state());
    }

    @Test
    void petersonExcludes() {
        Outcome<String> outcome = Search.explore(Toys.peterson(), (state, terminal, findings) -> {
            if (state[1] == 3 && state[2] == 3) {
                findings.accept("both inside");
            }
            if (state[1] == 3 || state[2] == 3) {
                findings.accept("one inside");
            }
        }, Limits.NONE, Progress.NONE);

        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.findings()).containsExactly("one inside");
        assertSameAsNaive(Toys.peterson());
    }

    @Test
    void lockedCounterHasTheStatesOfTheClosedForm() {
        for (int n = 1; n <= 8; n++) {
            Figures figures = all(Toys.counter(n, Locking.LOCK));
            assertThat(figures.states()).isEqualTo((1L << n) + 3L * n * (1L << n - 1));
            assertThat(figures.terminals()).isEqualTo(1);
            assertThat(figures.depth()).isEqualTo(4 * n);
        }
    }

    @Test
    void unlockedCounterEndsInEveryCountFromOneOn() {
        Outcome<Integer> outcome = Search.explore(Toys.counter(4, Locking.NONE), (state, terminal, findings) -> {
            if (terminal) {
                findings.accept(state[0]);
            }
        }, Limits.NONE, Progress.NONE);

        assertThat(outcome.findings()).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void twoElementsHaveAsManyStatesAsSpinCounts() {
        assertThat(all(new TwoElements(2)).states()).isEqualTo(152);
        assertThat(all(new TwoElements(3)).states()).isEqualTo(956);
        assertThat(all(new TwoElements(4)).states()).isEqualTo(4464);
        assertThat(all(new TwoElements(6)).states()).isEqualTo(60160);
        assertThat(all(new TwoElements(8)).states()).isEqualTo(572672);
    }

    @Test
    void agreesWithTheNaiveSearchOnRandomSystems() {
        for (int seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            Shape shape = random.nextBoolean() ? Shape.ACYCLIC : Shape.ANY;
            assertSameAsNaive(Toys.random(random, 60, 3, shape));
        }
    }

    private static void assertSameAsNaive(TransitionSystem system) {
        Naive.Graph graph = Naive.explore(system);
        Figures figures = all(system);
        assertThat(figures.states()).isEqualTo(graph.states().size());
        assertThat(figures.expanded()).isEqualTo(graph.states().size());
        assertThat(figures.transitions()).isEqualTo(graph.transitions());
        assertThat(figures.terminals()).isEqualTo(graph.terminals().size());
        assertThat(figures.depth()).isEqualTo(graph.depth());
        assertThat(Search.terminals(system, Limits.NONE, Progress.NONE).findings())
                .containsExactlyInAnyOrderElementsOf(graph.terminals());
    }

    @Test
    void findingsAreDistinctAndInTheOrderOfDiscovery() {
        Outcome<String> outcome = Search.explore(Toys.graph("3 a 1 a 2 a 4 a 6"), (state, terminal, findings) -> {
            findings.accept(state[0] % 2 == 0 ? "even" : "odd");
            findings.accept("any");
            if (terminal) {
                findings.accept("terminal " + state[0]);
            }
        }, Limits.NONE, Progress.NONE);

        assertThat(outcome.findings()).containsExactly("odd", "any", "even", "terminal 6");
    }

    @Test
    void aLimitOnStatesIsKeptToTheStateAndSaysSo() {
        TransitionSystem system = Toys.graph("1 a 2 a 3 a 4");

        assertThat(explore(system, Limits.NONE.withMaxStates(4)).finished()).isTrue();
        Outcome<String> cut = explore(system, Limits.NONE.withMaxStates(3));
        assertThat(cut.finished()).isFalse();
        assertThat(cut.end()).isEqualTo(new LimitReached(LimitReached.Kind.STATES, "more than 3 states"));
        assertThat(cut.figures().states()).isEqualTo(4);
        assertThat(cut.figures().expanded()).isEqualTo(3);
    }

    @Test
    void aLimitOnMemoryIsKeptToTheByte() {
        Limits limits = Limits.NONE.withMaxMemoryBytes(1 << 20);
        Outcome<String> cut = explore(new TwoElements(8), limits);

        assertThat(cut.finished()).isFalse();
        assertThat(cut.end()).isInstanceOfSatisfying(LimitReached.class, reached -> {
            assertThat(reached.kind()).isEqualTo(LimitReached.Kind.MEMORY);
            assertThat(reached.figure()).contains("limit of 1048576 bytes");
        });
        assertThat(cut.figures().bytes()).isPositive().isLessThanOrEqualTo(1 << 20);
        assertThat(cut.figures().states()).isGreaterThan(1000);
    }

    @Test
    void memoryForNotEvenTheFirstStateIsALimitToo() {
        assertThat(explore(Toys.binaryClock(), Limits.NONE.withMaxMemoryBytes(10)).end())
                .isInstanceOfSatisfying(LimitReached.class,
                        reached -> assertThat(reached.kind()).isEqualTo(LimitReached.Kind.MEMORY));
    }

    @Test
    void aLimitOnTimeEndsASystemWithoutEnd() {
        Outcome<String> cut = explore(endless(), Limits.NONE.withTimeout(Duration.ofMillis(30)));

        assertThat(cut.end()).isEqualTo(new LimitReached(LimitReached.Kind.TIME, "more than 30 ms"));
        assertThat(cut.figures().nanos()).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void theLimitOfTheRunEndsEverySearchOfIt() {
        var clock = new AtomicLong();
        RunLimit run = RunLimit.from(() -> clock.addAndGet(1_000_000), 0, Duration.ofMillis(100), Long.MAX_VALUE, () -> false, () -> { });

        assertThat(explore(endless(), Limits.NONE.within(run)).end()).isEqualTo(new LimitReached(LimitReached.Kind.TIME, "more than 100 ms"));
        assertThat(explore(endless(), Limits.NONE.within(run)).figures().expanded()).isLessThan(3);
        assertThat(ShortestPath.find(endless(), (state, terminal) -> false, Limits.NONE.within(run))).isEqualTo(new LimitReached(LimitReached.Kind.TIME, "more than 100 ms"));
    }

    @Test
    void whatIsFoundIsLeftTimeToBeTold() {
        var clock = new AtomicLong();
        RunLimit run = RunLimit.from(() -> clock.addAndGet(1_000), 0, Duration.ofMillis(1), Long.MAX_VALUE, () -> false, () -> { });
        Outcome<String> cut = Search.explore(endless(), (state, terminal, sink) -> sink.accept("found"), Limits.NONE.within(run), Progress.NONE);

        assertThat(cut.findings()).containsExactly("found");
        assertThat(run.reached()).isEmpty();
        assertThat(clock.get()).isBetween(700_000L, 800_000L);
    }

    @Test
    void whatSurvivesInTheHeapIsALimit() {
        RunLimit small = RunLimit.from(() -> 0, 0, Duration.ofSeconds(1), 1 << 16, () -> false, () -> { });
        Outcome<String> cut = explore(endless(), Limits.NONE.within(small));

        assertThat(cut.end()).isEqualTo(new LimitReached(LimitReached.Kind.MEMORY, "more than 0 MiB of memory"));
    }

    @Test
    void anInterruptEndsTheSearchAndStaysOn() {
        Thread.currentThread().interrupt();
        Outcome<String> cut = explore(endless(), Limits.NONE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cut.end()).isInstanceOfSatisfying(LimitReached.class,
                reached -> assertThat(reached.kind()).isEqualTo(LimitReached.Kind.INTERRUPTED));
    }

    @Test
    void aFullHeapIsALimitAndKeepsWhatWasFound() {
        TransitionSystem hungry = new Automaton(IntLists.immutable.of(0), state -> {
            if (state[0] == 2) {
                throw new OutOfMemoryError("as if");
            }
            return List.of(Step.of(0, 0, state[0] + 1));
        });
        Outcome<Integer> cut = Search.explore(hungry, (state, terminal, findings) -> findings.accept(state[0]),
                Limits.NONE, Progress.NONE);

        assertThat(cut.finished()).isFalse();
        assertThat(cut.end()).isInstanceOfSatisfying(LimitReached.class, reached -> {
            assertThat(reached.kind()).isEqualTo(LimitReached.Kind.MEMORY);
            assertThat(reached.figure()).startsWith("the Java heap of ");
        });
        assertThat(cut.findings()).containsExactly(0, 1);
    }

    @Test
    void progressIsToldWhileItGoesOn() {
        List<Figures> told = new ArrayList<>();
        Figures end = Search.explore(new TwoElements(4), FINDS_NOTHING, Limits.NONE, told::add).figures();

        assertThat(told).hasSizeGreaterThan(5).isSortedAccordingTo((a, b) -> Long.compare(a.expanded(), b.expanded()));
        assertThat(told.getLast().expanded()).isLessThanOrEqualTo(end.expanded());
        assertThat(told.getLast().transitions()).isPositive().isLessThanOrEqualTo(end.transitions());
    }

    /** Counts for ever. */
    private static TransitionSystem endless() {
        return new TransitionSystem() {
            @Override
            public int width() {
                return 1;
            }

            @Override
            public void initial(int[] state) {
                state[0] = 0;
            }

            @Override
            public void successors(int[] state, Successors sink) {
                sink.accept(0, 0, new int[] {state[0] + 1});
            }
        };
    }

    private static Outcome<String> explore(TransitionSystem system, Limits limits) {
        return Search.explore(system, FINDS_NOTHING, limits, Progress.NONE);
    }

    private static Figures all(TransitionSystem system) {
        Outcome<String> outcome = explore(system, Limits.NONE);
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.findings()).isEmpty();
        return outcome.figures();
    }
}
