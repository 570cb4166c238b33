package bpfmc.explorer.system;

import bpfmc.model.Numbering;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.thread.ThreadAutomaton;

/** What runs keep of what they have met. */
enum Memory {
    /** Only what can still matter: few states. */
    FORGETTING,
    /** Everything: final states hold all conditions on inputs, and keys keep the names of runs that have ended. */
    UNFORGETTING;

    ThreadAutomaton automaton(RunConfig config, Numbering<PrivateState> nodes) {
        return switch (this) {
            case FORGETTING -> ThreadAutomaton.forgetting(config, nodes);
            case UNFORGETTING -> ThreadAutomaton.unforgetting(config, nodes);
        };
    }
}
