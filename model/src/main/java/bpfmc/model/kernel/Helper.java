package bpfmc.model.kernel;

import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;

/**
 * A kernel helper's prototype.
 *
 * @param id number, as in a call instruction
 * @param name without "bpf_"
 * @param result what r0 holds afterwards
 * @param arguments from r1 on, at most five; further ones of a variable list are left out (only trace_printk has one)
 * @param effects what it does beyond its result and its arguments' memory
 */
public record Helper(int id, String name, Result result, ImmutableList<Argument> arguments,
        ImmutableSet<Effect> effects) {

    /** What r0 holds after a call. */
    public enum Result {
        VOID,
        /** A number below 2^32. */
        U32,
        /** A number of 32 bits with its sign. */
        S32,
        /** Any number. */
        U64,
        /** The address of kernel memory or of a map value. */
        POINTER,
        /** Such an address, or 0. */
        POINTER_OR_NULL
    }

    /** What an argument is for. One that stands for memory can also be NULL: nothing is read or written then. */
    public enum Argument {
        /** Only its value counts. */
        ANY,
        /** The number of bytes of the memory in the argument before. */
        SIZE,
        MAP, KEY, VALUE, VALUE_OUT, IN, OUT, INOUT,
        /** Memory of a fixed size: an IPv4 or TCP header. */
        IN20,
        /** An IPv6 header. */
        IN40,
        OUT4, INOUT4, OUT8,
        /** A constant, zero-terminated string. */
        STRING,
        CONTEXT,
        /** A kernel object, or an address that may point anywhere and is read with care. */
        OBJECT,
        LOCK, TIMER, DYNPTR, CALLBACK, CALLBACK_CONTEXT;

        /** {@return whether the helper reads memory through the argument, of a size that is known or told} */
        public boolean reads() {
            return switch (this) {
                case KEY, VALUE, IN, INOUT, IN20, IN40, INOUT4 -> true;
                case ANY, SIZE, MAP, VALUE_OUT, OUT, OUT4, OUT8, STRING, CONTEXT, OBJECT, LOCK, TIMER, DYNPTR, CALLBACK,
                        CALLBACK_CONTEXT -> false;
            };
        }

        /** {@return whether the helper writes memory through the argument, of a size that is known or told} */
        public boolean writes() {
            return switch (this) {
                case VALUE_OUT, OUT, INOUT, OUT4, INOUT4, OUT8 -> true;
                case ANY, SIZE, MAP, KEY, VALUE, IN, IN20, IN40, STRING, CONTEXT, OBJECT, LOCK, TIMER, DYNPTR, CALLBACK,
                        CALLBACK_CONTEXT -> false;
            };
        }

        /** {@return whether the next argument tells how many bytes this one spans} */
        public boolean sized() {
            return this == IN || this == OUT || this == INOUT;
        }

        /** {@return how many bytes the argument spans, empty when that depends on the call} */
        public OptionalInt fixedSize() {
            return switch (this) {
                case OUT4, INOUT4 -> OptionalInt.of(4);
                case OUT8 -> OptionalInt.of(8);
                case IN20 -> OptionalInt.of(20);
                case IN40 -> OptionalInt.of(40);
                case ANY, SIZE, MAP, KEY, VALUE, VALUE_OUT, IN, OUT, INOUT, STRING, CONTEXT, OBJECT, LOCK, TIMER,
                        DYNPTR, CALLBACK, CALLBACK_CONTEXT -> OptionalInt.empty();
            };
        }
    }

    /** What a helper does beyond its result and its arguments' memory. */
    public enum Effect {
        /** Runs a function of the program, now or later. */
        CALLS_BACK,
        /** May sleep. */
        SLEEPS,
        /** Makes a system call, which may change any map. */
        SYSTEM_CALL,
        /** Works on a bpf_timer. */
        TIMER,
        /** Finds, creates or deletes a value that belongs to a kernel object. */
        LOCAL_STORAGE,
        /** Works on a queue, stack or Bloom filter map. */
        QUEUE,
        /** Moves a kernel pointer in or out of a map value. */
        KPTR,
        /** Makes, reads or writes a dynamic pointer. */
        DYNPTR,
        /**
         * May move the packet or change what it holds: what was read of it before says nothing of what is there now.
         * Those that bpf_helper_changes_pkt_data lists (net/core/filter.c), and two that write in place: skb_ecn_set_ce
         * and xdp_store_bytes.
         */
        CHANGES_PACKET,
        /**
         * Other fields of the context than the packet's addresses may read otherwise afterwards (skb-&gt;len,
         * sk-&gt;mark).
         */
        CHANGES_CONTEXT,
        /** Looks up, updates or deletes an element of a map. */
        MAP_ELEMENT,
        /** Takes or releases a bpf_spin_lock. */
        LOCK,
        /** Goes on with another program. */
        TAIL_CALL,
        /** Reserves, submits or discards a record of a ring buffer. */
        RING_BUFFER,
        /** Reads a clock, which other CPUs see advance too. */
        CLOCK,
        /** Tells of the CPU that the program runs on. */
        CPU,
        /** Gives the same result however often one run calls it: a run keeps its CPU, its task and its attachment. */
        CONSTANT
    }
}
