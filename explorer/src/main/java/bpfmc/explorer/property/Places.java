package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Access;

/** The places that findings name. */
public final class Places {
    private Places() {}

    static Place of(Run run, int slot, Act act) {
        return new Place(run.program().name(), run.program().functionAt(slot).name(), slot, act);
    }

    /** {@return the place a run stands before} */
    public static Place current(Run run) {
        return of(run, run.state().pc(), act(run));
    }

    private static Act act(Run run) {
        boolean call = Calls.uses(run.program(), run.state().pc()).contains(Use.UPDATES);
        return switch (run.state().operation()) {
            case VisibleOperation.Load o -> o.atomic() ? Act.ATOMIC : Act.LOAD;
            case VisibleOperation.CopyOut o -> call ? Act.UPDATE : Act.LOAD;
            case VisibleOperation.Store o -> o.atomic() ? Act.ATOMIC : Act.STORE;
            case VisibleOperation.CopyIn o -> call ? Act.UPDATE : Act.STORE;
            case VisibleOperation.ReadModifyWrite o -> Act.ATOMIC;
            case VisibleOperation.Acquire o -> Act.LOCK;
            case VisibleOperation.Release o -> Act.UNLOCK;
            case VisibleOperation.Lookup o -> Act.LOOKUP;
            case VisibleOperation.LookupOnCpu o -> Act.LOOKUP;
            case VisibleOperation.Walk o -> Act.LOOKUP;
            case VisibleOperation.Update o -> Act.UPDATE;
            case VisibleOperation.Delete o -> Act.UPDATE;
            case VisibleOperation.BeginTimer o -> Act.LOOKUP;
            case VisibleOperation.EndTimer o -> Act.END;
            case VisibleOperation.InitTimer o -> Act.TIMER;
            case VisibleOperation.SetTimer o -> Act.TIMER;
            case VisibleOperation.StartTimer o -> Act.TIMER;
            case VisibleOperation.CancelTimer o -> Act.CANCEL;
            case VisibleOperation.LockBucket o -> Act.LOOKUP;
            case VisibleOperation.UnlockBucket o -> Act.UPDATE;
            case VisibleOperation.ReadClock o -> Act.CLOCK;
            case VisibleOperation.UseWrapped o -> Act.USE;
            case VisibleOperation.Fence o -> Act.USE;
            case VisibleOperation.CpuNumber o -> Act.LOAD;
            case VisibleOperation.CpuCount o -> Act.LOAD;
            case VisibleOperation.ElementOnCpu o -> Act.LOOKUP;
            case VisibleOperation.Toggle o -> Act.TOGGLE;
            case VisibleOperation.Start o -> Act.LOAD;
            case VisibleOperation.End o -> Act.END;
            case VisibleOperation.Unsupported o -> Act.END;
        };
    }

    /** {@return whether the instruction is a call of bpf_spin_lock} */
    static boolean locks(Run run, int slot) {
        return Calls.uses(run.program(), slot).contains(Use.TAKES_SPIN_LOCK);
    }

    /** {@return the bytes that a run is about to touch} */
    public static Subject subject(Run run, Access access) {
        return new Subject(run.slots().mapOf(access.element().slot()), access.offset(), access.size());
    }

    /** {@return bytes of an element} @param element its number in the run */
    public static Subject subject(Run run, int element, int offset, int size) {
        return new Subject(run.slots().mapOf(element), offset, size);
    }
}
