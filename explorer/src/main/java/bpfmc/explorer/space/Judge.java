package bpfmc.explorer.space;

import java.util.function.Consumer;

/**
 * Looks at one state and says what is wrong with it. Pure; never sees the search.
 *
 * @param <F> a finding; equal findings are one
 */
@FunctionalInterface
public interface Judge<F> {
    /** @param terminal whether the state has no successors */
    void judge(int[] state, boolean terminal, Consumer<? super F> findings);
}
