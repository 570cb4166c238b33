package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Observation;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A judgement of states: pure, and blind to how they were reached. What a property looks at decides how often it is asked:
 * one run's private state, two of them, or the whole state. Of which states it has to be asked it says itself
 * ({@code concerns}); a state of which it says too little is a fault that is not found.
 *
 * <p>A property carries its explanation. Its page is the resource of its name beside this class.
 */
public sealed interface Property extends Explanation {
    /** {@return what inputs must do, besides leading to a state that shows the finding, for the fault to happen there} */
    default TargetCondition wanted(Finding finding) {
        return TargetCondition.NOTHING;
    }

    @Override
    default String page() {
        return PropertyPages.text(name());
    }

    /** Judged from one agent's private state; asked of each private state in which an agent is underway. */
    non-sealed interface OfRun extends Property {
        ImmutableList<Finding> judge(Run run);
    }

    /**
     * Judged from the private states of two agents that are both underway; asked for each pair once, in either order. What the agents
     * are about to do must depend on each other, or be the taking of a lock, wherever there is a finding: the search leaves out states in
     * which two agents only stand side by side before steps that have nothing to do with each other.
     */
    non-sealed interface OfPair extends Property {
        /** {@return whether an agent in this private state may be one of a pair at fault} Pairs of which both may are asked of. */
        boolean concerns(Run run);

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
