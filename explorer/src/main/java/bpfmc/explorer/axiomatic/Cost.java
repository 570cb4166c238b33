package bpfmc.explorer.axiomatic;

/**
 * What an exploration cost.
 *
 * @param executions whole executions that were looked at
 * @param deadEnds partial ones that led nowhere
 * @param checks how often the axioms were asked
 * @param cut whether a loop was left before its end
 */
public record Cost(long executions, long deadEnds, long checks, boolean cut) {}
