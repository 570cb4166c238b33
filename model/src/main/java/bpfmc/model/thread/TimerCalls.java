package bpfmc.model.thread;

import bpfmc.model.kernel.Errno;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.TimerCallbacks;
import bpfmc.model.thread.VisibleOperation.CancelTimer;
import bpfmc.model.thread.VisibleOperation.SetTimer;
import bpfmc.model.thread.VisibleOperation.StartTimer;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;

/**
 * Calls on the timers of elements (kernel/bpf/helpers.c, Linux 7.3). Their callbacks are programs of their own
 * ({@link bpfmc.model.program.TimerCallbacks}). What the calls of Linux 7 do is not one step: others may come between a look and what
 * follows from it.
 */
final class TimerCalls {
    private final Linkage linkage;

    TimerCalls(Linkage linkage) {
        this.linkage = linkage;
    }

    /** {@return always true: the machine stops, or has returned from the call} */
    boolean call(Machine m, int helper) {
        if (!(m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e)) {
            m.unsupported("a timer that is not in a map value");
        } else if (helper == HelperNumbers.TIMER_SET_CALLBACK) {
            callback(m, e).ifPresentOrElse(f -> m.stopAt(new SetTimer(e, linkage.object().programs().indexOf(f))),
                    () -> m.unsupported("helper bpf_timer_set_callback, of a callback or a map that is not known at load time"));
        } else if (helper == HelperNumbers.TIMER_START) {
            m.stopAt(new StartTimer(e, false, m.flags.irqsOff()));
        } else if (m.flags.irqsOff()) {
            return HelperCalls.finish(m, Value.of(Errno.EOPNOTSUPP.result())); // in a hardirq or an NMI, too, interrupts are off
        } else {
            HeldLock own = m.held.detect(HeldLock::ofTimer);
            m.stopAt(own == null ? new CancelTimer(e, CancelTimer.Phase.DROP, -1) : new CancelTimer(e, CancelTimer.Phase.ANNOUNCE, own.element()));
        }
        return true;
    }

    private Optional<BpfProgram> callback(Machine m, Region.Element element) {
        return m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Code code
                ? TimerCallbacks.callback(linkage.object(), linkage.program().functionAt(code.slot()).name(), linkage.maps().applyAsInt(element.slot()))
                : Optional.empty();
    }

    /** Brings the machine to behind the call. */
    static void complete(Machine m, Answer answer) {
        HelperCalls.finish(m, answer instanceof Answer.Of of ? of.value() : m.unknownValue(8));
    }
}
