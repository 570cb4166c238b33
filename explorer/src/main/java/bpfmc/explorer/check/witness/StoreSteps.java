package bpfmc.explorer.check.witness;

import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.system.BpfSystem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which step of a path has stored what becomes visible later: the stores of a CPU do so in their order. */
public final class StoreSteps {
    private static final int NONE = -1;

    private final int[] storedBy;

    public StoreSteps(BpfSystem system, Path path) {
        storedBy = new int[path.steps().size()];
        List<Deque<Integer>> waiting = new ArrayList<>();
        for (int cpu = 0; cpu < system.buffers(); cpu++) {
            waiting.add(new ArrayDeque<>());
        }
        for (int i = 0; i < storedBy.length; i++) {
            Step step = path.steps().get(i);
            storedBy[i] = NONE;
            if (!system.isAgent(step.actor())) {
                storedBy[i] = waiting.get(system.bufferOf(step.actor())).remove();
            } else if (system.buffers() > 0) {
                int cpu = system.scenario().agents().get(step.actor()).cpu();
                int more = system.buffer(step.state().toArray(), cpu).stores().size() - system.buffer(path.before(i), cpu).stores().size();
                for (int store = 0; store < more; store++) {
                    waiting.get(cpu).add(i);
                }
            }
        }
    }

    /** {@return the step that an agent has taken for this one to follow: the step itself, or the store that becomes visible by it} @param step index in the path */
    public int by(int step) {
        return storedBy[step] == NONE ? step : storedBy[step];
    }
}
