package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.RunLimit;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.explorer.verdict.Verdict.Reason.Strain;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Explores scenarios at the same time; threads that have none help with the others. Where there are more scenarios than threads they take
 * turns, so that of those that end soon everything is known, however long another takes. What comes of scenarios that end does not depend on
 * how many threads there are: one that ends for want of memory is explored again, alone, before anything is said of it, while there is time.
 *
 * @param run what ends all of them @param listener is told each result once, by the thread that came to it
 */
record Workers(Threads threads, RunLimit run, Consumer<ScenarioResult> listener) {
    /** Most scenarios that take turns. */
    private static final int MOST_AT_ONCE = 256;

    /** {@return the results in the order of the scenarios} */
    ImmutableList<ScenarioResult> explore(ImmutableList<Scenario> scenarios, Function<Scenario, ScenarioResult> explorer) {
        Function<Scenario, ScenarioResult> search = s -> {
            ScenarioResult result = threads.searching(() -> explorer.apply(s));
            if (!strained(result)) {
                listener.accept(result);
            }
            return result;
        };
        if (scenarios.size() < 2) {
            return scenarios.collect(s -> alone(search.apply(s), s, explorer));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(MOST_AT_ONCE, scenarios.size()))) {
            List<Future<ScenarioResult>> results = scenarios.collect(s -> pool.submit(() -> search.apply(s))).castToList();
            try {
                for (Future<ScenarioResult> result : results) {
                    settled(result);
                }
            } catch (RuntimeException | Error e) {
                pool.shutdownNow();
                throw e;
            }
            return scenarios.collectWithIndex((s, i) -> alone(settled(results.get(i)), s, explorer));
        }
    }

    private static ScenarioResult settled(Future<ScenarioResult> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException fault -> fault;
                case Error fault -> throw fault;
                default -> new IllegalStateException(e.getCause());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean strained(ScenarioResult result) {
        return result.verdict().unfinished().selectInstancesOf(Reason.Limit.class).anySatisfy(l -> l.strain() == Strain.MEMORY);
    }

    /** Beside other searches, or with help, there was too little room; alone there may be enough. */
    private ScenarioResult alone(ScenarioResult first, Scenario scenario, Function<Scenario, ScenarioResult> explorer) {
        if (!strained(first)) {
            return first;
        }
        ScenarioResult last = run.reached().isPresent() ? first : again(first, scenario, explorer);
        listener.accept(last);
        return last;
    }

    private ScenarioResult again(ScenarioResult first, Scenario scenario, Function<Scenario, ScenarioResult> explorer) {
        ScenarioResult second = threads.alone(() -> explorer.apply(scenario));
        return first.verdict() instanceof Verdict.Violated && second.verdict() instanceof Verdict.Inconclusive ? first : second;
    }
}
