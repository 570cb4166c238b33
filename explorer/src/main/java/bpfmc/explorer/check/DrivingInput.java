package bpfmc.explorer.check;

import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;

/** Which input of a program tells most of its private states apart. */
final class DrivingInput {
    private DrivingInput() {}

    /** {@return the input that most private states of an agent know something of, as a scenario file names it; empty when those that have a name decide nothing} */
    static Optional<String> of(BpfSystem system, int agent) {
        Scenario.AgentPlace place = system.scenario().agents().get(agent);
        ThreadAutomaton automaton = system.automata().of(agent);
        Map<Symbol, Integer> known = new TreeMap<>();
        for (int node = ThreadAutomaton.START + 1; node < automaton.size(); node++) {
            Set<Symbol> mentioned = new HashSet<>();
            automaton.state(node).facts().ranges().keysView().forEach(term -> Terms.forEachSymbol(term, mentioned::add));
            automaton.state(node).facts().literals().each(l -> {
                Terms.forEachSymbol(l.comparison().left(), mentioned::add);
                Terms.forEachSymbol(l.comparison().right(), mentioned::add);
            });
            mentioned.forEach(s -> known.merge(s, 1, Integer::sum));
        }
        return known.entrySet().stream().sorted(Map.Entry.<Symbol, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .map(e -> ScenarioConditions.names(place.program(), e.getKey())).filter(ImmutableList::notEmpty).map(ImmutableList::getFirst).findFirst();
    }
}
