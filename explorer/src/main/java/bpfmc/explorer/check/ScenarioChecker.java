package bpfmc.explorer.check;

import bpfmc.explorer.condition.StatedProperty;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.BpfSystem;
import bpfmc.explorer.scenario.ExactReplay;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Systems;
import bpfmc.explorer.scenario.Wanted;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Keep;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.search.Storing;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Exploration;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.StateGraph;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.thread.PrivateState;
import bpfmc.model.value.Symbol;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Explores a scenario and says what can be said of it. */
public final class ScenarioChecker {
    /** Of findings at the same places, how many are tried until one is confirmed. */
    private static final int MOST_TRIED = 4;

    private final ImmutableList<Property> properties;
    private final ImmutableList<RunSetProperty> onRequest;
    private final Limits limits;
    private final Progress progress;
    private final Set<Reduction> reductions;
    private final Storing storing;
    private final Threads threads;

    /** Uses every reduction. @param properties judged in every state @param onRequest judged of all runs together */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress) {
        this(properties, onRequest, limits, progress, EnumSet.allOf(Reduction.class));
    }

    /** @param properties judged in every state @param onRequest judged of all runs together @param reductions change counts only */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress,
            Set<Reduction> reductions) {
        this(properties, onRequest, limits, progress, reductions, Storing.ALL, new Threads(1));
    }

    /**
     * As above.
     *
     * @param storing in the search through all states; searches for counterexamples are exact, and not kept
     * @param threads help with the search through all states, and change no result
     */
    public ScenarioChecker(ImmutableList<Property> properties, ImmutableList<RunSetProperty> onRequest, Limits limits, Progress progress,
            Set<Reduction> reductions, Storing storing, Threads threads) {
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
        return Systems.withWhatMatters(scenario, !reductions.contains(Reduction.CONTENTS) || properties.anySatisfy(StatedProperty.class::isInstance),
                kept -> storing.checkpoint().of(kept.name()).width(), this::check);
    }

    private ScenarioResult check(BpfSystem system) {
        Judge<Observation> judge = new PropertyJudge(system, properties);
        Symmetry symmetry = symmetry(system);
        Outcome<Observation> outcome = Search.explore(reduced(system, symmetry), judge,
                storing.with(reductions.contains(Reduction.CHAINS) ? Keep.BRANCHING : Keep.ALL).of(system.kept().name()), limits, threads, progress);
        var reasons = unfinished(outcome, system);
        var faults = alike(outcome).isEmpty() || system.kept().everything() ? faults(system, symmetry, judge, outcome)
                : Systems.with(system.scenario(), whole -> faults(whole, symmetry(whole), new PropertyJudge(whole, properties), outcome));
        for (RunSetProperty property : onRequest) {
            RunSetProperty.Judgement judgement = property.judge(system.scenario(), limits);
            faults.addAllIterable(judgement.faults());
            reasons.addAllIterable(judgement.unfinished());
        }
        Verdict verdict = faults.notEmpty() ? new Verdict.Violated(faults.toImmutable(), reasons.toImmutable())
                : reasons.notEmpty() ? new Verdict.Inconclusive(reasons.toImmutable()) : new Verdict.Holds();
        return new ScenarioResult(system.scenario().name(),
                system.scenario().agents().collect(a -> new ScenarioResult.Agent(a.program().name(), a.cpu(), a.level().word())), verdict,
                new Exploration(outcome.figures().states(), outcome.figures().transitions(), outcome.figures().terminals(),
                        system.privateStates(), outcome.figures().nanos(), outcome.figures().bytes(), outcome.omission()));
    }

    /**
     * {@return the states that the search goes through, empty when they are too many for a picture} States that differ in the numbers of
     * CPUs only are told apart: a picture in which CPUs change places on the way helps nobody.
     */
    public Optional<StateGraph> graph(Scenario scenario) {
        return Systems.with(scenario, system -> new StateGraphs(system, new PropertyJudge(system, properties)).of(reduced(system, Symmetry.NONE)));
    }

    private Symmetry symmetry(BpfSystem system) {
        return reductions.contains(Reduction.SYMMETRY) ? system.symmetry() : Symmetry.NONE;
    }

    /** {@return the faults with their ways, which are looked for and told by all that memory holds; none for findings that no inputs lead to} */
    private MutableList<Fault> faults(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, Outcome<Observation> outcome) {
        Set<Gap> gaps = outcome.findings().toList().selectInstancesOf(Gap.class).toSet();
        return alike(outcome).collect(group -> fault(system, symmetry, judge, group, gaps)).select(Optional::isPresent).collect(Optional::get);
    }

    private TransitionSystem reduced(BpfSystem system, Symmetry symmetry) {
        TransitionSystem selected = reductions.contains(Reduction.STUBBORN) ? new Selected(system, system.stubbornSets()) : system;
        TransitionSystem byCpus = quotient(system, selected, symmetry);
        return reductions.contains(Reduction.ELEMENTS) ? quotient(system, byCpus, system.elementSymmetry()) : byCpus;
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

    /** Findings at the same places of the code are one, whichever bytes of the map they were seen at. */
    private record Alike(String property, Level level, int map, ImmutableList<Place> places) {
        static Alike of(Finding f) {
            return new Alike(f.property(), f.level(), f.subject().map(), f.places());
        }
    }

    private static MutableList<ImmutableList<Finding>> alike(Outcome<Observation> outcome) {
        Map<Alike, MutableList<Finding>> groups = new LinkedHashMap<>();
        outcome.findings().toList().selectInstancesOf(Finding.class)
                .each(f -> groups.computeIfAbsent(Alike.of(f), a -> Lists.mutable.empty()).add(f));
        return Lists.mutable.withAll(groups.values()).collect(MutableList::toImmutable);
    }

    /** {@return the first of several alike findings that inputs lead to; none when they lead to none of them} */
    private Optional<Fault> fault(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, ImmutableList<Finding> alike, Set<Gap> gaps) {
        Fault first = fault(system, symmetry, judge, alike.getFirst());
        for (int i = 1; i < Math.min(alike.size(), MOST_TRIED) && !first.counterexample().confirmed(); i++) {
            Fault next = fault(system, symmetry, judge, alike.get(i));
            first = next.counterexample().confirmed() ? next : first;
        }
        return first.counterexample().confirmed() || first.counterexample().steps().isEmpty() ? Optional.of(first) : decided(system, first, alike, gaps);
    }

    /** Where the ways that were tried are closed, or cannot be followed, all others are looked at too. */
    private Optional<Fault> decided(BpfSystem system, Fault possible, ImmutableList<Finding> alike, Set<Gap> gaps) {
        ExactSearch search = new ExactSearch(system.scenario(), properties, gaps, limits, reductions.contains(Reduction.STUBBORN));
        return switch (search.find(alike, (exact, finding) -> wanted(exact.system(), finding), this::told)) {
            case ExactSearch.Result.Reached<Fault> r -> Optional.of(r.way());
            case ExactSearch.Result.Refuted<Fault> r -> Optional.empty();
            case ExactSearch.Result.Undecided<Fault> u -> Optional.of(new Fault(possible.finding(), possible.counterexample().doubting(u.limit())));
        };
    }

    private Fault told(Goals.Reached way) {
        BpfSystem system = way.exact().system();
        Counterexample told = new Trace(system, way.path(), way.finding(), way.values(), Optional.empty()).counterexample();
        return new Fault(Culprit.added(system, way.path(), way.finding()), noted(told, system, way.path(), way.finding(), way.values(), way.ends()));
    }

    /** Where no inputs lead down the shortest way, the shortest to another state that shows the finding may be one that is taken. */
    private Fault fault(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, Finding finding) {
        Shows shows = new Shows(judge, finding, Lists.immutable.empty());
        PathResult shortest = path(system, system, symmetry, shows);
        PathResult result = shortest instanceof LimitReached && reductions.contains(Reduction.STUBBORN)
                ? path(system, new Selected(system, system.stubbornSets()), symmetry, shows) : shortest;
        return switch (result) {
            case PathResult.Found found -> shortest instanceof LimitReached l
                    ? new Fault(finding, told(system, found, finding).noting("Not the shortest way: looking for that reached a limit, " + l.figure()))
                    : confirmed(system, symmetry, found, shows);
            case LimitReached l -> new Fault(finding, Trace.missing("the search for the shortest counterexample reached a limit: "
                    + l.figure()));
            case PathResult.NotFound n -> throw new IllegalStateException("a state that showed " + finding + " cannot be found again");
        };
    }

    private Fault confirmed(BpfSystem system, Symmetry symmetry, PathResult.Found shortest, Shows anywhere) {
        Finding finding = anywhere.finding();
        Fault first = new Fault(Culprit.added(system, shortest.path(), finding), told(system, shortest, finding));
        Shows elsewhere = anywhere.but(shortest.path().last().toArray());
        for (int i = 1; i < MOST_TRIED && !first.counterexample().confirmed(); i++) {
            if (!(path(system, system, symmetry, elsewhere) instanceof PathResult.Found next)) {
                break;
            }
            Counterexample way = told(system, next, finding);
            first = way.confirmed() ? new Fault(Culprit.added(system, next.path(), finding), way) : first;
            elsewhere = elsewhere.but(next.path().last().toArray());
        }
        return first;
    }

    /** {@return a way to the finding through these steps of the system} */
    private PathResult path(BpfSystem system, TransitionSystem steps, Symmetry symmetry, Shows shows) {
        return ShortestPath.find(steps, symmetry, system.actors(), shows::in, limits);
    }

    /** Whether a state shows a finding. @param tried states that are not asked for any more */
    private record Shows(Judge<Observation> judge, Finding finding, ImmutableList<int[]> tried) {
        boolean in(int[] state, boolean terminal) {
            boolean[] shown = {false};
            judge.judge(state, terminal, found -> shown[0] |= found.equals(finding));
            return shown[0] && tried.noneSatisfy(t -> Arrays.equals(t, state));
        }

        Shows but(int[] state) {
            return new Shows(judge, finding, tried.newWith(state));
        }
    }

    private Counterexample told(BpfSystem system, PathResult.Found found, Finding finding) {
        ExactReplay.Result exact = ExactReplay.of(system, found.path(), wanted(system, finding));
        Counterexample way = new Trace(system, found.path(), finding, exact.inputs(), exact.doubt()).counterexample();
        return noted(way, system, found.path(), finding, exact.inputs(), exact.ends());
    }

    private Wanted wanted(BpfSystem system, Finding finding) {
        return stated(finding).map(s -> s.refuted(system.memory())).orElse(Wanted.NOTHING);
    }

    private Counterexample noted(Counterexample way, BpfSystem system, Path path, Finding finding, Map<Symbol, Long> inputs, ImmutableList<PrivateState> ends) {
        return stated(finding).map(s -> way.noting(s.told(system.snapshot(path.last().toArray()), inputs, ends))).orElse(way);
    }

    /** {@return the user's own condition that the finding is about, if it is} */
    private Optional<StatedProperty> stated(Finding finding) {
        return Optional.ofNullable(properties.selectInstancesOf(StatedProperty.class).detect(p -> p.name().equals(finding.property())));
    }
}
