package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.exact.FinalContents;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.system.symmetry.CpuSymmetry;
import bpfmc.explorer.system.symmetry.ElementSymmetry;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.memory.ElementIds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.collections.impl.factory.Sets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No reduction changes what is found, nor how the runs can end: random small systems, explored in full and by each choice of
 * reductions. {@code -Dbpfmc.systems=20000} is the nightly number.
 */
class ReductionEquivalenceTest {
    private static final List<Integer> MAPS = List.of(0, 1, 2, 3);
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 2_000) / 4;
    /** Systems beyond it are passed over, and counted. */
    private static final Limits SMALL = Limits.NONE.withMaxStates(20_000);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theSameFindingsAndTheSameEnds(long seed) {
        Random random = new Random(seed);
        int compared = 0;
        int timed = 0;
        long full = 0;
        long reduced = 0;
        var found = new TreeMap<String, Integer>();
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario scenario = RandomSystems.next(random);
            Outcome<Observation> all = explored(scenario, Reduction.Choice.none);
            if (!(all.end() instanceof Finished)) {
                continue;
            }
            compared++;
            timed += scenario.agents().anySatisfy(a -> a.program().async().isPresent()) ? 1 : 0;
            full += all.figures().states();
            all.findings().each(f -> found.merge(f.getClass().getSimpleName() + (f instanceof bpfmc.explorer.verdict.Finding x ? " " + x.property() : ""), 1, Integer::sum));
            Set<Observation> expected = new HashSet<>(all.findings().castToList());
            for (Reduction.Choice choice : Reduction.Choice.values()) {
                Outcome<Observation> some = explored(scenario, choice);
                assertThat(new HashSet<>(some.findings().castToList())).as("seed %d, system %d, --reduction %s: %s", seed, i, choice, told(scenario))
                        .isEqualTo(expected);
                assertThat(some.figures().states()).isLessThanOrEqualTo(all.figures().states());
                reduced += choice == Reduction.Choice.all ? some.figures().states() : 0;
            }
            if (all.figures().states() < 500) {
                var inFull = ends(scenario, false);
                var selected = ends(scenario, true);
                assertThat(reached(scenario, inFull, selected)).as("ends that reduction misses, seed %d, system %d: %s", seed, i, told(scenario)).isEmpty();
                assertThat(reached(scenario, selected, inFull)).as("ends that only reduction has, seed %d, system %d: %s", seed, i, told(scenario)).isEmpty();
            }
        }
        System.out.printf("%d of %d systems compared, %d states in full, %d reduced; %s%n", compared, SYSTEMS, full, reduced, found);
        assertThat(compared).isGreaterThan(SYSTEMS * 9 / 10);
        assertThat(timed).as("systems with a callback").isGreaterThan(SYSTEMS / 20);
        assertThat(found).containsKeys("Finding data-race", "Finding lost-update", "Finding deadlock", "Finding stale-element", "Finding clock-order");
    }

    private static TransitionSystem quotient(BpfSystem system, TransitionSystem steps, Symmetry symmetry) {
        return symmetry.trivial() ? steps : new Quotient(steps, symmetry, system.actors());
    }

    private static Outcome<Observation> explored(Scenario scenario, Reduction.Choice choice) {
        return Systems.withWhatMatters(scenario, !choice.reductions().contains(Reduction.CONTENTS), kept -> 0, system -> {
            TransitionSystem selected = choice.reductions().contains(Reduction.STUBBORN) ? new Selected(system, StubbornSets.of(system)) : system;
            Symmetry symmetry = choice.reductions().contains(Reduction.SYMMETRY) ? CpuSymmetry.of(system) : Symmetry.NONE;
            return Search.explore(quotient(system, quotient(system, selected, symmetry), choice.reductions().contains(Reduction.ELEMENTS) ? ElementSymmetry.of(system) : Symmetry.NONE),
                    new PropertyJudge(system, Properties.all()), choice.reductions().contains(Reduction.CHAINS) ? StoragePolicy.States.BRANCHING : StoragePolicy.States.ALL, SMALL, Progress.NONE);
        });
    }

    /** {@return the final contents of the maps by their texts, for each way in which keys may be equal} */
    private static Map<String, FinalContents> ends(Scenario scenario, boolean stubborn) {
        return Systems.unforgetting(scenario, system -> {
            TransitionSystem selected = stubborn ? new Selected(system, StubbornSets.of(system)) : system;
            Map<String, FinalContents> ends = new HashMap<>();
            Search.explore(selected, (state, terminal, sink) -> {
                if (terminal) {
                    FinalContents end = FinalContents.of(system, state);
                    ends.put(told(system, state, end), end);
                }
            }, Limits.NONE.withMaxStates(200_000), Progress.NONE);
            return ends;
        });
    }

    /**
     * {@return the ends of the one that the other does not have, and that inputs lead to} Where two runs know different things of
     * one input, a search may meet, by the order of steps, more ends than can be.
     */
    private static Set<String> reached(Scenario scenario, Map<String, FinalContents> ends, Map<String, FinalContents> others) {
        Set<String> more = new HashSet<>(ends.keySet());
        more.removeAll(others.keySet());
        more.removeIf(text -> ends.get(text).inputsOutside(scenario, Sets.immutable.empty()).isEmpty());
        return more;
    }

    /** Elements are numbered as they are met, and terms of a sum follow these numbers: here they have the names of their keys. */
    private static String told(BpfSystem system, int[] state, FinalContents end) {
        Map<String, String> names = new HashMap<>();
        Snapshot snapshot = system.snapshot(state);
        system.touchedElements().select(slot -> system.slots().name(slot).series() == ElementIds.Series.FIXED)
                .each(slot -> names.put("element" + slot, "element of " + system.slots().name(slot)));
        MAPS.forEach(map -> snapshot.bindings(map).classes().each(c -> names.put("element" + c.element(),
                "element of " + map + c.keys().collect(Object::toString).toSortedList())));
        String contents = end.contents().reject(c -> c.cells().filter(x -> x.cells().isEmpty()).isPresent())
                .collect(c -> c.map() + " " + c.keys().collect(Object::toString).toSortedList() + " " + c.cells()).toSortedList().makeString("", "\n", " " + end.ended());
        String named = Pattern.compile("element\\d+").matcher(contents).replaceAll(m -> Matcher.quoteReplacement(names.getOrDefault(m.group(), "gone element").replace('(', '<').replace(')', '>')));
        return Pattern.compile("\\(([^()]*)\\)").matcher(named).replaceAll(m -> "(" + String.join(" + ", new TreeSet<>(List.of(m.group(1).split(" \\+ ")))) + ")");
    }

    private static String told(Scenario scenario) {
        return scenario.agents().collect(a -> "CPU" + a.cpu() + " " + a.level() + " rank " + a.rank() + " " + a.program().name()
                + a.program().code()).makeString("\n", "\n", "");
    }
}
