package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.step.Consistency;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** Findings on random small systems with maps, keys, locks, interrupts and timers, where others see stores later. */
class TotalStoreOrderFindingsTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 64);
    private static final int TOLD = SYSTEMS / 8;
    /** Systems beyond it are passed over, and counted. */
    private static final Limits SMALL = Limits.NONE.withMaxStates(4_000);

    private static Outcome<Observation> explored(Scenario scenario) {
        return explored(scenario, system -> system);
    }

    private static Outcome<Observation> explored(Scenario scenario, Function<BpfSystem, TransitionSystem> reduced) {
        return Systems.with(scenario, system -> Search.explore(reduced.apply(system), new PropertyJudge(system, Properties.all()), SMALL, Progress.NONE));
    }

    /** Of what is not followed, where somebody might still come is what counts, and of that stubborn sets know more. */
    private static Set<Observation> findings(Outcome<Observation> outcome) {
        Set<Observation> findings = new HashSet<>(outcome.findings().castToList());
        findings.removeIf(f -> f instanceof Gap);
        return findings;
    }

    /** To make every store visible at once is one way to go. */
    @Test
    void whatSequentialConsistencyShowsIsAmongThem() {
        Random random = new Random(11);
        int compared = 0;
        int more = 0;
        long full = 0;
        long reduced = 0;
        for (int i = 0; i < SYSTEMS; i++) {
            Scenario scenario = RandomSystems.next(random);
            Outcome<Observation> later = explored(scenario.over(Consistency.TOTAL_STORE_ORDER));
            if (later.end() instanceof Finished) {
                compared++;
                Set<Observation> found = new HashSet<>(later.findings().castToList());
                ImmutableList<Observation> atOnce = Lists.immutable.withAll(explored(scenario).findings());
                assertThat(found).as("system %d", i).containsAll(atOnce.castToList());
                more += found.size() > atOnce.size() ? 1 : 0;
                Outcome<Observation> some = explored(scenario.over(Consistency.TOTAL_STORE_ORDER), system -> new Selected(system, StubbornSets.of(system)));
                assertThat(findings(some)).as("system %d, by stubborn sets", i).isEqualTo(findings(later));
                full += later.figures().states();
                reduced += some.figures().states();
            }
        }
        assertThat(compared).isGreaterThan(SYSTEMS / 2);
        assertThat(more).as("systems that show more, gaps included").isPositive();
        assertThat(reduced).as("states by stubborn sets, of %d", full).isLessThan(full * 3 / 4);
    }

    /** Ways are replayed, with nothing forgotten, and told. */
    @Test
    void eachHasAWayThatCanBeTold() {
        Random random = new Random(12);
        var actions = new HashSet<String>();
        int told = 0;
        for (int i = 0; i < TOLD; i++) {
            Scenario scenario = RandomSystems.next(random).over(Consistency.TOTAL_STORE_ORDER);
            Verdict verdict = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), SMALL, Progress.NONE).check(scenario).verdict();
            if (verdict instanceof Verdict.Violated v) {
                for (Verdict.Fault fault : v.faults()) {
                    told += fault.counterexample().steps().isEmpty() ? 0 : 1;
                    fault.counterexample().steps().collect(Counterexample.Step::action).each(actions::add);
                    assertThat(fault.finding()).isInstanceOf(Finding.class);
                }
            }
        }
        assertThat(told).isPositive();
        assertThat(actions).contains("store buffered", "becomes visible");
    }
}
