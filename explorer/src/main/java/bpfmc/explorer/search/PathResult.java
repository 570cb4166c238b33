package bpfmc.explorer.search;

import bpfmc.explorer.space.Path;

/** What a search for a path came to. */
public sealed interface PathResult permits PathResult.Found, PathResult.NotFound, LimitReached {
    /** The best path to a goal. It has been replayed. */
    record Found(Path path) implements PathResult {}

    /** No reachable state is a goal: all were visited. */
    record NotFound() implements PathResult {}
}
