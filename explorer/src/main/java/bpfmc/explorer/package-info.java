/**
 * What all interleavings do.
 *
 * <pre>
 * cli -> report -> verdict
 *  |       check -> property, scenario, search, verdict
 *  +-------> |
 *          scenario -> space, model          search, store -> space
 * </pre>
 *
 * <ul>
 *   <li>{@link bpfmc.explorer.space}: the vocabulary: systems, judges, paths; says nothing of BPF
 *   <li>{@link bpfmc.explorer.store}, {@link bpfmc.explorer.search}: the visited set and the loops over it
 *   <li>{@link bpfmc.explorer.scenario}: which programs run where; automata times memory times CPUs as a transition system
 *   <li>{@link bpfmc.explorer.property}: one class a property
 *   <li>{@link bpfmc.explorer.condition}: what a scenario file says of map contents, as properties and initial contents
 *   <li>{@link bpfmc.explorer.check}: from a scenario to its verdict: search, shortest path, replay, confirmation
 *   <li>{@link bpfmc.explorer.verdict}: what the user trusts
 *   <li>{@link bpfmc.explorer.report}: one report value, one writer a format
 *   <li>{@link bpfmc.explorer.cli}: commands, options, exit codes
 * </ul>
 *
 * Reductions will be a package of their own beside search: a filter on what is explored that never changes a verdict.
 */
package bpfmc.explorer;
