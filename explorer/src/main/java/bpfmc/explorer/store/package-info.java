/**
 * The visited states. This is the hot data of a search: it decides how many states fit into a machine and how fast they
 * are recognised, so it is written in arrays of primitives and holds no object a state.
 *
 * <pre>
 * StateTable = Arena Index
 * Arena      = record*            a packed state each, in the order of insertion; the position is the state's number
 * record     = word^n             the components side by side, each with as many bits as the largest value so far needs
 * Index      = slot^(2^k)         open addressing; slot = 0 | tag number+1
 * </pre>
 *
 * <p>Four decisions carry it. The arena keeps insertion order, so a breadth-first search needs no queue: it expands
 * number 0, 1, 2 and so on until it has caught up with the table. Components are as narrow as their values allow, and
 * when a value no longer fits, everything is packed anew, which happens about as often as a component doubles. The set
 * is exact: membership is decided by comparing whole records, never by a hash alone, so a proof has no probability in
 * it. And states whose answer can wait are added in batches, whose cache misses are taken side by side instead of one
 * after the other.
 *
 * <p>Several threads add at the same time what each has put into {@link bpfmc.explorer.store.SuccessorBuffer outboxes}: every one looks after a range of
 * the slots, so none waits for another, and the new states get their numbers afterwards, in the order of the outboxes.
 */
package bpfmc.explorer.store;
