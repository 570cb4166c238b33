package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.scenario.Wanted;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Observation;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A judgement of states: pure, and blind to how they were reached. What a property looks at decides how often it is asked:
 * one run's private state, two of them, or the whole state.
 */
public sealed interface Property {
    /** {@return its name on the command line and in reports} */
    String name();

    /** {@return what inputs must do, besides leading to a state that shows the finding, for the fault to happen there} */
    default Wanted wanted(Finding finding) {
        return Wanted.NOTHING;
    }

    /** Judged from one agent's private state. */
    non-sealed interface OfRun extends Property {
        ImmutableList<Finding> judge(Run run);
    }

    /** Judged from the private states of two agents that are both underway; asked for each pair once, in either order. */
    non-sealed interface OfPair extends Property {
        ImmutableList<Finding> judge(Run a, Run b);
    }

    /** Judged from the whole state. */
    non-sealed interface OfState extends Property {
        /** {@return whether the whole state has to be looked at when an agent is in this private state} */
        boolean concerns(Run run);

        /** {@return whether it has nothing to say of a state in which an agent can step} */
        default boolean onlyTerminal() {
            return false;
        }

        /** @param terminal whether no agent can step */
        ImmutableList<? extends Observation> judge(Snapshot state, boolean terminal);
    }
}
