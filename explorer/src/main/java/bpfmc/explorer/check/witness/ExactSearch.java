package bpfmc.explorer.check.witness;

import bpfmc.explorer.property.Property;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.system.exact.ExactSystem;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.model.value.bits.Decisions;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Looks for a way to findings among runs that forget nothing. There, a state says what inputs must satisfy for it to be reached, so a state
 * that shows a finding and whose conditions contradict each other is no goal, and the search goes on. When it has seen everything, the
 * findings cannot be.
 *
 * @param properties judged @param known what the runs are known to reach that is not modelled
 * @param decisions remembers what was decided
 */
record ExactSearch(Scenario scenario, ImmutableList<Property> properties, Set<Gap> known, Limits limits, Decisions decisions) {
    /** Most states of runs that forget nothing. */
    static final int MOST_STATES = 100_000;

    /** What the search comes to. @param <R> what is made of a way */
    sealed interface Result<R> {
        /** Inputs lead to a finding. */
        record Reached<R>(R way) implements Result<R> {}

        /** No inputs do. */
        record Refuted<R>() implements Result<R> {}

        /** A limit was met. */
        record Undecided<R>(String limit) implements Result<R> {}
    }

    /**
     * {@return what is made of the best way to one of the findings that inputs lead down, or that there is none}
     *
     * @param wanted what a finding asks of inputs besides
     */
    <R> Result<R> find(ImmutableList<Finding> findings, BiFunction<ExactSystem, Finding, TargetCondition> wanted, Function<Goals.Reached, R> told) {
        return find(findings, wanted, told, false).orElseGet(() -> find(findings, wanted, told, true)
                .orElseGet(() -> new Result.Undecided<>("what had happened on the way")));
    }

    /** {@return as above, none when the best way is closed by its history} @param historic whether the search knows histories */
    private <R> Optional<Result<R>> find(ImmutableList<Finding> findings, BiFunction<ExactSystem, Finding, TargetCondition> wanted, Function<Goals.Reached, R> told,
            boolean historic) {
        return ExactSystem.with(scenario, historic, decisions, exact -> {
            Goals goals = new Goals(exact, properties, findings, wanted, known);
            Limits most = limits.withMaxStates(Math.min(limits.maxStates(), MOST_STATES));
            return switch (ShortestPath.find(exact, goals::reached, most)) {
                case PathResult.Found found -> goals.at(found.path()).map(way -> new Result.Reached<>(told.apply(way)));
                case PathResult.NotFound n -> Optional.of(goals.doubt().<Result<R>>map(Result.Undecided::new).orElseGet(Result.Refuted::new));
                case LimitReached l -> Optional.of(new Result.Undecided<>("the search with all conditions known reached a limit: " + l.figure()));
            };
        });
    }
}
