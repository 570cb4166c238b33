package bpfmc.explorer.system;

import bpfmc.model.machine.RunConfig;
import bpfmc.model.thread.ThreadAutomaton;

/** What runs keep of what they have met. */
enum Memory {
    /** Only what can still matter: few states. */
    FORGETTING,
    /** Everything: final states hold all conditions on inputs, and keys keep the names of runs that have ended. */
    UNFORGETTING;

    ThreadAutomaton automaton(RunConfig config) {
        return this == FORGETTING ? ThreadAutomaton.forgetting(config) : ThreadAutomaton.unforgetting(config);
    }
}
