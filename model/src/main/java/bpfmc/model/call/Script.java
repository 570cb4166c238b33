package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.StoredProvenance;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;

/** A call's visible steps that are known before the first of them: none has an answer that matters ({@link Progress#script}). */
final class Script {
    private Script() {}

    /** {@return whether the machine stands before a step of a script} */
    static boolean runs(Machine m) {
        return m.progress.script().notEmpty();
    }

    /** Goes on behind the answered step: to the next one, or out of the call. */
    static void step(Call call, VisibleOperation operation, Answer answer) {
        Machine m = call.machine();
        Locks.note(call, operation, answer);
        if (operation instanceof VisibleOperation.CopyIn copy) {
            stored(m, copy.element().slot(), copy.offset(), copy.contents());
        }
        ImmutableList<VisibleOperation> rest = m.progress.script().drop(1);
        if (rest.isEmpty()) {
            call.finish(m.progress.result());
        } else {
            m.progress = new Progress(m.progress.gathered(), rest, m.progress.result());
            m.stopAt(rest.getFirst());
        }
    }

    /** Notes what the bytes come from that the run has put into an element: it may read them again. */
    static void stored(Machine m, int element, int offset, Cells contents) {
        contents.cells().each(c -> m.parked = StoredProvenance.stored(m.parked, m.loads, element, offset + c.offset(), c.size(),
                ((Value.Scalar) c.value()).loads()));
    }
}
