package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.program.BpfObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Sorts the faults of all scenarios into problems. */
public final class Problems {
    private final Naming naming;

    public Problems(BpfObject object) {
        this.naming = new Naming(object);
    }

    private record Found(Fault fault, ScenarioResult scenario) {}

    /** What findings have in common that one fix mends. @param order of accesses, where that is what is at fault */
    private record Key(String kind, int map, Optional<Cause.Order> order, ImmutableList<String> functions) {}

    public ImmutableList<Problem> of(ImmutableList<ScenarioResult> results) {
        Map<Key, MutableList<Found>> found = new LinkedHashMap<>();
        Causes causes = new Causes(naming, results);
        for (ScenarioResult result : results) {
            if (result.verdict() instanceof Verdict.Violated violated) {
                violated.faults().each(f -> found.computeIfAbsent(key(causes, f.finding()), k -> Lists.mutable.empty()).add(new Found(f, result)));
            }
        }
        MutableList<Problem> problems = Lists.mutable.empty();
        found.values().forEach(f -> problems.add(problem(causes, f)));
        return problems.sortThis(Comparator.comparing((Problem p) -> p.fault().finding().level())
                .thenComparing(p -> p.fault().finding().about().order())).toImmutable();
    }

    private static Key key(Causes causes, Finding f) {
        Optional<Cause> cause = causes.of(f);
        ImmutableList<Place> toMend = cause.map(c -> (c.odd().isEmpty() ? c.accesses() : c.odd()).flatCollect(Cause.Row::places)).orElse(f.places());
        return new Key(f.about().cause(), f.subject().map(), cause.map(Cause::order), toMend.collect(Place::function).distinct().toSortedList().toImmutable());
    }

    /** The one that is told shows an odd access beside one that is as it should be, where there is such a one. */
    private Problem problem(Causes causes, MutableList<Found> found) {
        MutableList<Found> sorted = found.toSortedList(Comparator.comparing((Found f) -> !f.fault().counterexample().confirmed())
                .thenComparing(f -> f.fault().finding().level())
                .thenComparing(f -> f.fault().finding().about().order())
                .thenComparing(f -> !causes.of(f.fault().finding()).map(c -> f.fault().finding().places().anySatisfy(p -> !c.blames(p))).orElse(true)));
        Found told = sorted.getFirst();
        Finding finding = told.fault().finding();
        ImmutableList<Finding> others = sorted.collect(f -> f.fault().finding()).distinct().reject(f -> f.equals(finding)).toImmutable();
        return new Problem(id(finding), told.fault(), told.scenario(), others, found.collect(Found::scenario).distinct().size(), causes.of(finding));
    }

    private String id(Finding f) {
        return id(naming, f);
    }

    /** {@return a name for the finding that stays the same from build to build: property, field, functions} */
    public static String id(Naming naming, Finding f) {
        MutableList<String> functions = f.parties().collect(Place::function).toSortedList();
        return f.property() + "/" + naming.field(f.subject()) + "/" + functions.makeString("+");
    }

    /** {@return whether any of the problems is an error} */
    public static boolean anyError(ImmutableList<Problem> problems) {
        return problems.anySatisfy(p -> p.fault().finding().level() == Level.ERROR);
    }
}
