package bpfmc.explorer.check.witness;

import bpfmc.explorer.condition.UserProperty;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.ManyGoals;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.exact.ExactReplay;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Decisions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.map.primitive.MutableObjectIntMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.primitive.ObjectIntMaps;

/** Looks for ways to the findings of a search, and for inputs that lead down them. */
public final class Counterexamples {
    /** Of findings at the same places, how many are tried until one is confirmed. */
    private static final int MOST_TRIED = 4;

    /** Most groups of conditions that are decided. */
    private static final int MOST_DECISIONS = 3000;

    private final BpfSystem system;
    private final Symmetry symmetry;
    private final Judge<Observation> judge;
    private final ImmutableList<Property> properties;
    private final Limits limits;
    private final boolean selected;
    private final Decisions decisions;

    /** @param selected whether steps that nobody's future can touch may be left for later, where a search would be too long */
    public Counterexamples(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, ImmutableList<Property> properties, Limits limits, boolean selected) {
        this(system, symmetry, judge, properties, limits, selected, new Decisions(MOST_DECISIONS, () -> limits.run().reached().isPresent()));
    }

    private Counterexamples(BpfSystem system, Symmetry symmetry, Judge<Observation> judge, ImmutableList<Property> properties, Limits limits, boolean selected,
            Decisions decisions) {
        this.decisions = decisions;
        this.system = system;
        this.symmetry = symmetry;
        this.judge = judge;
        this.properties = properties;
        this.limits = limits;
        this.selected = selected;
    }

    /** {@return the faults with their ways; none for findings that no inputs lead to} @param observed what the states of the system show */
    public ImmutableList<Fault> of(ImmutableList<Observation> observed) {
        Set<Gap> gaps = observed.selectInstancesOf(Gap.class).toSet();
        MutableList<ImmutableList<Finding>> groups = alike(observed);
        ImmutableMap<Finding, PathResult> ways = ways(groups.collect(ImmutableList::getFirst).toImmutable());
        return groups.collectWithIndex((group, i) -> sharing(groups.size() - i).fault(group, ways, gaps)).select(Optional::isPresent).collect(Optional::get)
                .toImmutable();
    }

    /** {@return the same, with one part in so many of the time that the run has left} */
    private Counterexamples sharing(int parts) {
        return new Counterexamples(system, symmetry, judge, properties, limits.share(parts), selected, decisions);
    }

    /** Findings at the same places of the code are one, whichever bytes of the map they were seen at. */
    private record Alike(String property, Level level, int map, ImmutableList<Place> places) {
        static Alike of(Finding f) {
            return new Alike(f.property(), f.level(), f.subject().map(), f.places());
        }
    }

    private static MutableList<ImmutableList<Finding>> alike(ImmutableList<Observation> observed) {
        Map<Alike, MutableList<Finding>> groups = new LinkedHashMap<>();
        observed.selectInstancesOf(Finding.class)
                .each(f -> groups.computeIfAbsent(Alike.of(f), a -> Lists.mutable.empty()).add(f));
        return Lists.mutable.withAll(groups.values()).collect(MutableList::toImmutable);
    }

    /** {@return the first of several alike findings that inputs lead to; none when they lead to none of them} */
    private Optional<Fault> fault(ImmutableList<Finding> alike, ImmutableMap<Finding, PathResult> ways, Set<Gap> gaps) {
        try {
            return found(alike, ways, gaps);
        } catch (OutOfMemoryError full) {
            return Optional.of(untold(alike.getFirst(), limits.run().full()));
        }
    }

    /** {@return what was found, possible as far as is known: what would tell more met a limit} */
    private static Fault untold(Finding finding, LimitReached limit) {
        return new Fault(finding, Trace.missing("the search for the shortest counterexample reached a limit: " + limit.figure()));
    }

    private Optional<Fault> found(ImmutableList<Finding> alike, ImmutableMap<Finding, PathResult> ways, Set<Gap> gaps) {
        Fault first = fault(alike.getFirst(), ways.get(alike.getFirst()));
        for (int i = 1; i < Math.min(alike.size(), MOST_TRIED) && !first.counterexample().confirmed(); i++) {
            Fault next = fault(alike.get(i), path(system, new Shows(judge, alike.get(i), Lists.immutable.empty()), limits.share(2)));
            first = next.counterexample().confirmed() ? next : first;
        }
        return first.counterexample().confirmed() || first.counterexample().steps().isEmpty() ? Optional.of(first) : decided(first, alike, gaps);
    }

    /** Where the ways that were tried are closed, or cannot be followed, all others are looked at too. */
    private Optional<Fault> decided(Fault possible, ImmutableList<Finding> alike, Set<Gap> gaps) {
        ExactSearch search = new ExactSearch(system.scenario(), properties, gaps, limits, decisions);
        return switch (search.find(alike, (exact, finding) -> wanted(exact.system(), finding), this::told)) {
            case ExactSearch.Result.Reached<Fault> r -> Optional.of(r.way());
            case ExactSearch.Result.Refuted<Fault> r -> Optional.empty();
            case ExactSearch.Result.Undecided<Fault> u -> Optional.of(new Fault(possible.finding(), possible.counterexample().doubting(u.limit())));
        };
    }

