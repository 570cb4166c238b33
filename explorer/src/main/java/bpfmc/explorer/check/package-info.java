/**
 * From a scenario to its verdict: explore, find the shortest way to each finding, replay it, look for inputs that lead there,
 * tell it. {@code Holds} is only given when the search was finished and met nothing that is not modelled.
 */
package bpfmc.explorer.check;
