/**
 * Ways to look at fewer states without missing anything. Each takes a system and gives one with fewer states or steps;
 * nothing here knows BPF: what is alike and what depends on what is told by whoever knows the system.
 *
 * <pre>
 * Selected        in each state the steps of those actors that a {@link bpfmc.explorer.space.Selection} chooses: a stubborn set
 * Quotient        one state for each class of states that a {@link bpfmc.explorer.space.Symmetry} calls alike
 * </pre>
 *
 * Besides, a search may run through chains of steps without a choice and store none of their states
 * ({@link bpfmc.explorer.search.StoragePolicy}).
 *
 * A reduction changes counts. It never changes verdicts, the set of findings, or the terminal states (up to symmetry);
 * random systems and all samples are explored with and without.
 */
package bpfmc.explorer.reduction;
