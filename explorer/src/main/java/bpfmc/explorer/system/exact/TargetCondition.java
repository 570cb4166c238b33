package bpfmc.explorer.system.exact;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.value.Comparison.Literal;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What inputs must do besides leading down a path: in its last state, one of these sets of conditions must hold. */
@FunctionalInterface
public interface TargetCondition {
    /** Nothing more. */
    TargetCondition NOTHING = (contents, runs) -> Lists.immutable.with(Lists.immutable.empty());

    /** {@return alternatives, none when nothing will do} @param runs the agents' own states */
    ImmutableList<ImmutableList<Literal>> in(MemoryModel.View contents, ImmutableList<PrivateState> runs);
}
