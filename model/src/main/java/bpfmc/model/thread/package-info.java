/**
 * One program run by one agent: everything between two visible operations, computed once for all CPUs that run it.
 *
 * <pre>
 * ThreadAutomaton   nodes = private states before a visible operation, edges = its answers
 *   Interpreter     runs a machine from one visible operation to the next, every way on unknown branches
 *     ElementIterator programs that are run for an element of a map
 *   Canonical       forgets what can no longer be read, numbers the rest
 * ExactRun          the same run with nothing forgotten, to confirm a path that the automaton found
 * </pre>
 *
 * <h2>What a run remembers of others</h2>
 *
 * Shared loads whose values are still in use are remembered with the values computed from them, as bits of
 * {@link bpfmc.model.value.Value.Scalar#loads()}; a store by somebody else marks them
 * ({@link bpfmc.model.step.SharedLoad#overwritten()}). So a lost update shows in one private state: it stands before a
 * store whose value comes from a marked load of the same bytes. What it puts into
 * another map value on the way is followed there ({@link bpfmc.model.machine.StoredProvenance}), as long as the run may read it again; so is what it puts into its packet, or hands to the
 * kernel ({@link bpfmc.model.machine.PacketState}), and what a call returns or writes comes from what it may have read ({@link bpfmc.model.machine.Provenance}). Likewise an address of an element knows what became of it
 * ({@link bpfmc.model.value.Region.Life}), and a lookup that found nothing knows whether the key was inserted since.
 *
 * <h2>What a run knows that forgets nothing</h2>
 *
 * A search may take what it cannot follow for any number: that only adds behaviours. A finding is confirmed by runs that forget nothing
 * ({@link bpfmc.model.thread.ExactRun}), in which each unknown that the machine determines has a meaning, an equation among the run's facts
 * ({@link bpfmc.model.value.Facts#meanings}). Every place that makes an unknown is one of these:
 *
 * <table>
 * <caption>Unknowns and what they mean</caption>
 * <tr><th>where</th><th>meaning</th></tr>
 * <tr><td>a term of more than 48 nodes</td><td>the term</td></tr>
 * <tr><td>an address used as a number, whole or in part, compared, or stored where numbers are; arithmetic on two addresses</td>
 *     <td>where its object lies, plus its offset ({@link bpfmc.model.value.Place}); objects that are there at one time do not overlap</td></tr>
 * <tr><td>an object of the kernel</td><td>the running task and what the object file names are one each; of others it is not followed which is which</td></tr>
 * <tr><td>memory of the run's own that it has not written</td><td>one number a word, always the same; not followed in frames of subprograms</td></tr>
 * <tr><td>a compare-and-exchange on the run's own memory</td><td>both ways are gone, each with its condition</td></tr>
 * <tr><td>a word of the packet at an offset that is not constant</td><td>each of up to 16 offsets is gone; not followed beyond</td></tr>
 * <tr><td>a word that LD_IND finds, or LD_ABS before the first byte</td><td>not followed</td></tr>
 * <tr><td>whether a packet reaches as far as LD_ABS, bpf_skb_load_bytes, bpf_xdp_load_bytes and stores ask</td><td>a condition on its length</td></tr>
 * <tr><td>data_meta</td><td>one length a packet</td></tr>
 * <tr><td>.kconfig, addresses of kernel symbols and functions</td><td>one number for all runs</td></tr>
 * <tr><td>results that are constant in a run (effect CONSTANT)</td><td>one number a helper</td></tr>
 * <tr><td>results and output of helpers and kernel functions that compute ({@link bpfmc.model.machine.Determined})</td><td>not followed</td></tr>
 * <tr><td>what a helper makes of the packet, or of the context</td><td>anything; not followed where it meets what was there before</td></tr>
 * <tr><td>fields of map objects; memory of the run's own at an offset that is not constant</td><td>not followed</td></tr>
 * <tr><td>how values of one array lie from each other; whether two allocated objects, or those of two runs, lie at one place one after the other</td>
 *     <td>not followed</td></tr>
 * <tr><td>kernel memory, random numbers, results of all other helpers, what a failed tail call leaves, when may_goto goes, how many elements a walk has
 *     beyond those that are followed, what user space stores</td><td>truly anything, each time</td></tr>
 * </table>
 *
 * Conditions that rest on what is not followed make a finding possible, with that reason ({@link bpfmc.model.value.Unfollowed}).
 *
 * <h2>Where it stops</h2>
 *
 * An instruction, helper or kernel function that is not modelled is a visible operation of its own,
 * {@link bpfmc.model.step.VisibleOperation.Unsupported}: no verdict covers what follows, and nothing is said about runs
 * that do not reach it.
 */
package bpfmc.model.thread;
