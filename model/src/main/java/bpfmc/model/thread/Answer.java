package bpfmc.model.thread;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Value;

/** What a visible operation gives back to the agent that performed it; unknowns are named relative to that agent. */
public sealed interface Answer {
    Answer NONE = new None();

    /** Nothing but that it happened. */
    record None() implements Answer {}

    /** A number or an element's address. */
    record Of(Value value) implements Answer {}

    /** Bytes, from offset 0. */
    record Bytes(Cells contents) implements Answer {}
}
