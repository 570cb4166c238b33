package bpfmc.explorer.search;

/**
 * What a search has seen so far, or all in all.
 *
 * @param states distinct states met, the initial one included
 * @param expanded of these, how many had their successors computed and were judged; all of them when the search has
 *     finished
 * @param transitions steps between states, those to known states included
 * @param terminals expanded states without a successor
 * @param depth steps from the initial state to the farthest expanded state, by the shortest way
 * @param bytes memory of the visited states
 * @param nanos time since the search began
 */
public record Figures(
        long states, long expanded, long transitions, long terminals, int depth, long bytes, long nanos) {}
