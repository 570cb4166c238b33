package bpfmc.model.memory;

import bpfmc.model.program.Async;
import bpfmc.model.program.MapDefinition;

/**
 * What the timer, or work item, of an element is about to do. Kept in the element, in the place of its struct bpf_timer or bpf_wq, where no program can look and no
 * copy leads; what was never written may be anything: others may have started it before, and may start it again.
 *
 * @param callback {@link #ANY}, {@link #NONE}, or that of {@link #of} a program
 * @param initialised whether bpf_timer_init, or bpf_wq_init, has made it one
 */
record TimerState(int callback, Pending pending, Initialised initialised) {
    static final int ANY = 0;
    static final int NONE = 1;

    /** What there is in a new element (kernel/bpf/helpers.c, __bpf_async_init has not been called yet). */
    static final TimerState NEW = new TimerState(NONE, Pending.NO, Initialised.NO);

    /** What there is where nothing is known. */
    static final TimerState UNKNOWN = new TimerState(ANY, Pending.MAYBE, Initialised.MAYBE);

    /** Whether it may expire. */
    enum Pending {
        MAYBE,
        NO,
        /** It may, whoever cancels it: a start from a hardirq, or with interrupts off, is done later (bpf_async_schedule_op, Linux 7.x). */
        EVEN_IF_CANCELLED
    }

    /** Whether it is a timer at all: every call on one that is none returns -EINVAL. */
    enum Initialised { MAYBE, NO, YES }

    /** {@return how the callback is named that a program of the object's stands for} @param program its index */
    static int of(int program) {
        return program + 2;
    }

    private static int offset(Async async, MapDefinition map) {
        return map.value().special().detect(f -> f.kind() == async.field()).offset();
    }

    static TimerState in(Element element, Async async, int slot, MapDefinition map) {
        int word = element.lockWord(slot, offset(async, map)).orElse(0);
        int states = Initialised.values().length;
        int rest = word / states;
        return new TimerState(rest / Pending.values().length, Pending.values()[rest % Pending.values().length], Initialised.values()[word % states]);
    }

    Element into(Element element, Async async, int slot, MapDefinition map) {
        int word = (callback * Pending.values().length + pending.ordinal()) * Initialised.values().length + initialised.ordinal();
        return element.withLockWord(slot, offset(async, map), word);
    }

    /** {@return the state once it is known whether it is a timer} One that is none does nothing. */
    TimerState knownAs(Initialised known) {
        return known == Initialised.NO ? NEW : new TimerState(callback, pending, known);
    }

    /** {@return the state with this callback, which only a timer can have} */
    TimerState calling(int other) {
        return new TimerState(other, pending, Initialised.YES);
    }

    TimerState started(boolean later) {
        return new TimerState(callback, later || pending == Pending.EVEN_IF_CANCELLED ? Pending.EVEN_IF_CANCELLED : Pending.MAYBE, Initialised.YES);
    }

    TimerState stopped() {
        return new TimerState(callback, pending == Pending.EVEN_IF_CANCELLED ? pending : Pending.NO, initialised);
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
