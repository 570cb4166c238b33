package bpfmc.explorer.space;

import java.util.Optional;

/** A system whose steps can be asked for actor by actor. */
public interface Actors extends TransitionSystem {
    /** {@return how many actors there are} */
    int actors();

    /** Tells {@code sink} the steps of one actor, in the order in which {@link #successors} tells them. */
    void successors(int[] state, int actor, Successors sink);

    @Override
    default Optional<? extends Actors> reader() {
        return Optional.empty();
    }
}
