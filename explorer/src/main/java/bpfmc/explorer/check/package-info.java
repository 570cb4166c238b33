/**
 * From a scenario to its verdict: explore, find the shortest way to each finding, replay it, look for inputs that lead there,
 * tell it ({@code Counterexamples}). Where none lead down the ways tried, all ways are looked at ({@code ExactSearch}): a finding is
 * confirmed with inputs, or it is gone, or a limit keeps it possible. {@code Holds} is only given when the search was finished and met nothing that is not modelled.
 */
package bpfmc.explorer.check;
