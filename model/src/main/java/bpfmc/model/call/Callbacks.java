package bpfmc.model.call;

import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.machine.WalkState;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Functions of the program that a call runs again and again before it returns. The callback runs on a frame of its own that returns to the
 * call, which is then told ({@link CallFamily#returned}).
 */
final class Callbacks {
    /** The deepest nesting of frames (MAX_CALL_FRAMES, include/linux/bpf_verifier.h). */
    private static final int MOST_FRAMES = 8;

    private Callbacks() {}

    /** {@return why the call's second argument cannot be run, or its flags in the fourth not be followed; empty when they can} */
    static Optional<String> refusal(Call call) {
        if (!(call.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Code)) {
            return Optional.of("a callback that is not known at load time");
        }
        return call.constant(4).isEmpty() ? Optional.of("a callback run with flags that are not known") : Optional.empty();
    }

    /** What a frame says of a walk that is none, or needs nothing to go on. */
    static final ImmutableList<Value> NO_WALK = Lists.immutable.empty();

    /**
     * Enters the callback that the second argument names, with these arguments. {@return true}
     *
     * @param turn how often it has been run then @param walk what the frame keeps besides: {@link WalkState}
     */
    static boolean enter(Call call, int turn, ImmutableList<Value> walk, Value first, Value second, Value third, Value fourth) {
        Machine m = call.machine();
        Value[] r = m.registers;
        int callback = ((Region.Code) ((Value.Pointer) r[2]).region()).slot();
        m.frames.add(frame(m, turn, walk));
        m.progress = Progress.NONE;
        Arrays.fill(r, null);
        r[1] = first;
        r[2] = second;
        r[3] = third;
        r[4] = fourth;
        m.pc = callback;
        return true;
    }

    /** {@return the frame of a callback: it comes back to its call} */
    private static Frame frame(Machine m, int turn, ImmutableList<Value> walk) {
        Value[] r = m.registers;
        return new Frame(m.pc, Lists.immutable.with(r[6], r[7], r[8], r[9], r[1], r[2], r[3], r[4], r[5]).newWithAll(walk), Cells.EMPTY, turn);
    }

    /** Ends the call where the callback has asked for that. {@return whether it may also go on} */
    static boolean goesOn(Call call, int turn) {
        Machine m = call.machine();
        Literal goesOn = Comparison.equal(m.number(m.registers[0]).term(), Constant.ZERO, true);
        Call stopped = call.fork();
        if (stopped.machine().assume(goesOn.negated())) {
            stopped.finish(Value.of(turn));
            stopped.follow();
        }
        return m.assume(goesOn);
    }

    /**
     * A call that runs a callback, when nobody else runs: one path goes on behind the call, another enters the callback, after which the call is
     * judged and executed again. {@return true}
     *
     * @param argument which one names the callback, from 1 @param less whether it orders a tree @param prepare sets its arguments
     */
    static boolean alone(VerifierCall call, int argument, boolean less, Consumer<Machine> prepare) {
        if (call.argument(argument) instanceof Value.Pointer p && p.region() instanceof Region.Code code
                && call.machine().frames.size() < MOST_FRAMES) {
            VerifierCall inside = call.fork();
            Machine m = inside.machine();
            int at = m.pc;
            m.frames.add(frame(m, 0, NO_WALK));
            Arrays.fill(m.registers, null);
            m.registers[1] = m.unknownValue(8);
            prepare.accept(m);
            inside.happened(PathHistory.Kind.ENTERS_CALLBACK);
            inside.keep(inside.state().entered(new VerifierState.Callback(m.depth(), at, less)));
            m.pc = code.slot();
            inside.comesBack();
        }
        return call.finish(call.machine().unknownValue(8));
    }

    /**
     * A callback that runs at another time, with nothing held; it is handed a value of the map that the call's first argument lies in.
     * {@return true}
     *
     * @param argument which one names the callback, from 1 @param sleepable whether it may sleep
     */
    static boolean later(VerifierCall call, int argument, boolean sleepable) {
        if (call.argument(argument) instanceof Value.Pointer p && p.region() instanceof Region.Code code) {
            call.runsLater(code.slot(), call.origin(1).map(o -> o instanceof Origin.MapValue v && !v.inner() ? v.map() : -1).orElse(-1),
                    sleepable);
        }
        return call.finish(call.machine().unknownValue(8));
    }
}
