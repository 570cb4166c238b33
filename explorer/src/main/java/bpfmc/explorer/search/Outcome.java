package bpfmc.explorer.search;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * What a search found and how far it came.
 *
 * @param findings distinct, in the order they were found
 * @param end how the search ended: a search that was cut short never looks finished
 */
public record Outcome<F>(long states, long transitions, long terminals, ImmutableList<F> findings, End end, long bytes, long nanoseconds) {

    /** How a search ended. */
    public sealed interface End {
        /** Every reachable state was looked at. */
        record Finished() implements End {}

        /** A limit was reached, with some states not looked at. @param limit for the user ("1000000 states") */
        record LimitReached(Kind kind, String limit) implements End {
            public enum Kind { STATES, MEMORY, TIME, INTERRUPT }
        }
    }
}
