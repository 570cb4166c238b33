package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.Likeness;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.program.BpfProgram;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Explores scenarios that differ in names only once: where the first of them holds, all of them do. Where it does not, each is explored, as each
 * has its own lines and names to tell.
 *
 * @param namesMatter of which scenarios what comes hangs on the names of programs, too
 * @param ended is told of those that are not explored themselves
 */
record AlikeScenarios(Contexts contexts, Predicate<Scenario> namesMatter, Consumer<ScenarioResult> ended) {
    /** Explores scenarios, and gives the results in their order. */
    interface Explorer {
        ImmutableList<ScenarioResult> explore(ImmutableList<Scenario> scenarios);
    }

    /** {@return the results in the order of the scenarios} */
    ImmutableList<ScenarioResult> explore(ImmutableList<Scenario> scenarios, Explorer explorer) {
        Map<Scenario, Scenario> like = like(scenarios);
        ImmutableList<Scenario> first = scenarios.reject(like::containsKey);
        Map<Scenario, ScenarioResult> results = new IdentityHashMap<>();
        add(results, first, explorer.explore(first));
        ImmutableList<Scenario> others = scenarios.select(s -> like.containsKey(s) && !(results.get(like.get(s)).verdict() instanceof Verdict.Holds));
        if (others.notEmpty()) {
            add(results, others, explorer.explore(others));
        }
        scenarios.reject(results::containsKey).each(s -> {
            ScenarioResult same = results.get(like.get(s)).of(s.name(), Participants.of(s), place -> in(like.get(s), s, place));
            results.put(s, same);
            ended.accept(same);
        });
        return scenarios.collect(results::get);
    }

    /** {@return for each scenario that is like an earlier one, the first of these} */
    private Map<Scenario, Scenario> like(ImmutableList<Scenario> scenarios) {
        Map<Likeness, Scenario> seen = new HashMap<>();
        Map<Scenario, Scenario> like = new IdentityHashMap<>();
        for (Scenario s : scenarios) {
            Optional<Likeness> likeness = namesMatter.test(s) ? Optional.empty() : Likeness.of(s, contexts);
            likeness.map(l -> seen.putIfAbsent(l, s)).ifPresent(earlier -> like.put(s, earlier));
        }
        return like;
    }

    /** {@return the same place of a scenario's program in that of another one with the same code} */
    private static Place in(Scenario scenario, Scenario other, Place place) {
        BpfProgram program = other.agents().get(scenario.agents().detectIndex(a -> a.program().name().equals(place.program()))).program();
        return new Place(program.name(), program.functionAt(place.slot()).name(), place.slot(), place.act());
    }

    private static void add(Map<Scenario, ScenarioResult> results, ImmutableList<Scenario> scenarios, ImmutableList<ScenarioResult> found) {
        scenarios.zip(found).each(p -> results.put(p.getOne(), p.getTwo()));
    }
}
