package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.SequentialConsistency;
import bpfmc.model.memory.TotalStoreOrder;

/**
 * What the system of a scenario is made of.
 *
 * @param dictionary what numbers stand for @param automata of the agents @param scheduler who has the CPU
 * @param memory what every visible operation does @param kept which contents of maps are a part of memory
 */
record SystemParts(Scenario scenario, Dictionary dictionary, Automata automata, CpuScheduler scheduler, MemoryModel memory, KeptContents kept) {

    /** {@return the parts for state vectors of so many components} @param recall what runs keep of what they have met */
    static SystemParts of(Scenario scenario, Memory recall, int width, KeptContents kept) {
        Dictionary dictionary = new Dictionary(scenario.agents().size(), scenario.object().maps().size(), buffers(scenario), width);
        return of(scenario, dictionary, new Automata(scenario, recall, dictionary), kept);
    }

    /** {@return the parts for a thread that helps} */
    SystemParts draft() {
        Dictionary draft = dictionary.draft();
        return of(scenario, draft, automata.draft(draft), kept);
    }

    private static SystemParts of(Scenario scenario, Dictionary dictionary, Automata automata, KeptContents kept) {
        return new SystemParts(scenario, dictionary, automata, new CpuScheduler(scenario, automata), memory(scenario, dictionary.slots(), kept), kept);
    }

    private static MemoryModel memory(Scenario scenario, ElementIds slots, KeptContents kept) {
        var memory = new SequentialConsistency(scenario.object(), slots, scenario.rules().lock(), scenario.rules().timeouts(), scenario.rules().kernel(), kept);
        return switch (scenario.rules().memory()) {
            case SEQUENTIAL -> memory;
            case TOTAL_STORE_ORDER -> new TotalStoreOrder(memory, scenario.object(), slots);
        };
    }

    /** {@return how many store buffers the scenario's CPUs have} */
    static int buffers(Scenario scenario) {
        return switch (scenario.rules().memory()) {
            case SEQUENTIAL -> 0;
            case TOTAL_STORE_ORDER -> scenario.cpus();
        };
    }

    /** {@return the agent in this private state, as memory knows it} */
    MemoryModel.Agent agent(int agent, PrivateState state) {
        Scenario.AgentPlace it = scenario.agents().get(agent);
        return new MemoryModel.Agent(agent, it.cpu(), it.level() == ContextLevel.NMI, scenario.cpus(), state.facts());
    }
}
