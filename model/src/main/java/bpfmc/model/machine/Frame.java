package bpfmc.model.machine;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A function's frame.
 *
 * @param returnTo slot after the call; of a callback, of the call that runs it; -1 for the program itself
 * @param saved the caller's r6 to r9, null where the caller will not read them again; for a callback also r1 to r5 of the call
 *     that runs it, and then, for a walk over a hash map, what {@link WalkState} says
 * @param stack offsets from r10, -512 to -1
 * @param turn which turn of a callback that is run several times this is, from 1 on; 0 for other functions
 */
public record Frame(int returnTo, ImmutableList<Value> saved, Cells stack, int turn) {
    /** A frame of a function that is no callback run by a call. */
    public Frame(int returnTo, ImmutableList<Value> saved, Cells stack) {
        this(returnTo, saved, stack, 0);
    }

    public Frame withStack(Cells changed) {
        return changed == stack ? this : new Frame(returnTo, saved, changed, turn);
    }

    public Frame withSaved(ImmutableList<Value> changed) {
        return changed == saved ? this : new Frame(returnTo, changed, stack, turn);
    }
}
