package bpfmc.explorer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.explorer.check.CheckRequest.Exploring;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.InputException;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;
import org.junit.jupiter.api.Test;

/** The way from an object to verdicts, called as a library would call it. */
class ObjectCheckTest {
    private static BpfObject sample(String name) {
        return ObjectReader.read(Path.of("../specs/" + name + ".bpf.o"));
    }

    private static Checked check(CheckRequest request) {
        try (var threads = new Threads(1)) {
            return ObjectCheck.of(request, CheckEnvironment.quiet(threads));
        }
    }

    private static Exploring within(Limits limits) {
        Exploring usual = Exploring.USUAL;
        return new Exploring(limits, usual.model(), usual.reduction(), usual.compaction(), usual.outcomes(), usual.graphs());
    }

    private static AgentSpec agent(String program, int cpu) {
        return new AgentSpec(program, OptionalInt.of(cpu), Optional.empty(), 1, Lists.immutable.empty(), "here:1:1");
    }

    @Test
    void exploresTheSameCodeOnceWhereItHolds() {
        Checked checked = check(CheckRequest.of(sample("nesting/same_code")));
        assertThat(checked.results().select(r -> r.like().isPresent()).collect(r -> r.name() + " as " + r.like().get())).containsExactly(
                "issued + issued as inserted + inserted", "issued < inserted as inserted < issued",
                "issued < inserted + issued < inserted as inserted < issued + inserted < issued");
        assertThat(checked.results().select(r -> r.name().equals("issued + issued")).flatCollect(ScenarioResult::agents).collect(ScenarioResult.Agent::program))
                .containsExactly("issued", "issued");
        assertThat(checked.results().collect(ScenarioResult::verdict)).allMatch(v -> v instanceof Verdict.Holds);
    }

    @Test
    void exploresEachWhereTheSameCodeDoesNotHold() {
        Checked checked = check(CheckRequest.of(sample("nesting/two_fentry")));
        assertThat(checked.results().collect(ScenarioResult::verdict)).anyMatch(v -> v instanceof Verdict.Violated);
        assertThat(checked.results().select(r -> r.like().isPresent()).collect(ScenarioResult::name)).containsExactly("closed + closed");
    }

    @Test
    void checksOneFormOfAHookUnlessAllAreAskedFor() {
        CheckRequest request = CheckRequest.of(sample("nesting/two_forms"));
        Checked checked = check(request);
        assertThat(checked.results().collect(ScenarioResult::name)).containsExactly("by_btf + by_btf");
        assertThat(checked.scope().settings()).contains("NOT CHECKED, other forms of hooks that are checked: by_number (--all-alternatives)");
        Checked all = check(request.with(new ProgramChoice(Lists.immutable.empty(), (object, name) -> true, true)));
        assertThat(all.results().collect(ScenarioResult::name)).containsExactly("by_btf + by_btf", "by_btf + by_number", "by_number + by_number");
        assertThat(all.scope().settings()).noneMatch(t -> t.contains("NOT CHECKED"));
        Checked named = check(request.with(new ProgramChoice(Lists.immutable.with("by_number"), (object, name) -> true, false)));
        assertThat(named.results().collect(ScenarioResult::name)).containsExactly("by_number + by_number");
    }

    @Test
    void checksEveryPairAndSaysWhatThatRestsOn() {
        Checked checked = check(CheckRequest.of(sample("race/torn_read")));
        assertThat(checked.results().collect(ScenarioResult::name)).containsExactly("record + record", "record + shape", "shape + shape");
        assertThat(checked.results().collect(r -> r.verdict().getClass().getSimpleName())).containsExactly("Holds", "Violated", "Holds");
        Scope scope = checked.scope();
        assertThat(scope.bounds()).isEqualTo("2 CPUs, 1 run each, every input, any map contents, sequentially consistent");
        assertThat(scope.properties().collect(Explanation::name)).contains("data-race", "deadlock").doesNotContain("atomicity");
        assertThat(scope.assumptions()).contains("the lock rules of Linux 7.3");
        assertThat(checked.rules().rejected()).isFalse();
    }

