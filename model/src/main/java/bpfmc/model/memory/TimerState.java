package bpfmc.model.memory;

import bpfmc.model.program.Async;
import bpfmc.model.program.MapDefinition;

/**
 * What the timer, or work item, of an element is about to do. Kept in the element, in the place of its struct bpf_timer or bpf_wq, where no program can look and no
 * copy leads; what was never written may be anything: others may have started it before, and may start it again.
 *
 * @param callback {@link #ANY}, {@link #NONE}, or that of {@link #of} a program
 */
record TimerState(int callback, Pending pending) {
    static final int ANY = 0;
    static final int NONE = 1;

    /** What is there of a new element: bpf_timer_init has not been called yet (kernel/bpf/helpers.c, bpf_timer_start: -EINVAL). */
    static final TimerState NEW = new TimerState(NONE, Pending.NO);

    /** Whether it may expire. */
    enum Pending {
        MAYBE,
        NO,
        /** It may, whoever cancels it: a start from a hardirq, or with interrupts off, is done later (bpf_async_schedule_op, Linux 7.x). */
        EVEN_IF_CANCELLED
    }

    /** {@return how the callback is named that a program of the object's stands for} @param program its index */
    static int of(int program) {
        return program + 2;
    }

    private static int offset(Async async, MapDefinition map) {
        return map.value().special().detect(f -> f.kind() == async.field()).offset();
    }

    static TimerState in(Element element, Async async, int slot, MapDefinition map) {
        int word = element.lockWord(slot, offset(async, map)).orElse(0);
        return new TimerState(word / Pending.values().length, Pending.values()[word % Pending.values().length]);
    }

    Element into(Element element, Async async, int slot, MapDefinition map) {
        return element.withLockWord(slot, offset(async, map), callback * Pending.values().length + pending.ordinal());
    }

    TimerState calling(int other) {
        return new TimerState(other, pending);
    }

    TimerState started(boolean later) {
        return new TimerState(callback, later || pending == Pending.EVEN_IF_CANCELLED ? Pending.EVEN_IF_CANCELLED : Pending.MAYBE);
    }

    TimerState stopped() {
        return new TimerState(callback, pending == Pending.EVEN_IF_CANCELLED ? pending : Pending.NO);
    }

    /** {@return whether it may expire and then run this callback} */
    boolean mayRun(int which) {
        return pending != Pending.NO && (callback == ANY || callback == which);
    }

    /** {@return the state once the timer has expired} Where others may have started it they may do so again. */
    TimerState expired() {
        return callback == ANY ? this : stopped();
    }
}
