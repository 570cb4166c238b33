package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.Masking;
import bpfmc.model.machine.InputRange;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.thread.ThreadAutomaton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The automata of a scenario's agents, and their nodes. Agents that run the same program, know the same of their inputs, and find the same of
 * their CPUs switched off, share one automaton.
 */
public final class Automata {
    private final Scenario scenario;
    private final Dictionary dictionary;
    private final int[] automatonOf;
    private final List<ThreadAutomaton> automata = new ArrayList<>();
    private final NodeTable[] tableOf;

    Automata(Scenario scenario, Memory recall, Dictionary dictionary) {
        this.scenario = scenario;
        this.dictionary = dictionary;
        this.automatonOf = new int[scenario.agents().size()];
        this.tableOf = new NodeTable[automatonOf.length];
        Map<ImmutableList<InputRange>, Map<BpfProgram, Integer>> masked = new HashMap<>();
        Map<ImmutableList<InputRange>, Map<BpfProgram, Integer>> others = new HashMap<>();
        for (int agent = 0; agent < automatonOf.length; agent++) {
            Scenario.AgentPlace place = scenario.agents().get(agent);
            Integer first = (found(place) == Masking.INTERRUPTS ? masked : others)
                    .computeIfAbsent(place.inputs(), none -> new IdentityHashMap<>()).putIfAbsent(place.program(), agent);
            if (first == null) {
                automata.add(recall.automaton(config(agent), dictionary.newPrivateStates()));
            }
            automatonOf[agent] = first != null ? automatonOf[first] : automata.size() - 1;
            tableOf[agent] = first != null ? tableOf[first] : new NodeTable(automata.getLast());
        }
    }

    private Automata(Automata original, Dictionary draft) {
        this.scenario = original.scenario;
        this.dictionary = draft;
        this.automatonOf = original.automatonOf;
        this.tableOf = new NodeTable[automatonOf.length];
        for (int i = 0; i < original.automata.size(); i++) {
            automata.add(original.automata.get(i).draft(draft.privateStates(i), draft.provisional()));
        }
        Map<NodeTable, NodeTable> drafts = new IdentityHashMap<>();
        for (int agent = 0; agent < tableOf.length; agent++) {
            ThreadAutomaton drafted = automata.get(automatonOf[agent]);
            tableOf[agent] = drafts.computeIfAbsent(original.tableOf[agent], o -> o.draft(drafted));
        }
    }

    /** {@return the same for a thread that helps} @param draft of the dictionary of these */
    Automata draft(Dictionary draft) {
        return new Automata(this, draft);
    }

    /** {@return what is switched off on the CPU when the agent begins, by its level and by what calls its program} */
    private static Masking found(Scenario.AgentPlace agent) {
        return agent.level().compareTo(ContextLevel.HARDIRQ) >= 0 ? Masking.INTERRUPTS : ExecutionContexts.of(agent.program().section()).masking();
    }

    /** {@return what the agent's program is run with} */
    RunConfig config(int agent) {
        BpfProgram program = scenario.agents().get(agent).program();
        return new RunConfig(scenario.object(), program, scenario.rules().discipline(), found(scenario.agents().get(agent)), scenario.inputs(agent),
                scenario.start().results(), scenario.asked().contains(program.name()), scenario.rules().walk(), scenario.rules().memory(), dictionary.slots()::mapOf);
    }

    /** {@return how many agents there are} */
    int agents() {
        return automatonOf.length;
    }

    /** {@return the number of the agent's automaton} */
    public int number(int agent) {
        return automatonOf[agent];
    }

    /** {@return the agent's automaton} */
    public ThreadAutomaton of(int agent) {
        return automata.get(automatonOf[agent]);
    }

    /** {@return all automata, by number} */
    public List<ThreadAutomaton> all() {
        return List.copyOf(automata);
    }

    /** {@return the node of the agent's automaton that has this number} */
    Node node(int agent, int number) {
        return tableOf[agent].get(number);
    }

    /** {@return the node that the agent stands at} */
    Node node(int[] state, int agent) {
        return tableOf[agent].get(state[agent]);
    }
}
