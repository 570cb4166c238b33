package bpfmc.model.kernel;

/**
 * A way for one run to start on top of another one on the same CPU.
 *
 * @param below level of the run that is interrupted
 * @param above level of the run that interrupts it: higher, or task over task when the lower one can be preempted
 */
public record Nesting(ContextLevel below, ContextLevel above) {}
