package bpfmc.explorer.parameterized;

import bpfmc.model.machine.Invalidation;

/** What a step tells runs: the others, those below its own on the CPU, and its own. */
sealed interface Notice {
    /** What the model tells. @param ofCpu whether it only reaches runs of the same CPU */
    record Told(Invalidation what, boolean ofCpu) implements Notice {}

    /**
     * The tracked key has come into a map; each run is told with the names that it has for the key. @param ofCpu
     * whether it only reaches runs of the same CPU
     */
    record Inserted(int map, boolean ofCpu) implements Notice {}

    /** Elements that the tracked key had before may belong to other keys now. */
    record Recycled(int map) implements Notice {}
}
