/**
 * The transition system of a scenario: the only place where model and space meet.
 *
 * <p>A state is a vector of small numbers: for each agent a node of its program's automaton, for each map its bindings,
 * one for what the lock implementation keeps for the CPUs, for each element that was ever changed its contents. Numbers
 * stand for interned values, so equal parts are equal numbers,
 * and what a step does is computed once for each pair of an agent's node and the one component that decides it
 * ({@link bpfmc.explorer.system.BpfSystem}).
 *
 * <p>States that differ in the numbers of CPUs only ({@code CpuSymmetry}), or of elements ({@code ElementSymmetry}), have one
 * representative, found by sorting; {@code StubbornSets} says whose steps to look at.
 *
 * <p>{@link bpfmc.explorer.system.exact.ExactReplay} goes down a path once more with nothing forgotten, collects every condition
 * on the inputs, and decides whether inputs can satisfy them: a path that has some is what the programs really do.
 * {@link bpfmc.explorer.system.exact.ExactSystem} is the scenario with nothing forgotten, in which all paths are looked at when those that
 * were tried have none.
 */
package bpfmc.explorer.system;
