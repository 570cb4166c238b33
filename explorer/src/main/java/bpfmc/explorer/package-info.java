/**
 * What all interleavings do.
 *
 * <pre>
 * cli -> report -> verdict
 *  |       check -> property, system, search, verdict
 *  +-------> |
 *          system -> scenario, space, model  search, store -> space
 * </pre>
 *
 * <ul>
 *   <li>{@link bpfmc.explorer.space}: the vocabulary: systems, judges, paths; says nothing of BPF
 *   <li>{@link bpfmc.explorer.store}, {@link bpfmc.explorer.search}: the visited set and the loops over it
 *   <li>{@link bpfmc.explorer.scenario}: which programs run where
 *   <li>{@link bpfmc.explorer.system}: automata times memory times CPUs as a transition system
 *   <li>{@link bpfmc.explorer.property}: one class a property
 *   <li>{@link bpfmc.explorer.condition}: what a scenario file says of map contents, as properties and initial contents
 *   <li>{@link bpfmc.explorer.check}: from an object to verdicts; {@link bpfmc.explorer.check.witness}: shortest path, replay, inputs, trace
 *   <li>{@link bpfmc.explorer.parameterized}: the proof for any number of CPUs and runs
 *   <li>{@link bpfmc.explorer.verdict}: what the user trusts
 *   <li>{@link bpfmc.explorer.report}: one report value; {@link bpfmc.explorer.report.format}: one writer a format
 *   <li>{@link bpfmc.explorer.cli}: commands, options, exit codes
 * </ul>
 *
 * Beside these: {@link bpfmc.explorer.reduction}, ways to look at fewer states that never change a verdict;
 * {@link bpfmc.explorer.spec}, scenario files; {@link bpfmc.explorer.nightly}, what jobs that run at night keep;
 * {@link bpfmc.explorer.locks}, lock algorithms alone; {@link bpfmc.explorer.axiomatic}, executions as graphs under memory models, and
 * {@link bpfmc.explorer.litmus}, litmus files under them; {@link bpfmc.explorer.livekernel}, the running kernel beside the lock rules;
 * {@link bpfmc.explorer.confirm}, outcomes shown on this machine; {@link bpfmc.explorer.bench}, what all this costs.
 */
package bpfmc.explorer;
