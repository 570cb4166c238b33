package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.Counterexamples;
import bpfmc.explorer.condition.UserProperty;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.SearchTask;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.system.symmetry.CpuSymmetry;
import bpfmc.explorer.system.symmetry.ElementSymmetry;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Lookups;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.StateGraph;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.program.MapDefinition;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** Explores a scenario and says what can be said of it. */
public final class ScenarioChecker {
    private final ImmutableList<Property> properties;
    private final ImmutableList<RunSetProperty> onRequest;
    private final Limits limits;
    private final Progress progress;
    private final Set<Reduction> reductions;
    private final StoragePolicy storing;
    private final Threads threads;

    /** Uses every reduction. @param properties judged in every state @param onRequest judged of all runs together */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress) {
        this(properties, onRequest, limits, progress, EnumSet.allOf(Reduction.class));
    }

    /** @param properties judged in every state @param onRequest judged of all runs together @param reductions change counts only */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress,
            Set<Reduction> reductions) {
        this(properties, onRequest, limits, progress, reductions, StoragePolicy.ALL, new Threads(1));
    }

    /**
     * As above.
     *
     * @param storing in the search through all states; searches for counterexamples are exact, and not kept
     * @param threads help with the search through all states, and change no result
     */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress,
            Set<Reduction> reductions, StoragePolicy storing, Threads threads) {
        this.threads = threads;
        this.storing = storing;
        this.reductions = Set.copyOf(reductions);
        this.properties = properties;
        this.onRequest = onRequest;
        this.limits = limits;
        this.progress = progress;
    }

    /** {@return the scenario's verdict; every fault with its shortest counterexample, replayed} */
    public ScenarioResult check(Scenario scenario) {
        return Systems.withWhatMatters(scenario, !reductions.contains(Reduction.CONTENTS) || properties.anySatisfy(UserProperty.class::isInstance),
                kept -> storing.checkpoint().of(kept.name()).width(), this::check);
    }

    private ScenarioResult check(BpfSystem system) {
        Judge<Observation> judge = new PropertyJudge(system, properties);
        Symmetry symmetry = symmetry(system);
        SearchTask<Observation> task = SearchTask.of(reduced(system, symmetry), judge).helpedBy(() -> helper(system.helper()));
        Outcome<Observation> outcome = Search.explore(task,
                storing.with(reductions.contains(Reduction.CHAINS) ? StoragePolicy.States.BRANCHING : StoragePolicy.States.ALL).of(system.kept().name()), limits, threads, progress);
        var reasons = unfinished(outcome, system);
        boolean found = outcome.findings().toList().anySatisfy(Finding.class::isInstance);
        var faults = !found || system.kept().everything() ? faults(system, symmetry, judge, outcome)
                : Systems.with(system.scenario(), whole -> faults(whole, symmetry(whole), new PropertyJudge(whole, properties), outcome));
        for (RunSetProperty property : onRequest) {
            RunSetProperty.Faults judgement = property.judge(system.scenario(), limits);
            faults.addAllIterable(judgement.faults());
            reasons.addAllIterable(judgement.unfinished());
        }
        Verdict verdict = faults.notEmpty() ? new Verdict.Violated(faults.toImmutable(), reasons.toImmutable())
                : reasons.notEmpty() ? new Verdict.Inconclusive(reasons.toImmutable()) : new Verdict.Holds();
        return HarmlessRaces.noted(new ScenarioResult(system.scenario().name(),
                Participants.of(system.scenario()), verdict,
                new ExplorationFigures(outcome.figures().states(), outcome.figures().transitions(), outcome.figures().terminals(),
                        system.privateStates(), outcome.figures().nanos(), outcome.figures().bytes(), outcome.omission())).with(lookups(system)).with(Accesses.of(system)));
    }

    /** {@return the task of a thread that helps} @param system its own */
    private SearchTask<Observation> helper(BpfSystem system) {
        return SearchTask.ofHelper(reduced(system, symmetry(system)), new PropertyJudge(system, properties), system.dictionary());
    }

    private static Lookups lookups(BpfSystem system) {
        ImmutableList<MapDefinition> maps = system.scenario().object().maps().select(m -> system.lookups(m.index(), true) + system.lookups(m.index(), false) > 0);
        return new Lookups(maps.select(m -> system.lookups(m.index(), true) > 0).collect(MapDefinition::name),
                maps.select(m -> system.lookups(m.index(), true) == 0).collect(MapDefinition::name));
    }

    /**
     * {@return the states that the search goes through, empty when they are too many for a picture} States that differ in the numbers of
     * CPUs only are told apart: a picture in which CPUs change places on the way helps nobody.
     */
    public Optional<StateGraph> graph(Scenario scenario) {
        return Systems.with(scenario, system -> new StateGraphs(system, new PropertyJudge(system, properties)).of(reduced(system, Symmetry.NONE)));
    }

    private Symmetry symmetry(BpfSystem system) {
        return reductions.contains(Reduction.SYMMETRY) ? CpuSymmetry.of(system) : Symmetry.NONE;
    }

    /** {@return the faults with their ways, which are looked for and told by all that memory holds; none for findings that no inputs lead to} */
    private MutableList<Fault> faults(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, Outcome<Observation> outcome) {
        return new Counterexamples(system, symmetry, judge, properties, limits, reductions.contains(Reduction.STUBBORN))
                .of(outcome.findings().toList().toImmutable()).toList();
    }

    private TransitionSystem reduced(BpfSystem system, Symmetry symmetry) {
        TransitionSystem selected = reductions.contains(Reduction.STUBBORN) ? new Selected(system, StubbornSets.of(system)) : system;
        TransitionSystem byCpus = quotient(system, selected, symmetry);
        return reductions.contains(Reduction.ELEMENTS) ? quotient(system, byCpus, ElementSymmetry.of(system)) : byCpus;
    }

    private static TransitionSystem quotient(BpfSystem system, TransitionSystem steps, Symmetry symmetry) {
        return symmetry.trivial() ? steps : new Quotient(steps, symmetry, system.actors());
    }

    private static MutableList<Reason> unfinished(Outcome<Observation> outcome, BpfSystem system) {
        var reasons = outcome.findings().toList().selectInstancesOf(Gap.class).<Reason>collect(Reason.Unsupported::new);
        switch (outcome.end()) {
            case Finished f -> { }
            case LimitReached l -> reasons.add(Limited.by(l, system));
        }
        return reasons;
    }
}
