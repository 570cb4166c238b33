package bpfmc.explorer.parameterized;

import bpfmc.explorer.system.Run;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.value.Key;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One run that uses the difference of two clock samples, and the programs that may have taken the other one, as
 * properties look at a state.
 *
 * @param user the run, agent 0 @param programs agents from 1 on, as {@link Times} names them
 */
record ClockReaders(Run user, ImmutableList<Placed> programs, ElementIds names) implements LoneRun {
    @Override
    public Run run(int agent) {
        return agent == 0 ? user : new Run(programs.get(agent - 1).program(), user.state(), names);
    }

    @Override
    public KeyPartition bindings(int map) {
        return KeyPartition.NONE;
    }

    @Override
    public ImmutableList<Integer> mayFind(int agent, int map, Key key) {
        throw new IllegalStateException("there are no keys here");
    }
}
