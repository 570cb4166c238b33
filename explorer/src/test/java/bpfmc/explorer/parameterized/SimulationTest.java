package bpfmc.explorer.parameterized;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.RandomSystems;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.program.BpfProgram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.junit.jupiter.api.Test;

/**
 * What a search of two or three CPUs with one or two runs finds, without any reduction, is among what stands in the way
 * of the proof for any number; and nothing is proven that such a search refutes.
 *
 * <p>The proof is one over the first fault: what follows an access to a stale element is not compared, but that
 * something stands in the way.
 */
class SimulationTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 200);
    private static final long SEED = Long.getLong("bpfmc.seed", 23);
    private static final Limits SMALL = Limits.NONE.withMaxStates(30_000);

    /** Goes no further from states in which an access to a stale element is at hand. */
    private record UpToStale(TransitionSystem all, Judge<Observation> judge) implements TransitionSystem {
        @Override
        public int width() {
            return all.width();
        }

        @Override
        public long named() {
            return all.named();
        }

        @Override
        public void initial(int[] state) {
            all.initial(state);
        }

        @Override
        public void successors(int[] state, Successors sink) {
            if (!stale(state)) {
                all.successors(state, sink);
            }
        }

        private boolean stale(int[] state) {
            boolean[] found = {false};
            judge.judge(state, false, o -> found[0] |= o instanceof Finding f && f.property().equals("stale-element"));
            return found[0];
        }
    }

    private static Set<String> found(Scenario scenario, boolean upToStale, boolean[] finished) {
        return Systems.with(scenario, system -> {
            PropertyJudge judge = new PropertyJudge(system, Properties.all());
            Outcome<Observation> outcome = upToStale
                    ? Search.explore(new UpToStale(system, judge), (state, terminal, sink) -> judge.judge(state, false, sink), SMALL, Progress.NONE)
                    : Search.explore(system, judge, SMALL, Progress.NONE);
            finished[0] = outcome.end() instanceof Finished;
            return outcome.findings().toList().selectInstancesOf(Finding.class).stream().map(SimulationTest::told).collect(Collectors.toSet());
        });
    }

    private static String told(Finding f) {
        return f.property() + f.places();
    }

    /** {@return the same programs on other CPUs, one or two runs on each} */
    static Scenario shuffled(Scenario scenario, Random random) {
        ImmutableList<BpfProgram> programs = scenario.agents().collect(AgentPlace::program).distinct();
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        int cpus = 2 + random.nextInt(2);
        for (int cpu = 0; cpu < cpus; cpu++) {
            List<AgentPlace> here = new ArrayList<>();
            for (int run = random.nextInt(cpus == 2 ? 2 : 3) / 2; run < (cpus == 2 ? 2 : 1); run++) {
                BpfProgram program = programs.get(random.nextInt(programs.size()));
                ContextLevel level = Contexts.OF_SECTIONS.of(program).level();
                here.add(new AgentPlace(program, cpu, level, level == ContextLevel.TASK ? 0 : 1));
            }
            here.sort((a, b) -> Integer.compare(a.rank(), b.rank()));
            agents.addAll(here);
        }
        return new Scenario(scenario.object(), agents.toImmutable(), cpus);
    }

    static ScenarioSpace space(Scenario scenario) {
        return new ScenarioSpace(scenario.object(), scenario.agents().collect(AgentPlace::program).distinct(), IntSets.immutable.empty(), 2, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS);
    }

    @Test
    void whatFewCpusShowStandsInTheWay() {
        Random random = new Random(SEED);
        int followed = 0;
        int proven = 0;
        int violated = 0;
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario first = RandomSystems.next(random);
            Scenario scenario = i % 2 == 0 ? first : shuffled(first, random);
            Proof proof = AnyNumber.of(space(scenario), true, () -> false);
            if (proof.open().anySatisfy(o -> o.findings().isEmpty() && !o.item().equals("lock order"))) {
                continue;
            }
            followed++;
            boolean[] finished = {true};
            Set<String> all = found(scenario, false, finished);
            if (!finished[0]) {
                continue;
            }
            String told = "seed " + SEED + ", system " + i + ": " + scenario.agents().collect(a -> "CPU" + a.cpu() + " " + a.level() + " " + a.program().name() + a.program().code())
                    .makeString("\n", "\n", "\n");
            assertThat(proof.complete() && !all.isEmpty()).as("proven, but there are %s, %s", all, told).isFalse();
            proven += proof.complete() ? 1 : 0;
            violated += all.isEmpty() ? 0 : 1;
            Set<String> missed = new HashSet<>(found(scenario, true, finished));
            missed.forEach(f -> seen.merge(f.substring(0, f.indexOf('[')), 1, Integer::sum));
            missed.removeAll(proof.open().flatCollect(Proof.Open::findings).collect(SimulationTest::told).toSet());
            assertThat(missed).as("not among what stands in the way, %s", told).isEmpty();
        }
        System.out.printf("%d of %d systems followed, %d proven, %d violated on few CPUs: %s%n", followed, SYSTEMS, proven, violated, seen);
        assertThat(followed).isGreaterThan(SYSTEMS / 3);
        assertThat(proven).isGreaterThan(SYSTEMS / 20);
        assertThat(seen).containsKeys("data-race", "lost-update", "stale-element", "lock-discipline");
    }
}
