package bpfmc.explorer.space;

import java.util.function.Consumer;

/**
 * Judges one state and says what is wrong with it. A judge sees a state and nothing of the search; it is called once
 * for every state, so finding nothing must be cheap and must not allocate.
 *
 * @param <F> a finding; {@code equals} and {@code hashCode} decide which findings are the same, so what differs from
 *     state to state without being another finding does not belong in it
 */
@FunctionalInterface
public interface Judge<F> {
    /**
     * @param state not to be modified, and not to be kept after the call
     * @param terminal whether the state has no successor: the place to judge finished runs and deadlocks
     * @param findings is told what was found; the same finding may be told again and again
     */
    void judge(int[] state, boolean terminal, Consumer<? super F> findings);
}