    @Test
    void exploresNamedAgentsAlone() {
        var request = CheckRequest.of(sample("race/torn_read")).withAgents(Lists.immutable.with(agent("shape", 0), agent("shape", 1)));
        Checked checked = check(request);
        assertThat(checked.results()).hasSize(1).allSatisfy(r -> assertThat(r.verdict()).isEqualTo(new Verdict.Holds()));
        assertThat(checked.scope().settings()).contains("agents as the scenario says", "NOT CHECKED, no agents of a scenario: record");
    }

    @Test
    void doesNotExploreWhatTheKernelRefuses() {
        Checked checked = check(CheckRequest.of(sample("refused/missing_unlock")));
        assertThat(checked.rules().findings().collect(Finding::rule)).containsExactly("unlock-before-exit");
        assertThat(checked.results()).isNotEmpty().allSatisfy(r -> {
            assertThat(r.verdict()).isInstanceOf(Verdict.Rejected.class);
            assertThat(r.exploration().states()).isZero();
        });
    }

    @Test
    void whatALimitEndsDoesNotHold() {
        Checked checked = check(CheckRequest.of(sample("lock/hash_elem")).exploring(within(Limits.NONE.withMaxStates(1))));
        assertThat(checked.results()).isNotEmpty().allSatisfy(r -> assertThat(r.verdict()).isInstanceOf(Verdict.Inconclusive.class));
    }

    @Test
    void tellsOfEverySearchAndKeepsWhereItIsTold() {
        var told = new ArrayList<String>();
        var kept = new ArrayList<String>();
        CheckEnvironment.Listener listener = new CheckEnvironment.Listener() {
            @Override
            public void expect(int searches) {
                told.add("expect " + searches);
            }

            @Override
            public Task begin(String search) {
                told.add("begin " + search);
                return new Task() {
                    @Override
                    public void at(bpfmc.explorer.search.Figures figures) {}

                    @Override
                    public void end() {
                        told.add("end");
                    }
                };
            }
        };
        try (var threads = new Threads(1)) {
            ObjectCheck.of(CheckRequest.of(sample("lock/hash_elem")), new CheckEnvironment(threads, listener, (object, scenario, choices) -> keep(kept, scenario, choices),
                    () -> 0, 0, () -> false));
        }
        assertThat(told).containsExactly("expect 1", "begin hash_elem.bpf.o: count + count", "end", "expect 0");
        assertThat(kept).hasSize(1).allSatisfy(k -> assertThat(k).startsWith("count + count [[SYMMETRY, ELEMENTS, STUBBORN, CHAINS, CONTENTS], "));
    }

    private static Checkpoint keep(List<String> kept, Scenario scenario, List<?> choices) {
        kept.add(scenario.name() + " " + choices);
        return Checkpoint.NONE;
    }

    /** {@return what comes of a check that is stopped when it has asked so often whether it is} */
    private static Checked stopped(String sample, int after) {
        var asked = new AtomicInteger();
        try (var threads = new Threads(1)) {
            return ObjectCheck.of(CheckRequest.of(sample(sample)), new CheckEnvironment(threads, CheckEnvironment.Listener.NONE, CheckEnvironment.Keeper.NOTHING,
                    () -> 0, 0, () -> asked.incrementAndGet() > after));
        }
    }

