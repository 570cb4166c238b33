package bpfmc.model.thread;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A function's frame.
 *
 * @param returnTo slot after the call; -1 for the program itself
 * @param saved the caller's r6 to r9, null where the caller will not read them again
 * @param stack offsets from r10, -512 to -1
 */
record Frame(int returnTo, ImmutableList<Value> saved, Cells stack) {
    Frame withStack(Cells changed) {
        return new Frame(returnTo, saved, changed);
    }
}
