package bpfmc.explorer.verdict;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What came of one scenario.
 *
 * @param finals how it can leave the maps @param graph its states; both where that was asked @param lookups how they came out
 * @param like the scenario of programs with the same code that was explored in its place, when it was not itself
 * @param accesses what its programs do to shared memory @param notes findings that change nothing, and are no part of the verdict
 */
public record ScenarioResult(String name, ImmutableList<Agent> agents, Verdict verdict, ExplorationFigures exploration, Optional<FinalStates> finals,
        Optional<StateGraph> graph, Lookups lookups, Optional<String> like, AccessSites accesses, ImmutableList<Finding> notes) {
    /** @param program name @param cpu from 0 @param level at which it runs there ("task", "softirq", ...) */
    public record Agent(String program, int cpu, String level) {}

    /** What came of a scenario of whose final states nobody asked. */
    public ScenarioResult(String name, ImmutableList<Agent> agents, Verdict verdict, ExplorationFigures exploration) {
        this(name, agents, verdict, exploration, Optional.empty(), Optional.empty(), Lookups.NONE, Optional.empty(), AccessSites.NONE, Lists.immutable.empty());
    }

    /** {@return the same with its final states} */
    public ScenarioResult with(FinalStates states) {
        return new ScenarioResult(name, agents, verdict, exploration, Optional.of(states), graph, lookups, like, accesses, notes);
    }

    /** {@return the same with the graph of its states} */
    public ScenarioResult with(StateGraph states) {
        return new ScenarioResult(name, agents, verdict, exploration, finals, Optional.of(states), lookups, like, accesses, notes);
    }

    /** {@return the same with another verdict} */
    public ScenarioResult with(Verdict other) {
        return new ScenarioResult(name, agents, other, exploration, finals, graph, lookups, like, accesses, notes);
    }

    /** {@return the same with how its lookups came out} */
    public ScenarioResult with(Lookups seen) {
        return new ScenarioResult(name, agents, verdict, exploration, finals, graph, seen, like, accesses, notes);
    }

    /** {@return the same with what its programs do to shared memory} */
    public ScenarioResult with(AccessSites met) {
        return new ScenarioResult(name, agents, verdict, exploration, finals, graph, lookups, like, met, notes);
    }

    /** {@return the same with findings that are no part of the verdict} */
    public ScenarioResult noting(ImmutableList<Finding> harmless) {
        return new ScenarioResult(name, agents, verdict, exploration, finals, graph, lookups, like, accesses, harmless);
    }

    /** {@return the result of a scenario that has the same states, up to names} @param places what a place is in its programs */
    public ScenarioResult of(String other, ImmutableList<Agent> otherAgents, UnaryOperator<Place> places) {
        return new ScenarioResult(other, otherAgents, verdict, exploration.toldAgain(), finals, graph, lookups, Optional.of(name),
                accesses.at(places), notes.collect(n -> n.at(places)));
    }
}
