package bpfmc.explorer.space;

/** A system whose steps can be asked for actor by actor. */
public interface Actors extends TransitionSystem {
    /** {@return how many actors there are} */
    int actors();

    /** Tells {@code sink} the steps of one actor, in the order in which {@link #successors} tells them. */
    void successors(int[] state, int actor, Successors sink);
}