    private Fault told(Goals.Reached way) {
        BpfSystem exact = way.exact().system();
        Counterexample told = new Trace(exact, way.path(), way.finding(), way.values(), Optional.empty()).counterexample();
        return new Fault(complete(exact, way.path(), way.finding()), noted(told, exact, way.path(), way.finding(), way.values(), way.ends()));
    }

    /** Where no inputs lead down the shortest way, the shortest to another state that shows the finding may be one that is taken. */
    private Fault fault(Finding finding, PathResult shortest) {
        Shows shows = new Shows(judge, finding, Lists.immutable.empty());
        PathResult result = shortest instanceof LimitReached && selected
                ? path(new Selected(system, StubbornSets.of(system)), shows, limits) : shortest;
        return switch (result) {
            case PathResult.Found found -> shortest instanceof LimitReached l
                    ? new Fault(finding, told(found, finding).noting("Not the shortest way: looking for that reached a limit, " + l.figure()))
                    : confirmed(found, shows);
            case LimitReached l -> untold(finding, l);
            case PathResult.NotFound n -> throw new IllegalStateException("a state that showed " + finding + " cannot be found again");
        };
    }

    private Fault confirmed(PathResult.Found shortest, Shows anywhere) {
        Finding finding = anywhere.finding();
        Fault first = new Fault(complete(system, shortest.path(), finding), told(shortest, finding));
        Shows elsewhere = anywhere.but(shortest.path().last().toArray());
        for (int i = 1; i < MOST_TRIED && !first.counterexample().confirmed(); i++) {
            if (!(path(system, elsewhere, limits.share(2)) instanceof PathResult.Found next)) {
                break;
            }
            Counterexample way = told(next, finding);
            first = way.confirmed() ? new Fault(complete(system, next.path(), finding), way) : first;
            elsewhere = elsewhere.but(next.path().last().toArray());
        }
        return first;
    }

    /** {@return the shortest way to each of the findings} One search looks for all of them, within the limits of one. */
    private ImmutableMap<Finding, PathResult> ways(ImmutableList<Finding> findings) {
        MutableObjectIntMap<Finding> numbers = ObjectIntMaps.mutable.empty();
        findings.forEachWithIndex(numbers::put);
        ManyGoals goals = (state, terminal, reached) -> judge.judge(state, terminal, shown -> {
            int number = shown instanceof Finding f ? numbers.getIfAbsent(f, -1) : -1;
            if (number >= 0) {
                reached.accept(number);
            }
        });
        ImmutableList<PathResult> found = findings.isEmpty() ? Lists.immutable.empty()
                : ShortestPath.findAll(system, symmetry, system.actors(), goals, findings.size(), selected ? limits.share(2) : limits);
        MutableMap<Finding, PathResult> ways = Maps.mutable.empty();
        findings.forEachWithIndex((finding, number) -> ways.put(finding, found.get(number)));
        return ways.toImmutable();
    }

    /** {@return a way to the finding through these steps of the system} */
    private PathResult path(TransitionSystem steps, Shows shows, Limits within) {
        return ShortestPath.find(steps, symmetry, system.actors(), shows::in, within);
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

    private Counterexample told(PathResult.Found found, Finding finding) {
        ExactReplay.Result exact = ExactReplay.of(system, found.path(), wanted(system, finding), decisions);
        Counterexample way = new Trace(system, found.path(), finding, exact.inputs(), exact.doubt()).counterexample();
        return noted(way, system, found.path(), finding, exact.inputs(), exact.ends());
    }

    private TargetCondition wanted(BpfSystem in, Finding finding) {
        return stated(finding).map(s -> s.refuted(in.memory())).orElseGet(() -> properties.detectOptional(p -> p.name().equals(finding.property()))
                .map(p -> p.wanted(finding)).orElse(TargetCondition.NOTHING));
    }

    private Counterexample noted(Counterexample way, BpfSystem in, Path path, Finding finding, Map<Symbol, Long> inputs, ImmutableList<PrivateState> ends) {
        return stated(finding).map(s -> way.noting(s.told(in.snapshot(path.last().toArray()), inputs, ends))).orElse(way);
    }

    /** {@return the user's own condition that the finding is about, if it is} */
    private Optional<UserProperty> stated(Finding finding) {
        return Optional.ofNullable(properties.selectInstancesOf(UserProperty.class).detect(p -> p.name().equals(finding.property())));
    }

    /** {@return the finding with the place that only its path tells} */
    private static Finding complete(BpfSystem system, Path path, Finding finding) {
        return LostStore.added(system, path, StaleCause.added(system, path, finding));
    }
}
