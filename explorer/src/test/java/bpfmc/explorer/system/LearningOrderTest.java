package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.system.symmetry.CpuSymmetry;
import bpfmc.explorer.system.symmetry.ElementSymmetry;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a search comes to does not depend on the order in which values got their numbers: a system that was walked through at random before has
 * as many states as one that was not, whatever the reduction.
 */
class LearningOrderTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 2_000) / 16;
    private static final Limits SMALL = Limits.NONE.withMaxStates(4_000);
    private static final int WALKS = 60;

    private record Counts(boolean finished, long states, long transitions, long terminals, int depth, Set<Observation> findings) {
        static Counts of(Outcome<Observation> outcome) {
            var f = outcome.figures();
            return new Counts(outcome.finished(), f.states(), f.transitions(), f.terminals(), f.depth(), new HashSet<>(outcome.findings().castToList()));
        }
    }

    private static Counts counts(Scenario scenario, Reduction.Choice choice, Limits limits, int walks, Random random) {
        return Systems.withWhatMatters(scenario, !choice.reductions().contains(Reduction.CONTENTS), kept -> 0, system -> {
            TransitionSystem reduced = reduced(system, choice);
            for (int i = 0; i < walks; i++) {
                walk(reduced, random);
            }
            return Counts.of(Search.explore(reduced, new PropertyJudge(system, Properties.all()), limits, Progress.NONE));
        });
    }

    private static TransitionSystem reduced(BpfSystem system, Reduction.Choice choice) {
        TransitionSystem steps = choice.reductions().contains(Reduction.STUBBORN) ? new Selected(system, StubbornSets.of(system)) : system;
        Symmetry cpus = choice.reductions().contains(Reduction.SYMMETRY) ? CpuSymmetry.of(system) : Symmetry.NONE;
        Symmetry elements = choice.reductions().contains(Reduction.ELEMENTS) ? ElementSymmetry.of(system) : Symmetry.NONE;
        TransitionSystem byCpus = cpus.trivial() ? steps : new Quotient(steps, cpus, system.actors());
        return elements.trivial() ? byCpus : new Quotient(byCpus, elements, system.actors());
    }

    /** Goes one way to its end, at random. */
    private static void walk(TransitionSystem system, Random random) {
        int[] state = new int[system.width()];
        system.initial(state);
        List<int[]> next = new ArrayList<>();
        do {
            next.clear();
            system.successors(state, (actor, choice, successor) -> next.add(successor.clone()));
            if (!next.isEmpty()) {
                state = next.get(random.nextInt(next.size()));
            }
        } while (!next.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void randomSystems(long seed) {
        Random random = new Random(2_000 + seed);
        int finished = 0;
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario scenario = RandomSystems.next(random);
            Reduction.Choice choice = Reduction.Choice.values()[random.nextInt(Reduction.Choice.values().length)];
            Counts inOrder = counts(scenario, choice, SMALL, 0, random);
            if (inOrder.finished()) {
                finished++;
                assertThat(counts(scenario, choice, SMALL, WALKS, random)).as("seed %d, system %d, --reduction %s", seed, i, choice).isEqualTo(inOrder);
            }
        }
        assertThat(finished).isGreaterThan(SYSTEMS / 2);
    }

    @ParameterizedTest
    @CsvSource({"lru_insert, all", "lru_insert, elements", "insert_any, all", "insert_any, symmetry", "insert_any, none", "reinsert_copy, all", "check_then_insert, all"})
    void hashMaps(String sample, Reduction.Choice choice) {
        BpfObject object = ObjectReader.read(Path.of("../specs/hash", sample + ".bpf.o"));
        var agents = Lists.immutable.with(0, 1, 2).collect(cpu -> new AgentPlace(object.programs().get(cpu % object.programs().size()), cpu));
        Scenario scenario = new Scenario(object, agents, 3);
        Counts inOrder = counts(scenario, choice, Limits.NONE, 0, new Random(1));
        assertThat(inOrder.states()).isGreaterThan(50);
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(counts(scenario, choice, Limits.NONE, WALKS, new Random(seed))).as("seed %d", seed).isEqualTo(inOrder);
        }
    }
}
