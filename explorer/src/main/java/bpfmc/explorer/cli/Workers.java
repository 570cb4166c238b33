package bpfmc.explorer.cli;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Explores scenarios at the same time, each by one thread. What comes of them does not depend on how many there are: one that
 * ends for want of time or memory is explored again, alone, before anything is said of it.
 *
 * @param count at least 1
 */
record Workers(int count) {

    /** {@return the results in the order of the scenarios} */
    ImmutableList<ScenarioResult> explore(ImmutableList<Scenario> scenarios, Function<Scenario, ScenarioResult> explorer) {
        if (count == 1 || scenarios.size() < 2) {
            return scenarios.collect(explorer::apply);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, scenarios.size()))) {
            List<Future<ScenarioResult>> results = scenarios.collect(s -> threads.submit(() -> explorer.apply(s))).castToList();
            try {
                for (Future<ScenarioResult> result : results) {
                    settled(result);
                }
            } catch (RuntimeException | Error e) {
                threads.shutdownNow();
                throw e;
            }
            return scenarios.collectWithIndex((s, i) -> alone(settled(results.get(i)), s, explorer));
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

    private static ScenarioResult alone(Optional<ScenarioResult> first, Scenario scenario, Function<Scenario, ScenarioResult> explorer) {
        return first.filter(r -> !strained(r.verdict())).orElseGet(() -> explorer.apply(scenario));
    }

    private static boolean strained(Verdict verdict) {
        return verdict.unfinished().selectInstancesOf(Reason.Limit.class).anySatisfy(Reason.Limit::strained);
    }
}
