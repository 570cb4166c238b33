package bpfmc.model.thread;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A function's frame.
 *
 * @param returnTo slot after the call; -1 for the program itself
 * @param saved the caller's r6 to r9, null where the caller will not read them again; for a callback also r1 to r5 of the call
 *     that runs it
 * @param stack offsets from r10, -512 to -1
 */
record Frame(int returnTo, ImmutableList<Value> saved, Cells stack) {
    Frame withStack(Cells changed) {
        return new Frame(returnTo, saved, changed);
    }
}
