package bpfmc.explorer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.space.Goal;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.toy.Automaton;
import bpfmc.explorer.toy.Toys;
import bpfmc.explorer.toy.Toys.Locking;
import bpfmc.explorer.toy.Toys.Shape;
import bpfmc.explorer.toy.TwoElements;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.junit.jupiter.api.Test;

class ShortestPathTest {
    @Test
    void theInitialStateIsReachedWithoutAStep() {
        Path path = found(Toys.graph("1 a 2"), is(1));

        assertThat(path.steps()).isEmpty();
        assertThat(path.last()).isEqualTo(IntLists.immutable.of(1));
        assertThat(path.switches()).isZero();
    }

    @Test
    void fewSwitchesComeBeforeFewSteps() {
        Path path = found(Toys.graph("1 a 2 b 9", "1 a 3 a 4 a 5 a 9"), is(9));

        assertThat(nodes(path)).containsExactly(3, 4, 5, 9);
        assertThat(path.switches()).isZero();
    }

    @Test
    void fewStepsComeNext() {
        Path path = found(Toys.graph("1 a 2 a 3 b 9", "1 a 4 b 9", "1 b 5 b 6 a 9"), is(9));

        assertThat(nodes(path)).containsExactly(4, 9);
    }

    @Test
    void thenTheOrderOfSuccessors() {
        assertThat(nodes(found(Toys.graph("1 b 2 a 9", "1 a 3 b 9"), is(9)))).containsExactly(2, 9);
        assertThat(nodes(found(Toys.graph("1 a 3 b 9", "1 b 2 a 9"), is(9)))).containsExactly(3, 9);
    }

    @Test
    void theOrderIsThatOfTheEarliestStepThatDiffersEvenIfTheOtherWayIsMetFirst() {
        TransitionSystem system = Toys.graph("1 a 2 a 4 a 9", "1 a 3 a 4", "1 b 5 b 6 b 9", "3 a 6");

        assertThat(nodes(found(system, is(9)))).containsExactly(2, 4, 9);
    }

    @Test
    void amongGoalsOfOneCostTheFirstInOrderIsTaken() {
        TransitionSystem system = Toys.graph("1 a 2 a 8", "1 a 3 a 7");

        assertThat(nodes(found(system, (state, terminal) -> terminal))).containsExactly(2, 8);
        assertThat(nodes(found(system, (state, terminal) -> state[0] == 7 || state[0] == 8))).containsExactly(2, 8);
    }

    @Test
    void theFirstStepIsNoSwitchWhoeverMakesIt() {
        assertThat(found(Toys.graph("1 c 2 c 3"), is(3)).switches()).isZero();
        assertThat(found(Toys.graph("1 c 2 a 3"), is(3)).switches()).isEqualTo(1);
    }

    @Test
    void aStateAlreadyMetByAnotherActorMayBeTheBetterWay() {
        // 4 is met first by a without a switch, but only b leads on, so coming by b is cheaper in the end.
        TransitionSystem system = Toys.graph("1 a 2 a 4 b 5 b 6", "1 b 3 b 4");

        assertThat(nodes(found(system, is(6)))).containsExactly(3, 4, 5, 6);
        assertThat(found(system, is(6)).switches()).isZero();
    }

