package bpfmc.explorer.search;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a search came to. An empty list of findings means something only if the end is {@link Finished}.
 *
 * @param end whether everything was seen
 * @param findings the distinct findings of all judged states, in the order of their first discovery, which is breadth
 *     first and the same every time
 * @param omission probability that a state was missed although everything seems to have been seen; 0 of an exact search
 */
public record Outcome<F>(End end, ImmutableList<F> findings, Figures figures, double omission) {
    /** {@return whether every reachable state was visited and judged} */
    public boolean finished() {
        return switch (end) {
            case Finished() -> true;
            case LimitReached(var kind, var figure) -> false;
        };
    }
}
