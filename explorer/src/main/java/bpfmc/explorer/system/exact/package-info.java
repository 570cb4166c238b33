/**
 * Whether inputs exist that lead down a path.
 *
 * <p>{@link bpfmc.explorer.system.exact.ExactReplay} goes down a path once more with nothing forgotten, collects every condition
 * on the inputs, and decides whether inputs can satisfy them: a path that has some is what the programs really do.
 * {@link bpfmc.explorer.system.exact.ExactSystem} is the scenario with nothing forgotten, in which all paths are looked at when those that
 * were tried have none. {@link bpfmc.explorer.system.exact.FinalContents} is what the maps hold at the end of a run, and under which conditions.
 */
package bpfmc.explorer.system.exact;
