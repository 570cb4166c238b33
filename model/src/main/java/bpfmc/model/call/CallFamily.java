package bpfmc.model.call;

import bpfmc.model.machine.Frame;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * A family of helpers and kernel functions: all that anybody asks about them. The interpreter asks for their steps, the verifier's run for
 * their effect when nobody else runs, the static analyses for what they may do. Nobody else knows a helper by its name or number.
 */
public interface CallFamily {

    /** {@return the family's name, for people: "locks"} */
    String name();

    /** {@return the functions that it speaks for, by {@link Callee#name()}; no function has two families} */
    ImmutableSet<String> functions();

    /**
     * Begins the call: the machine stops before its first visible step, returns from it, or goes on in others ({@link Call#others}).
     * Executed again after each step that {@link #reexecutes}.
     *
     * @return false when the machine goes on in others only
     */
    boolean enter(Call call);

    /** Brings the machine to where the answered step leaves it: before the next one, or behind the call. */
    default void resume(Call call, VisibleOperation operation, Answer answer) {
        call.finish(answer);
    }

    /** {@return whether the call is executed again after this step, so that its arguments still count} */
    default boolean reexecutes(Call call, VisibleOperation operation) {
        return false;
    }

    /**
     * Goes on with a call whose callback has returned.
     *
     * @param callback the frame that the callback ran on
     * @return false when the machine goes on in others only
     */
    default boolean returned(Call call, Frame callback) {
        throw new IllegalStateException(call.callee().name() + " runs no callback");
    }

    /** What the call leaves behind when nobody else runs. {@return whether this path goes on} */
    default boolean alone(VerifierCall call) {
        return Prototypes.alone(call);
    }

    /** {@return how far the family's model of the function goes} */
    default Support support(Callee callee) {
        return new Support.Exact();
    }

    /** {@return what a call of this function may do, beyond what its prototype says} */
    default ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.empty();
    }
}
