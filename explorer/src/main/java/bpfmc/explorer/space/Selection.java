package bpfmc.explorer.space;

/** Says whose steps must be looked at in a state, so that no behaviour that matters is missed when the others wait. */
@FunctionalInterface
public interface Selection {
    /**
     * Chooses actors, by a rule that depends on nothing but the state. Where any actor can step, one of the chosen can.
     *
     * @param chosen to be filled, one entry for each actor
     */
    void choose(int[] state, boolean[] chosen);
}