    @Test
    void deadlockOfPhilosophersNeedsASwitchEach() {
        Path path = found(Toys.philosophers(4), (state, terminal) -> terminal);

        assertThat(path.switches()).isEqualTo(3);
        assertThat(path.steps().collectInt(Step::actor).toArray()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void lostUpdateOfThreeThreadsNeedsThreeSwitches() {
        TransitionSystem system = Toys.counter(3, Locking.NONE);
        Path path = found(system, (state, terminal) -> terminal && state[0] < 3);

        assertThat(path.switches()).isEqualTo(3);
        assertThat(path.steps()).hasSize(12);
        assertThat(path.steps().collectInt(Step::actor).toArray()).containsExactly(0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 1, 1);
    }

    @Test
    void whatIsNowhereIsNotFound() {
        assertThat(ShortestPath.find(Toys.peterson(), (state, terminal) -> state[1] == 3 && state[2] == 3, Limits.NONE))
                .isEqualTo(new PathResult.NotFound());
        assertThat(ShortestPath.find(Toys.binaryClock(), (state, terminal) -> terminal, Limits.NONE))
                .isEqualTo(new PathResult.NotFound());
    }

    @Test
    void aLimitIsNeverTakenForNotFound() {
        TransitionSystem system = new TwoElements(6);
        Goal nowhere = (state, terminal) -> false;

        assertThat(ShortestPath.find(system, nowhere, Limits.NONE.withMaxStates(100)))
                .isEqualTo(new LimitReached(LimitReached.Kind.STATES, "more than 100 states"));
        assertThat(kind(ShortestPath.find(system, nowhere, Limits.NONE.withMaxMemoryBytes(400_000))))
                .contains(LimitReached.Kind.MEMORY);
        assertThat(kind(ShortestPath.find(system, nowhere, Limits.NONE.withMaxMemoryBytes(10))))
                .contains(LimitReached.Kind.MEMORY);
        assertThat(kind(ShortestPath.find(system, nowhere, Limits.NONE.withTimeout(Duration.ofNanos(1)))))
                .contains(LimitReached.Kind.TIME);
        Thread.currentThread().interrupt();
        assertThat(kind(ShortestPath.find(system, nowhere, Limits.NONE))).contains(LimitReached.Kind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSystemThatChangesItsMindIsFoundOut() {
        int[] asked = {0};
        TransitionSystem fickle = new Automaton(IntLists.immutable.of(0),
                state -> state[0] == 0 ? List.of(Step.of(0, 0, ++asked[0])) : List.of());

        assertThatThrownBy(() -> ShortestPath.find(fickle, is(1), Limits.NONE))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("not pure");
    }

    @Test
    void isTheBestOfAllPathsOfRandomSystems() {
        int hits = 0;
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            TransitionSystem system = random.nextBoolean()
                    ? Toys.random(random, 12, 3, Shape.ACYCLIC) : Toys.random(random, 6, 2, Shape.ANY);
            int last = system.width() - 1;
            int modulus = 2 + random.nextInt(6);
            Goal goal = (state, terminal) -> terminal && modulus == 2 || state[last] % modulus == modulus - 1;
            Optional<Path> best = new AllPaths(system, goal).best();
            PathResult expected = best.<PathResult>map(PathResult.Found::new).orElseGet(PathResult.NotFound::new);
            assertThat(ShortestPath.find(system, goal, Limits.NONE)).as("seed %d", seed).isEqualTo(expected);
            hits += best.map(path -> path.switches() > 0 ? 1 : 0).orElse(0);
        }
        assertThat(hits).as("random systems whose goal needs a switch").isGreaterThan(200);
    }

    @Test
    void allGoalsAreFoundAtOnceAsEachIsAlone() {
        int found = 0;
        for (int seed = 0; seed < 1000; seed++) {
            TransitionSystem system = Toys.random(new Random(seed), 12, 3, Shape.ACYCLIC);
            int last = system.width() - 1;
            var all = ShortestPath.findAll(system, (state, terminal, reached) -> {
                if (terminal || state[last] % 5 < 3) {
                    reached.accept(state[last] % 5);
                }
                if (state[last] % 3 == 1) {
                    reached.accept(5);
                }
            }, 6, Limits.NONE);
            assertThat(all.getLast()).as("seed %d, a goal beside another", seed)
                    .isEqualTo(ShortestPath.find(system, (state, terminal) -> state[last] % 3 == 1, Limits.NONE));
            for (int i = 0; i < 5; i++) {
                int number = i;
                PathResult alone = ShortestPath.find(system, (state, terminal) -> (terminal || state[last] % 5 < 3) && state[last] % 5 == number, Limits.NONE);
                assertThat(all.get(i)).as("seed %d, goal %d", seed, i).isEqualTo(alone);
                found += alone instanceof PathResult.Found ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(1000);
    }

    @Test
    void whatWasFoundBeforeALimitStaysFound() {
        var results = ShortestPath.findAll(new TwoElements(6),
                (state, terminal, reached) -> reached.accept(terminal ? 1 : 0), 2, Limits.NONE.withMaxStates(100));
        assertThat(results.get(0)).isInstanceOf(PathResult.Found.class);
        assertThat(results.get(1)).isEqualTo(new LimitReached(LimitReached.Kind.STATES, "more than 100 states"));
    }

    private static Goal is(int node) {
        return (state, terminal) -> state[0] == node;
    }

    private static List<Integer> nodes(Path path) {
        return path.steps().collect(step -> step.state().getFirst()).castToList();
    }

    private static Path found(TransitionSystem system, Goal goal) {
        PathResult result = ShortestPath.find(system, goal, Limits.NONE);
        assertThat(result).isInstanceOf(PathResult.Found.class);
        return ((PathResult.Found) result).path();
    }

    private static Optional<LimitReached.Kind> kind(PathResult result) {
        return result instanceof LimitReached(var kind, var figure) ? Optional.of(kind) : Optional.empty();
    }
}
