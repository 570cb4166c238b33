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

    /** Findings of the same functions on the same map have one cause where their properties say so. */
    private record Cause(String kind, int map, ImmutableList<String> functions) {}

    public ImmutableList<Problem> of(ImmutableList<ScenarioResult> results) {
        Map<Cause, MutableList<Found>> causes = new LinkedHashMap<>();
        for (ScenarioResult result : results) {
            if (result.verdict() instanceof Verdict.Violated violated) {
                violated.faults().each(f -> causes.computeIfAbsent(cause(f.finding()), c -> Lists.mutable.empty()).add(new Found(f, result)));
            }
        }
        MutableList<Problem> problems = Lists.mutable.empty();
        causes.values().forEach(found -> problems.add(problem(found)));
        return problems.sortThis(Comparator.comparing((Problem p) -> p.fault().finding().level())
                .thenComparing(p -> p.fault().finding().about().order())).toImmutable();
    }

    private static Cause cause(Finding f) {
        return new Cause(f.about().cause(), f.subject().map(),
                f.places().collect(Place::function).distinct().toSortedList().toImmutable());
    }

    private Problem problem(MutableList<Found> found) {
        MutableList<Found> sorted = found.toSortedList(Comparator.comparing((Found f) -> !f.fault().counterexample().confirmed())
                .thenComparing(f -> f.fault().finding().level())
                .thenComparing(f -> f.fault().finding().about().order()));
        Found told = sorted.getFirst();
        Finding finding = told.fault().finding();
        ImmutableList<Finding> others = sorted.collect(f -> f.fault().finding()).distinct().reject(f -> f.equals(finding)).toImmutable();
        return new Problem(id(finding), told.fault(), told.scenario(), others, found.collect(Found::scenario).distinct().size());
    }

    private String id(Finding f) {
        return id(naming, f);
    }

    /** {@return a name for the finding that stays the same from build to build: property, field, functions} */
    public static String id(Naming naming, Finding f) {
        MutableList<String> functions = f.places().collect(Place::function).toSortedList();
        return f.property() + "/" + naming.field(f.subject()) + "/" + functions.makeString("+");
    }

    /** {@return whether any of the problems is an error} */
    public static boolean anyError(ImmutableList<Problem> problems) {
        return problems.anySatisfy(p -> p.fault().finding().level() == Level.ERROR);
    }
}
