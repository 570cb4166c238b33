package bpfmc.explorer.search;

/**
 * A limit ended the search early: there may be more states than were seen, and nothing is known about them.
 *
 * @param kind which limit @param figure the limit and what was needed, with units, to be read by a person
 */
public record LimitReached(Kind kind, String figure) implements End, PathResult {
    /** Which limit. */
    public enum Kind { STATES, MEMORY, TIME, INTERRUPTED }

    /** {@return a time as it is told} */
    static String time(long nanos) {
        long millis = nanos / 1_000_000;
        return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis / 100 % 10 + " s";
    }
}
