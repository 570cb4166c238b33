/**
 * From an object to verdicts. {@link bpfmc.explorer.check.ObjectCheck} is the way: a {@link bpfmc.explorer.check.CheckRequest} says
 * everything that can change what is said, a {@link bpfmc.explorer.check.CheckEnvironment} what it is carried out with,
 * {@link bpfmc.explorer.check.Checked} is what came of it.
 *
 * <p>From a scenario to its verdict ({@link bpfmc.explorer.check.ScenarioChecker}): explore, find the shortest way to each finding, replay
 * it, look for inputs that lead there, tell it ({@code Counterexamples}). Where none lead down the ways tried, all ways are looked at
 * ({@code ExactSearch}): a finding is confirmed with inputs, or it is gone, or a limit keeps it possible. {@code Holds} is only given when the
 * search was finished and met nothing that is not modelled.
 */
package bpfmc.explorer.check;
