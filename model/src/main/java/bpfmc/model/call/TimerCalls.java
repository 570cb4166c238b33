package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.synthetic.AsyncCallbacks;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import bpfmc.model.step.VisibleOperation.InitTimer;
import bpfmc.model.step.VisibleOperation.SetTimer;
import bpfmc.model.step.VisibleOperation.StartTimer;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Calls on the timers and work items of elements (kernel/bpf/helpers.c, Linux 7.3). Their callbacks are programs of their own
 * ({@link AsyncCallbacks}).
 */
final class TimerCalls implements CallFamily {
    private static final String TIMER_INIT = "bpf_timer_init";
    private static final String TIMER_SET = "bpf_timer_set_callback";
    private static final String TIMER_START = "bpf_timer_start";
    private static final String TIMER_CANCEL = "bpf_timer_cancel";
    private static final String WORK_INIT = "bpf_wq_init";
    private static final String WORK_SET = "bpf_wq_set_callback";
    private static final String WORK_START = "bpf_wq_start";

    @Override
    public String name() {
        return "timers and work items";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(TIMER_INIT, TIMER_SET, TIMER_START, TIMER_CANCEL, WORK_INIT, WORK_SET, WORK_START);
    }

    /** {@return what runs the callback that a call of this function sets; empty when it sets none} */
    static Optional<Async> sets(Callee callee) {
        return switch (callee.name()) {
            case TIMER_SET -> Optional.of(Async.TIMER);
            case WORK_SET -> Optional.of(Async.WORK);
            default -> Optional.empty();
        };
    }

    @Override
    public boolean enter(Call call) {
        return switch (call.callee().name()) {
            case TIMER_INIT -> withFlags(call, 3, TimerCalls::mayBeClock, c -> initialise(c, Async.TIMER));
            case TIMER_SET -> setCallback(call, Async.TIMER);
            case TIMER_START -> withFlags(call, 3, flags -> (flags & ~Flags.TIMER_START) == 0, c -> start(c, Async.TIMER));
            case TIMER_CANCEL -> cancel(call);
            case WORK_INIT -> withFlags(call, 3, flags -> flags == 0, c -> initialise(c, Async.WORK));
            case WORK_SET -> withFlags(call, 3, flags -> flags == 0, c -> setCallback(c, Async.WORK));
            default -> withFlags(call, 2, flags -> flags == 0, c -> start(c, Async.WORK));
        };
    }

    /** CLOCK_REALTIME, CLOCK_MONOTONIC and CLOCK_BOOTTIME: no other clock times a bpf_timer. */
    private static boolean mayBeClock(long flags) {
        return flags == 0 || flags == 1 || flags == 7;
    }

    /** Flags that the kernel does not know are refused with -EINVAL before anything else; flags that are not known here may be either. */
    private static boolean withFlags(Call call, int argument, LongPredicate known, Predicate<Call> rest) {
        Optional<Long> flags = call.constant(argument);
        if (flags.isPresent() && !known.test(flags.get())) {
            return call.finish(Value.of(Errno.EINVAL.result()));
        }
        if (flags.isEmpty()) {
            Call refused = call.fork();
            refused.finish(Value.of(Errno.EINVAL.result()));
            refused.follow();
        }
        return rest.test(call);
    }

    private static boolean initialise(Call call, Async async) {
        return onElement(call, e -> new InitTimer(async, e));
    }

    private static boolean setCallback(Call call, Async async) {
        Optional<Region.Element> element = call.element(1);
        Optional<BpfProgram> callback = element.flatMap(e -> call.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Code code
                ? AsyncCallbacks.callback(call.config().object(), async, call.config().program().functionAt(code.slot()).name(),
                        call.config().maps().applyAsInt(e.slot()))
                : Optional.empty());
        return callback.map(c -> call.stop(new SetTimer(async, element.orElseThrow(), call.config().object().programs().indexOf(c))))
                .orElseGet(() -> call.unsupported((async == Async.TIMER ? "helper bpf_timer_set_callback" : "kernel function bpf_wq_set_callback")
                        + ", of a callback or a map that is not known at load time"));
    }

    private static boolean start(Call call, Async async) {
        return onElement(call, e -> new StartTimer(async, e, false, call.machine().flags.irqsOff()));
    }

    /** In a hardirq or an NMI, too, interrupts are off. */
    private static boolean cancel(Call call) {
        if (call.machine().flags.irqsOff()) {
            return call.finish(Value.of(Errno.EOPNOTSUPP.result()));
        }
        HeldLock own = call.machine().held.detect(h -> h.isTurn(Async.TIMER));
        return onElement(call, e -> own == null ? new CancelTimer(e, CancelTimer.Phase.DROP, -1)
                : new CancelTimer(e, CancelTimer.Phase.ANNOUNCE, own.element()));
    }

    private static boolean onElement(Call call, Function<Region.Element, VisibleOperation> step) {
        return call.element(1).map(e -> call.stop(step.apply(e)))
                .orElseGet(() -> call.unsupported("a timer or a work item that is not in a map value"));
    }

    @Override
    public boolean alone(VerifierCall call) {
        return sets(call.callee()).map(async -> Callbacks.later(call, 2, switch (async) {
            case TIMER -> !call.knowledge().timersStayAwake() && call.config().program().section().sleepable();
            case WORK -> true;
        })).orElseGet(() -> Prototypes.alone(call));
    }
}
