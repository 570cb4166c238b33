/**
 * The one search loop, and the search for the path a person should see.
 *
 * <pre>
 * explore      : system judge limits       -> Outcome = findings, counts, End
 * ShortestPath : system goal limits        -> PathResult
 * End          = Finished | LimitReached
 * PathResult   = Found path | NotFound | LimitReached
 * </pre>
 *
 * <p>{@link bpfmc.explorer.search.Search} visits every state once, breadth first, and lets a judge look at each. It
 * answers <em>whether</em>. {@link bpfmc.explorer.search.ShortestPath} answers <em>how</em>, once there is something to
 * show: the run with the fewest context switches. The two are apart because the first must be fast and remembers no
 * predecessors, while the second needs the actor of the last step in its states and mostly ends early.
 *
 * <p>Where a layer is large, idle {@link bpfmc.explorer.search.Threads} help, by rounds: they follow states in which nothing is met that has no
 * number yet, one thread follows the others, and what was reached is added to the table by all. Whatever comes of it, down to the numbers of the
 * states, is what one thread would have come to. At which states something was learned is a log ({@code LearningLog}), by which another process can
 * go on with the search ({@link bpfmc.explorer.search.Checkpoint}).
 *
 * <p>A search that was cut short says so in its type: nothing but {@link bpfmc.explorer.search.Finished} means that
 * there are no other states.
 */
package bpfmc.explorer.search;
