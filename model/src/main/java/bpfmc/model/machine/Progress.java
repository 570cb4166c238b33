package bpfmc.model.machine;

import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * How far the helper call at the program counter has come, when it takes several visible steps: first it copies its
 * arguments out of shared memory, then it performs the steps of its script, then it returns.
 *
 * @param gathered per argument, what has been copied out so far, from offset 0 without gaps
 * @param script the steps still to do, the next one first; none of them has an answer
 * @param result what r0 will be, null until the script exists; of a walk the element that it is at
 * @param turns how often the call has run its callback
 * @param loads which of the run's remembered shared loads the address or the key comes from that the step under way reads at: its answer
 *     comes from them ({@link Value#loads()}); also of an instruction that is no call
 */
public record Progress(ImmutableList<Cells> gathered, ImmutableList<VisibleOperation> script, Value result, int turns, long loads) {
    public Progress(ImmutableList<Cells> gathered, ImmutableList<VisibleOperation> script, Value result) {
        this(gathered, script, result, 0, 0);
    }

    /** {@return the progress of a call that has gathered all it needs and has run its callback so often} */
    public static Progress after(int turns) {
        return new Progress(NONE.gathered, NONE.script, null, turns, 0);
    }

    /** {@return the progress of a walk that has run its callback so often, and is at an element that it has not run it for} */
    public static Progress at(int turns, Value element) {
        return new Progress(NONE.gathered, NONE.script, element, turns, 0);
    }

    public static final Progress NONE = new Progress(
            Lists.immutable.with(Cells.EMPTY, Cells.EMPTY, Cells.EMPTY, Cells.EMPTY, Cells.EMPTY), Lists.immutable.empty(), null);

    public Progress withGathered(int argument, Cells bytes) {
        return new Progress(Lists.immutable.withAll(gathered.collectWithIndex((c, i) -> i == argument ? bytes : c)), script, result, turns, loads);
    }

    /** {@return the same when the answer of the step under way comes from these loads} */
    public Progress from(long otherLoads) {
        return loads == otherLoads ? this : new Progress(gathered, script, result, turns, otherLoads);
    }
}
