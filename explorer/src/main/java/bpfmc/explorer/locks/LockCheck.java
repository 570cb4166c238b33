package bpfmc.explorer.locks;

import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.model.lock.Defect;
import bpfmc.model.lock.LockMachine;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Explores a lock implementation in a scenario. */
public final class LockCheck {
    /** What can go wrong, the gravest first. */
    public enum Fault {
        MUTUAL_EXCLUSION("mutual exclusion", "two agents own one lock"),
        DEADLOCK("deadlock", "somebody waits and nobody can go on"),
        ORDER("order", "somebody came in before its turn"),
        LEFT_BEHIND("left behind", "all are done, and a lock is not free, or a CPU's queue nodes or held locks are not given back");

        private final String words;
        private final String sentence;

        Fault(String words, String sentence) {
            this.words = words;
            this.sentence = sentence;
        }

        public String words() {
            return words;
        }

        public String sentence() {
            return sentence;
        }
    }

    /**
     * One step of a run that goes wrong.
     *
     * @param cpu where @param level of the context @param lock its number @param text what it did @param word the lock word after it
     */
    public record TraceStep(int cpu, int level, int lock, String text, int word) {}

    /**
     * What came of it.
     *
     * @param fault what went wrong, empty when nothing did @param limit why the search did not finish, empty when it did
     * @param trace the shortest run that goes wrong
     */
    public record Result(LockScenario scenario, Optional<Fault> fault, Optional<String> limit, ImmutableList<TraceStep> trace, long states,
            long nanos) {
        /** {@return whether everything was explored and nothing went wrong} */
        public boolean holds() {
            return fault.isEmpty() && limit.isEmpty();
        }
    }

    private LockCheck() {}

    /** {@return what comes of a scenario, CPUs that do the same taken for one another} */
    public static Result of(LockScenario scenario, String lock, Defect defect, Limits limits) {
        LockMachine machine = LockMachine.of(lock, scenario.layout(), defect);
        var system = new LockSystem(scenario, machine);
        return of(scenario, system, LockSymmetry.of(scenario, system, machine), limits);
    }

    /** {@return what comes of a scenario when every state stands for itself} */
    static Result inFull(LockScenario scenario, String lock, Defect defect, Limits limits) {
        return of(scenario, new LockSystem(scenario, LockMachine.of(lock, scenario.layout(), defect)), Symmetry.NONE, limits);
    }

    private static Result of(LockScenario scenario, LockSystem system, Symmetry symmetry, Limits limits) {
        TransitionSystem quotient = symmetry.trivial() ? system : new Quotient(system, symmetry, scenario.agents().size());
        Outcome<Fault> outcome = Search.explore(quotient, (state, terminal, found) -> {
            if (system.shared(state)) {
                found.accept(Fault.MUTUAL_EXCLUSION);
            }
            if (terminal && system.unfinished(state)) {
                found.accept(Fault.DEADLOCK);
            }
            if (system.outOfOrder(state)) {
                found.accept(Fault.ORDER);
            }
            if (leftBehind(system, state, terminal)) {
                found.accept(Fault.LEFT_BEHIND);
            }
        }, symmetry.trivial() ? StoragePolicy.States.ALL : StoragePolicy.States.BRANCHING, limits, Progress.NONE);
        Optional<Fault> fault = outcome.findings().minOptional();
        Optional<String> limit = outcome.end() instanceof LimitReached l ? Optional.of(l.figure()) : Optional.empty();
        return new Result(scenario, fault, limit, fault.map(f -> trace(scenario, system, symmetry, f, limits)).orElse(Lists.immutable.empty()),
                outcome.figures().states(), outcome.figures().nanos());
    }

    private static boolean leftBehind(LockSystem system, int[] state, boolean terminal) {
        return terminal && !system.unfinished(state) && !system.clean(state);
    }

    private static ImmutableList<TraceStep> trace(LockScenario scenario, LockSystem system, Symmetry symmetry, Fault fault, Limits limits) {
        PathResult result = ShortestPath.find(system, symmetry, scenario.agents().size(), (state, terminal) -> switch (fault) {
            case MUTUAL_EXCLUSION -> system.shared(state);
            case DEADLOCK -> terminal && system.unfinished(state);
            case ORDER -> system.outOfOrder(state);
            case LEFT_BEHIND -> leftBehind(system, state, terminal);
        }, limits);
        return result instanceof PathResult.Found found ? steps(scenario, system, found.path()) : Lists.immutable.empty();
    }

    private static ImmutableList<TraceStep> steps(LockScenario scenario, LockSystem system, Path path) {
        MutableList<TraceStep> steps = Lists.mutable.empty();
        for (int i = 0; i < path.steps().size(); i++) {
            Step step = path.steps().get(i);
            int[] before = path.before(i);
            int lock = system.lock(before, step.actor());
            LockScenario.Agent agent = scenario.agents().get(step.actor());
            steps.add(new TraceStep(agent.cpu(), agent.level(), lock, system.says(before, step.actor(), step.choice()), step.state().get(lock)));
        }
        int[] end = path.last().toArray();
        for (int agent = 0; agent < scenario.agents().size(); agent++) {
            if (!system.finished(end, agent)) {
                LockScenario.Agent a = scenario.agents().get(agent);
                int lock = system.lock(end, agent);
                steps.add(new TraceStep(a.cpu(), a.level(), lock, "stands before " + system.says(end, agent, 0), end[lock]));
            }
        }
        return steps.toImmutable();
    }
}