    @Test
    void scenariosThatTheRunHasNoTimeForAreInconclusive() {
        var clock = new AtomicLong();
        try (var threads = new Threads(1)) {
            Checked checked = ObjectCheck.of(CheckRequest.of(sample("race/torn_read")).exploring(new CheckRequest.Exploring(Limits.NONE.withTimeout(Duration.ofSeconds(20)),
                    CheckRequest.MemoryModels.sc, Reduction.Choice.all, Optional.empty(), false, false)),
                    new CheckEnvironment(threads, CheckEnvironment.Listener.NONE, CheckEnvironment.Keeper.NOTHING, () -> clock.addAndGet(21_000_000_000L), 0, () -> false));
            assertThat(checked.results()).isNotEmpty().allSatisfy(r -> assertThat(r.verdict()).isInstanceOfSatisfying(Verdict.Inconclusive.class, i ->
                    assertThat(i.reasons()).singleElement().isInstanceOfSatisfying(Verdict.Reason.Limit.class, l -> {
                        assertThat(l.limit()).isEqualTo("more than 20.0 s");
                        assertThat(l.way()).startsWith("nothing of it was explored: raise --timeout");
                        assertThat(l.strain()).isEqualTo(Verdict.Reason.Strain.TIME);
                    })));
        }
    }

    /** Wherever a run is stopped: nothing holds, what was found is told, and is confirmed only with its way. */
    @Test
    void whatIsKnownWhenTheRunIsStoppedIsTold() {
        var kinds = new TreeSet<String>();
        for (int after = 0;; after++) {
            ImmutableList<ScenarioResult> results = stopped("race/plain_store", after).results();
            assertThat(results).isNotEmpty();
            for (ScenarioResult r : results) {
                kinds.add(switch (r.verdict()) {
                    case Verdict.Holds h -> "holds";
                    case Verdict.Rejected x -> "rejected";
                    case Verdict.Inconclusive i -> i.reasons().toString().contains("nothing of it was explored") ? "not begun" : "begun";
                    case Verdict.Violated v -> v.faults().allSatisfy(f -> f.counterexample().confirmed() && f.counterexample().steps().notEmpty()) ? "confirmed"
                            : v.faults().anySatisfy(f -> f.counterexample().doubt().orElse("").contains("a signal to stop")) ? "possible" : "undecided";
                });
            }
            if (kinds.contains("confirmed")) {
                break;
            }
            assertThat(after).as("times asked").isLessThan(500);
        }
        assertThat(kinds).contains("not begun", "possible", "confirmed").doesNotContain("rejected");
    }

    @Test
    void whatNamesNothingIsAnInputError() {
        BpfObject object = sample("race/torn_read");
        assertThatThrownBy(() -> check(CheckRequest.of(object).withMaps(Lists.immutable.with("sample")))).isInstanceOf(InputException.class)
                .hasMessageContaining("there is no map 'sample'; did you mean 'samples'?");
        assertThatThrownBy(() -> check(CheckRequest.of(object).withAgents(Lists.immutable.with(agent("records", 0))))).isInstanceOf(InputException.class)
                .hasMessageContaining("here:1:1: there is no program 'records'; did you mean 'record'?");
        var interrupts = new InterruptChoice(InterruptChoice.Where.none, SortedMaps.immutable.with("shapes", ContextLevel.TASK), InterruptChoice.USUAL.rules());
        assertThatThrownBy(() -> check(CheckRequest.of(object).with(interrupts))).isInstanceOf(InputException.class).hasMessageContaining("there is no program 'shapes'");
    }

    @Test
    void interruptsAreWhereTheyAreAskedFor() {
        BpfObject object = sample("nesting/plain");
        var names = check(CheckRequest.of(object)).results().collect(ScenarioResult::name);
        assertThat(names).contains("connecting < incoming", "connecting < incoming + connecting < incoming");
        var one = new InterruptChoice(InterruptChoice.Where.one, SortedMaps.immutable.empty(), InterruptChoice.USUAL.rules());
        assertThat(check(CheckRequest.of(object).with(one)).results().collect(ScenarioResult::name)).contains("connecting < incoming")
                .doesNotContain("connecting < incoming + connecting < incoming");
        var none = new InterruptChoice(InterruptChoice.Where.none, SortedMaps.immutable.empty(), InterruptChoice.USUAL.rules());
        Checked without = check(CheckRequest.of(object).with(none));
        assertThat(without.results().collect(ScenarioResult::name)).noneSatisfy(n -> assertThat(n).contains("<"));
        assertThat(without.scope().settings()).contains("no interrupts (--interrupts none)");
    }
}
