package bpfmc.explorer.space;

/** Receives the successors of one state, in the system's order. */
@FunctionalInterface
public interface Successors {
    /**
     * One step and the state it leads to.
     *
     * @param actor who moves (an agent or a CPU), {@code >= 0}; a path changes context where the actor changes
     * @param choice which of the actor's alternatives in this state, {@code >= 0}; together with the actor it names the
     *     step
     * @param successor the state after the step, components {@code >= 0}; the system may overwrite it once this call
     *     has returned, and the receiver does not modify it
     */
    void accept(int actor, int choice, int[] successor);
}
