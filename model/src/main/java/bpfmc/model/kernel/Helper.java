package bpfmc.model.kernel;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;

/**
 * A kernel helper's prototype.
 *
 * @param id number, as in a call instruction @param name without "bpf_"
 */
public record Helper(int id, String name, Result result, ImmutableList<Argument> arguments, ImmutableSet<Effect> effects) {

    /** What r0 holds afterwards. */
    public enum Result { VOID, U32, S32, U64, POINTER }

    /** What an argument is for; the comment in helpers.txt explains each. */
    public enum Argument {
        ANY, SIZE, MAP, KEY, VALUE, VALUE_OUT, IN, OUT, INOUT, OUT4, OUT8, STRING, CONTEXT, PACKET, OBJECT, LOCK, TIMER, DYNPTR,
        CALLBACK, CALLBACK_CONTEXT;

        /** {@return whether the helper reads memory through the argument} OUT4, of check_mtu, says a length beforehand. */
        public boolean reads() {
            return this == KEY || this == VALUE || this == IN || this == INOUT || this == OUT4;
        }

        /** {@return whether the helper writes memory through the argument} */
        public boolean writes() {
            return this == VALUE_OUT || this == OUT || this == INOUT || this == OUT4 || this == OUT8;
        }
    }

    /** What a helper does beyond its result and its arguments' memory. */
    public enum Effect {
        /** Runs a function of the program. */
        CALLS_BACK,
        /** May sleep. */
        SLEEPS,
        TIMER, LOCAL_STORAGE, QUEUE, KPTR, DYNPTR,
        /** May move or change the packet: earlier packet addresses are invalid (bpf_helper_changes_pkt_data, net/core/filter.c). */
        CHANGES_PACKET,
        MAP_ELEMENT, LOCK, TAIL_CALL, RING_BUFFER, CLOCK, CPU
    }
}
