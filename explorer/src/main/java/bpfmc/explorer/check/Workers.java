package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.explorer.verdict.Verdict.Reason.Strain;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Explores scenarios at the same time; threads that have none help with the others. What comes of them does not depend on how many threads
 * there are: a scenario that ends for want of time or memory is explored again, alone, before anything is said of it.
 */
record Workers(Threads threads) {

    /** {@return the results in the order of the scenarios} */
    ImmutableList<ScenarioResult> explore(ImmutableList<Scenario> scenarios, Function<Scenario, ScenarioResult> explorer) {
        Function<Scenario, ScenarioResult> search = s -> threads.searching(() -> explorer.apply(s));
        if (threads.count() == 1) {
            return scenarios.collect(search::apply);
        }
        if (scenarios.size() < 2) {
            return scenarios.collect(s -> alone(Optional.of(search.apply(s)), s, explorer, EnumSet.of(Strain.MEMORY)));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads.count(), scenarios.size()))) {
            List<Future<ScenarioResult>> results = scenarios.collect(s -> pool.submit(() -> search.apply(s))).castToList();
            try {
                for (Future<ScenarioResult> result : results) {
                    settled(result);
                }
            } catch (RuntimeException | Error e) {
                pool.shutdownNow();
                throw e;
            }
            return scenarios.collectWithIndex((s, i) -> alone(settled(results.get(i)), s, explorer, EnumSet.of(Strain.MEMORY, Strain.TIME)));
        }
    }

    /** {@return what came of it; empty when there was no memory for that} */
    private static Optional<ScenarioResult> settled(Future<ScenarioResult> result) {
        try {
            return Optional.of(result.get());
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case OutOfMemoryError full -> Optional.empty();
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                default -> throw new IllegalStateException(e.getCause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Several threads find out that there is no room a few states earlier or later than one does. */
    private ScenarioResult alone(Optional<ScenarioResult> first, Scenario scenario, Function<Scenario, ScenarioResult> explorer, Set<Strain> strains) {
        return first.filter(r -> r.verdict().unfinished().selectInstancesOf(Reason.Limit.class).noneSatisfy(l -> strains.contains(l.strain())))
                .orElseGet(() -> threads.alone(() -> explorer.apply(scenario)));
    }
}
