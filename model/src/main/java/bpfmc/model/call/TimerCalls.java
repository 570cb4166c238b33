package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.synthetic.AsyncCallbacks;
import bpfmc.model.step.Answer;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import bpfmc.model.step.VisibleOperation.InitTimer;
import bpfmc.model.step.VisibleOperation.SetTimer;
import bpfmc.model.step.VisibleOperation.StartTimer;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Calls on the timers and work items of elements (kernel/bpf/helpers.c, Linux 7.3). Their callbacks are programs of their own
 * ({@link bpfmc.model.program.synthetic.AsyncCallbacks}).
 */
public final class TimerCalls {
    private final RunConfig config;

    TimerCalls(RunConfig config) {
        this.config = config;
    }

    /** {@return whether the kernel function sets the callback of a work item} It was called so until its last argument became implicit. */
    public static boolean setsWork(String function) {
        return function.equals("bpf_wq_set_callback") || function.equals("bpf_wq_set_callback_impl");
    }

    static boolean concerns(String function) {
        return setsWork(function) || function.equals("bpf_wq_start") || function.equals("bpf_wq_init");
    }

    /** {@return always true: the machine stops, or has returned from the call} */
    boolean call(Machine m, int helper, Deque<Machine> work) {
        switch (helper) {
            case HelperNumbers.TIMER_INIT -> withFlags(m, 3, TimerCalls::mayBeClock, work, TimerCalls::initialiseTimer);
            case HelperNumbers.TIMER_SET_CALLBACK -> setCallback(m, Async.TIMER);
            case HelperNumbers.TIMER_START -> withFlags(m, 3, flags -> (flags & ~START_FLAGS) == 0, work, x -> start(x, Async.TIMER));
            default -> cancel(m);
        }
        return true;
    }

    /** {@return always true} @param function one that {@link #concerns} this class */
    boolean call(Machine m, String function, Deque<Machine> work) {
        if (setsWork(function)) {
            withFlags(m, 3, flags -> flags == 0, work, x -> setCallback(x, Async.WORK));
        } else if (function.equals("bpf_wq_start")) {
            withFlags(m, 2, flags -> flags == 0, work, x -> start(x, Async.WORK));
        } else {
            withFlags(m, 3, flags -> flags == 0, work, x -> initialise(x, Async.WORK));
        }
        return true;
    }

    /** BPF_F_TIMER_ABS and BPF_F_TIMER_CPU_PIN (include/uapi/linux/bpf.h). */
    private static final long START_FLAGS = 3;

    /** CLOCK_REALTIME, CLOCK_MONOTONIC and CLOCK_BOOTTIME: no other clock times a bpf_timer. */
    private static boolean mayBeClock(long flags) {
        return flags == 0 || flags == 1 || flags == 7;
    }

    /** Flags that the kernel does not know are refused with -EINVAL before anything else; flags that are not known here may be either. */
    private static void withFlags(Machine m, int register, LongPredicate known, Deque<Machine> work, Consumer<Machine> call) {
        boolean constant = m.registers[register] instanceof Value.Scalar s && s.term() instanceof Constant;
        boolean fine = constant && known.test(((Constant) ((Value.Scalar) m.registers[register]).term()).value());
        if (constant && !fine) {
            HelperCalls.finish(m, Value.of(Errno.EINVAL.result()));
            return;
        }
        if (!constant) {
            Machine refused = m.copy();
            HelperCalls.finish(refused, Value.of(Errno.EINVAL.result()));
            work.push(refused);
        }
        call.accept(m);
    }

    private static void initialiseTimer(Machine m) {
        initialise(m, Async.TIMER);
    }

    private static void initialise(Machine m, Async async) {
        element(m).ifPresentOrElse(e -> m.stopAt(new InitTimer(async, e)), () -> unknown(m));
    }

    private void setCallback(Machine m, Async async) {
        Optional<Region.Element> element = element(m);
        Optional<BpfProgram> callback = element.flatMap(e -> m.registers[2] instanceof Value.Pointer p && p.region() instanceof Region.Code code
                ? AsyncCallbacks.callback(config.object(), async, config.program().functionAt(code.slot()).name(), config.maps().applyAsInt(e.slot()))
                : Optional.empty());
        callback.ifPresentOrElse(c -> m.stopAt(new SetTimer(async, element.orElseThrow(), config.object().programs().indexOf(c))),
                () -> m.unsupported((async == Async.TIMER ? "helper bpf_timer_set_callback" : "kernel function bpf_wq_set_callback")
                        + ", of a callback or a map that is not known at load time"));
    }

    private static void start(Machine m, Async async) {
        element(m).ifPresentOrElse(e -> m.stopAt(new StartTimer(async, e, false, m.flags.irqsOff())), () -> unknown(m));
    }

    /** In a hardirq or an NMI, too, interrupts are off. */
    private static void cancel(Machine m) {
        if (m.flags.irqsOff()) {
            HelperCalls.finish(m, Value.of(Errno.EOPNOTSUPP.result()));
            return;
        }
        HeldLock own = m.held.detect(h -> h.isTurn(Async.TIMER));
        element(m).ifPresentOrElse(e -> m.stopAt(own == null ? new CancelTimer(e, CancelTimer.Phase.DROP, -1)
                : new CancelTimer(e, CancelTimer.Phase.ANNOUNCE, own.element())), () -> unknown(m));
    }

    private static Optional<Region.Element> element(Machine m) {
        return m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Element e ? Optional.of(e) : Optional.empty();
    }

    private static void unknown(Machine m) {
        m.unsupported("a timer or a work item that is not in a map value");
    }

    /** Brings the machine to behind the call. */
    static void complete(Machine m, Answer answer) {
        HelperCalls.finish(m, ((Answer.Of) answer).value());
    }
}
