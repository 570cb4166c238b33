package bpfmc.model.thread;

import bpfmc.model.value.Symbol;

/** A sample of a clock in one run's hands, and one that another run has taken of the same clock since. */
public record Overtaken(Symbol sample, Symbol by) {}
