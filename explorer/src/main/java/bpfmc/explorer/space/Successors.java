package bpfmc.explorer.space;

/** Receives the successors of a state. */
@FunctionalInterface
public interface Successors {
    /**
     * @param actor who steps
     * @param choice which of the actor's alternatives this is, from 0
     * @param successor reused by the system after the call: copy what you keep
     */
    void accept(int actor, int choice, int[] successor);
}
