package bpfmc.model.memory;

import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.memory.TimerState.Initialised;
import bpfmc.model.memory.TimerState.Pending;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation.CancelTimer.Phase;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import bpfmc.model.step.VisibleOperation.InitTimer;
import bpfmc.model.step.VisibleOperation.SetTimer;
import bpfmc.model.step.VisibleOperation.StartTimer;
import bpfmc.model.step.VisibleOperation.TimerOperation;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What calls on timers and work items do (kernel/bpf/helpers.c, bpf_timer_set_callback, bpf_timer_start, bpf_timer_cancel, bpf_wq_start, Linux 7.3), step by step. */
final class Timers {
    private final BpfObject object;
    private final ElementIds slots;

    private final KernelVersion kernel;

    Timers(BpfObject object, ElementIds slots, KernelVersion kernel) {
        this.kernel = kernel;
        this.object = object;
        this.slots = slots;
    }

    ImmutableList<Outcome> step(TimerOperation operation, MemoryModel.View view) {
        int slot = operation.element().slot();
        TimerState timer = TimerState.in(view.element(slot), operation.async(), slot, object.maps().get(slots.mapOf(slot)));
        return switch (operation) {
            case InitTimer o -> initialise(o, timer, view);
            case SetTimer o -> onTimer(o, timer, view, known -> becomes(o, known.calling(TimerState.of(o.callback())), result(0), view));
            case StartTimer o when o.checked() -> Lists.immutable.with(becomes(o, timer.started(o.later()), result(0), view));
            case StartTimer o -> start(o, timer, view);
            case CancelTimer o -> switch (o.phase()) {
                case ANNOUNCE -> announce(o);
                case DROP -> o.own() >= 0 && view.cancelling(o.own()) ? Lists.immutable.with(Outcome.of(next(o, Phase.RETREAT))) : drop(o, timer, view);
                case RETREAT -> Lists.immutable.with(Outcome.of(result(Errno.EDEADLK)));
                case WAIT -> await(o, timer, view);
            };
        };
    }

    /**
     * {@return the element once a copy has been made into it} An update in place frees the timer of the value that was there
     * (kernel/bpf/arraymap.c, array_map_update_elem; kernel/bpf/hashtab.c, htab_map_update_elem with BPF_F_LOCK): from then on anything may be there.
     */
    Element copiedOver(int slot, Element element) {
        MapDefinition map = object.maps().get(slots.mapOf(slot));
        return Lists.immutable.with(Async.values()).select(a -> a.in(map))
                .injectInto(element, (e, a) -> TimerState.UNKNOWN.into(e, a, slot, map));
    }

    /**
     * The first call makes it a timer, if there is memory; later ones find that it is one. That no user space holds the map
     * any more, -EPERM, is excluded by the scope.
     */
    private ImmutableList<Outcome> initialise(InitTimer o, TimerState timer, MemoryModel.View view) {
        Initialised known = knownOf(o, timer);
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        if (known != Initialised.YES) {
            outcomes.add(becomes(o, TimerState.NEW.calling(TimerState.NONE), result(0), view));
            outcomes.add(becomes(o, timer.knownAs(Initialised.NO), result(Errno.ENOMEM), view));
        }
        if (known != Initialised.NO) {
            outcomes.add(becomes(o, timer.knownAs(Initialised.YES), result(Errno.EBUSY), view));
        }
        return outcomes.toImmutable();
    }

    /** {@return what a call does where there is a timer, and -EINVAL where there is none; both where that is not known} */
    private ImmutableList<Outcome> onTimer(TimerOperation o, TimerState timer, MemoryModel.View view, Function<TimerState, Outcome> does) {
        Initialised known = knownOf(o, timer);
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        if (known != Initialised.NO) {
            outcomes.add(does.apply(timer.knownAs(Initialised.YES)));
        }
        if (known != Initialised.YES) {
            outcomes.add(becomes(o, timer.knownAs(Initialised.NO), result(Errno.EINVAL), view));
        }
        return outcomes.toImmutable();
    }

    /** {@return whether there is a timer} An element that has been deleted has lost it, and may have got one since. */
    private static Initialised knownOf(TimerOperation o, TimerState timer) {
        return o.element().life() == Region.Life.BOUND ? timer.initialised() : Initialised.MAYBE;
    }

    /** Looks whether there is a callback to start; a start that has found one does not fail. */
    private ImmutableList<Outcome> start(StartTimer o, TimerState timer, MemoryModel.View view) {
        Outcome goesOn = Outcome.of(new Answer.Underway(new StartTimer(o.async(), o.element(), true, o.later())));
        Outcome refused = Outcome.of(result(Errno.EINVAL));
        if (o.element().life() == Region.Life.BOUND && timer.callback() != TimerState.ANY) {
            return Lists.immutable.with(timer.callback() == TimerState.NONE ? refused : goesOn);
        }
        return Lists.immutable.with(goesOn, refused);
    }

    /**
     * A callback that cancels its own timer is told so; one that cancels another says that it will wait for that, where the kernel asks
     * ({@link Behaviour#TIMER_CANCEL_REFUSES}).
     */
    private ImmutableList<Outcome> announce(CancelTimer o) {
        CancelTimer asked = Behaviour.TIMER_CANCEL_REFUSES.in(kernel) ? o : new CancelTimer(o.element(), o.phase(), -1);
        Outcome first = Outcome.of(o.own() == o.element().slot() ? result(Errno.EDEADLK) : next(asked, Phase.DROP));
        return o.element().life() == Region.Life.BOUND ? Lists.immutable.with(first) : Lists.immutable.with(first, uninitialised());
    }

    /** Takes the timer's callback away, but where there is no timer. */
    private ImmutableList<Outcome> drop(CancelTimer o, TimerState timer, MemoryModel.View view) {
        TimerState found = view.runs(Async.TIMER, o.element().slot()) ? timer.knownAs(Initialised.YES) : timer;
        return onTimer(o, found, view, known -> becomes(o, known.calling(TimerState.NONE), next(o, Phase.WAIT), view));
    }

    /** An element that has been deleted has no timer any more. */
    private static Outcome uninitialised() {
        return Outcome.of(result(Errno.EINVAL));
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

    private static Answer result(Errno error) {
        return result(error.result());
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }
}
