package bpfmc.explorer.scenario;

import bpfmc.model.memory.Outcome;
import bpfmc.model.thread.Notice;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One way in which an agent's step can come out, ready to be applied to a state vector.
 *
 * @param outcome what it does to memory and what the agent learns
 * @param next the agent's node afterwards
 * @param components what else changes @param values and to what
 */
record Effect(Outcome outcome, int next, int[] components, int[] values) {
    ImmutableList<Notice> notices() {
        return outcome.notices();
    }
}
