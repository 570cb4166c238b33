package bpfmc.explorer.check.witness;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;

/** How findings of samples come about, without the checker and without reports. */
class CounterexamplesTest {
    private static ImmutableList<Fault> faults(String sample, String name, Limits limits) {
        BpfObject object = ObjectReader.read(Path.of("../specs/" + sample + ".bpf.o"));
        var extent = new ScenarioSpace(object, object.programs(), object.maps().collectInt(MapDefinition::index).toSet().toImmutable(), 2, 1, CpuRules.DEFAULT,
                Contexts.OF_SECTIONS);
        Scenario scenario = Pairs.of(extent).detect(s -> s.name().equals(name));
        return Systems.with(scenario, system -> {
            var judge = new PropertyJudge(system, Properties.all());
            ImmutableList<Observation> observed = Search.<Observation>explore(system, judge, Limits.NONE, Progress.NONE).findings().toList().toImmutable();
            return new Counterexamples(system, Symmetry.NONE, judge, Properties.all(), limits, false).of(observed);
        });
    }

    private static Fault only(ImmutableList<Fault> faults, String property) {
        ImmutableList<Fault> those = faults.select(f -> f.finding().property().equals(property));
        assertThat(those).as(property).isNotEmpty();
        return those.getFirst();
    }

    @Test
    void aLostUpdateShowsBothLoadsAndTheStoreInBetween() {
        Fault fault = only(faults("lock/hash_elem_no_lock", "count + count", Limits.NONE), "lost-update");
        Counterexample way = fault.counterexample();
        assertThat(way.confirmed()).isTrue();
        ImmutableList<Step> touching = way.steps().select(s -> s.action().equals("load") || s.action().equals("store"));
        assertThat(touching.collect(Step::action)).containsExactly("load", "load", "store", "store");
        assertThat(touching.getLast().pending()).isTrue();
        assertThat(touching.get(0).cpu()).isNotEqualTo(touching.get(1).cpu());
        assertThat(touching.get(0).value()).isEqualTo(touching.get(1).value());
        assertThat(touching.get(2).value()).isEqualTo(touching.get(3).value());
    }

    /** Who made the element stale is no part of the state that shows it; its place comes from the way. */
    @Test
    void aStaleElementNamesWhoMadeItStale() {
        Fault fault = only(faults("hash/delete_while_counting", "count + forget", Limits.NONE), "stale-element");
        assertThat(fault.finding().places().collect(p -> p.program() + " " + p.act())).contains("forget " + Act.UPDATE);
        assertThat(fault.counterexample().steps().collect(Step::action)).containsSubsequence("lookup", "delete", "atomic add");
    }

    @Test
    void aDeadlockTellsWhoWaitsForWhom() {
        Fault fault = only(faults("refused/abba", "ingress + egress", Limits.NONE), "deadlock");
        assertThat(fault.counterexample().notes()).hasSize(2).allSatisfy(n -> assertThat(n).contains(" waits for the lock of ").endsWith("; it waits too"));
        assertThat(fault.counterexample().steps().select(Step::pending)).hasSize(2).allSatisfy(s -> assertThat(s.before()).doesNotMatch("\\d+"));
    }

    @Test
    void inputsAreNamedAsTheSourceNamesThem() {
        Fault fault = only(faults("clock/interval_wraps", "sample + sample", Limits.NONE), "clock-order");
        assertThat(fault.counterexample().confirmed()).isTrue();
        assertThat(fault.counterexample().inputs()).anySatisfy(i -> assertThat(i).matches("CPU\\d: clock at :30 = \\d+"));
    }

    /** A finding stays when the search for its way ends at a limit; what is known of the way is nothing, and that is said. */
    @Test
    void whatCannotBeFoundAgainInTimeIsPossible() {
        Fault fault = only(faults("lock/hash_elem_no_lock", "count + count", Limits.NONE.withMaxStates(1)), "lost-update");
        assertThat(fault.counterexample().confirmed()).isFalse();
        assertThat(fault.counterexample().steps()).isEmpty();
        assertThat(fault.counterexample().doubt()).hasValueSatisfying(d -> assertThat(d).contains("reached a limit"));
    }
}
