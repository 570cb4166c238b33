package bpfmc.explorer.system;

import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.model.kernel.Errno;
import bpfmc.model.step.Answer;
import java.util.Arrays;

/** The runs of an order of steps in which no map operation fails for lack of room (-E2BIG, -ENOMEM) that need not: one in a map that is known to be full does. */
public record NoAllocationFailure(BpfSystem system, TransitionSystem order) implements TransitionSystem {
    @Override
    public int width() {
        return order.width();
    }

    @Override
    public void initial(int[] state) {
        order.initial(state);
    }

    @Override
    public void successors(int[] state, Successors sink) {
        order.successors(state, (actor, choice, successor) -> {
            boolean noRoom = system.answer(state, actor, choice) instanceof Answer.Of of
                    && (of.value().is(Errno.E2BIG.result()) || of.value().is(Errno.ENOMEM.result()))
                    && system.updates(state, actor) && mayStore(state, actor);
            if (!noRoom) {
                sink.accept(actor, choice, successor);
            }
        });
    }

    private boolean mayStore(int[] state, int actor) {
        return Arrays.stream(system.effects(actor, state)).anyMatch(e -> e.outcome().answer() instanceof Answer.Bound);
    }
}
