package bpfmc.explorer.verdict;

/**
 * What the search of one scenario cost and how far it came.
 *
 * @param states distinct states @param transitions steps taken @param terminals states in which nobody could step
 * @param privateStates nodes of the programs' automata
 * @param nanoseconds wall-clock time @param bytes memory of the visited set
 * @param omission probability that a state was missed, 0 of an exact search
 */
public record ExplorationFigures(long states, long transitions, long terminals, long privateStates, long nanoseconds, long bytes, double omission) {
    /** An exact search. */
    public ExplorationFigures(long states, long transitions, long terminals, long privateStates, long nanoseconds, long bytes) {
        this(states, transitions, terminals, privateStates, nanoseconds, bytes, 0);
    }

    /** Nothing was explored. */
    public static final ExplorationFigures NONE = new ExplorationFigures(0, 0, 0, 0, 0, 0);

    /** {@return the same, without the time and memory that was spent once} */
    ExplorationFigures toldAgain() {
        return new ExplorationFigures(states, transitions, terminals, privateStates, 0, 0, omission);
    }

    public double seconds() {
        return nanoseconds / 1e9;
    }
}
