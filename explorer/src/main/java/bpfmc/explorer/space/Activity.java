package bpfmc.explorer.space;

/** Says which actors are under way. */
@FunctionalInterface
public interface Activity {
    /**
     * {@return whether the actor has begun and not yet finished}
     *
     * @param state not to be modified, and not to be kept after the call
     * @param actor as the system numbers its actors
     */
    boolean active(int[] state, int actor);
}
