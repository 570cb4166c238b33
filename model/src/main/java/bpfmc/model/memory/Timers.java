package bpfmc.model.memory;

import bpfmc.model.kernel.Errno;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.memory.TimerState.Pending;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.thread.Answer;
import bpfmc.model.thread.VisibleOperation.CancelTimer;
import bpfmc.model.thread.VisibleOperation.CancelTimer.Phase;
import bpfmc.model.thread.VisibleOperation.SetTimer;
import bpfmc.model.thread.VisibleOperation.StartTimer;
import bpfmc.model.thread.VisibleOperation.TimerOperation;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What calls on timers and work items do (kernel/bpf/helpers.c, bpf_timer_set_callback, bpf_timer_start, bpf_timer_cancel, bpf_wq_start, Linux 7.3), step by step. */
final class Timers {
    private final BpfObject object;
    private final Slots slots;

    Timers(BpfObject object, Slots slots) {
        this.object = object;
        this.slots = slots;
    }

    ImmutableList<Outcome> step(TimerOperation operation, MemoryModel.View view) {
        int slot = operation.element().slot();
        TimerState timer = TimerState.in(view.element(slot), operation.async(), slot, object.maps().get(slots.mapOf(slot)));
        return switch (operation) {
            case SetTimer o -> Lists.immutable.with(becomes(o, timer.calling(TimerState.of(o.callback())), Answer.NONE, view));
            case StartTimer o when o.checked() -> Lists.immutable.with(becomes(o, timer.started(o.later()), Answer.NONE, view));
            case StartTimer o -> Lists.immutable.with(Outcome.of(timer.callback() == TimerState.NONE ? result(Errno.EINVAL.result())
                    : new Answer.Underway(new StartTimer(o.async(), o.element(), true, o.later()))));
            case CancelTimer o -> switch (o.phase()) {
                case ANNOUNCE -> announce(o);
                case DROP -> o.own() >= 0 && view.cancelling(o.own()) ? Lists.immutable.with(Outcome.of(next(o, Phase.RETREAT))) : drop(o, timer, view);
                case RETREAT -> Lists.immutable.with(Outcome.of(result(Errno.EDEADLK.result())));
                case WAIT -> await(o, timer, view);
            };
        };
    }

    /** A callback that cancels its own timer is told so; one that cancels another says that it will wait for that. */
    private static ImmutableList<Outcome> announce(CancelTimer o) {
        Outcome first = Outcome.of(o.own() == o.element().slot() ? result(Errno.EDEADLK.result()) : next(o, Phase.DROP));
        return o.element().life() == Region.Life.BOUND ? Lists.immutable.with(first) : Lists.immutable.with(first, uninitialised());
    }

    /** Takes the timer's callback away, but where the timer was never initialised. */
    private ImmutableList<Outcome> drop(CancelTimer o, TimerState timer, MemoryModel.View view) {
        MutableList<Outcome> outcomes = Lists.mutable.with(becomes(o, timer.calling(TimerState.NONE), next(o, Phase.WAIT), view));
        if (o.element().life() != Region.Life.BOUND) {
            outcomes.add(uninitialised());
        } else if ((timer.callback() == TimerState.ANY || timer.callback() == TimerState.NONE) && !view.runs(Async.TIMER, o.element().slot())) {
            outcomes.add(becomes(o, timer.calling(TimerState.NONE).stopped(), result(Errno.EINVAL.result()), view));
        }
        return outcomes.toImmutable();
    }

    /** An element that has been deleted has no timer any more. */
    private static Outcome uninitialised() {
        return Outcome.of(result(Errno.EINVAL.result()));
    }

    /** Waits until the callback has returned (hrtimer_cancel). One that runs for the element's next life is not waited for. */
    private ImmutableList<Outcome> await(CancelTimer o, TimerState timer, MemoryModel.View view) {
        if (view.runs(Async.TIMER, o.element().slot()) && o.element().life() != Region.Life.RECYCLED) {
            return Lists.immutable.empty();
        }
        Outcome idle = becomes(o, timer.stopped(), result(0), view);
        return timer.pending() == Pending.NO ? Lists.immutable.with(idle) : Lists.immutable.with(idle, becomes(o, timer.stopped(), result(1), view));
    }

    private Outcome becomes(TimerOperation o, TimerState timer, Answer answer, MemoryModel.View view) {
        int slot = o.element().slot();
        return Outcome.of(answer, new Change.OfElement(slot, timer.into(view.element(slot), o.async(), slot, object.maps().get(slots.mapOf(slot)))));
    }

    private static Answer next(CancelTimer o, Phase phase) {
        return new Answer.Underway(new CancelTimer(o.element(), phase, o.own()));
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }
}
