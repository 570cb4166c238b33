/**
 * One program run by one agent: everything between two visible operations, computed once for all CPUs that run it.
 *
 * <pre>
 * ThreadAutomaton   nodes = private states before a visible operation, edges = its answers
 *   Interpreter     runs a Machine from one visible operation to the next, every way on unknown branches
 *     MemoryAccess    loads, stores, atomics: at once on private memory, a stop on elements
 *     HelperCalls     maps, locks, CPU; DefaultCall and KfuncCalls for all that only has a prototype
 *       CopyCalls       bytes of the packet and of memory, copied with all that is known of them
 *       CallbackCalls   functions of the program that a call runs again and again, on frames of their own
 *       CurrentTask     what helpers tell of the running task
 *     ElementIterator programs that are run for an element of a map (ElementWalks, BufferReach)
 *   Canonical       forgets what can no longer be read (Liveness, FrameOffsets, reachability), numbers the rest
 *   Exports         unknowns that leave the run get lasting names
 *   Notice          what other runs' steps mean to what this run remembers
 * CallbackUses      which functions are callbacks of which maps' timers and work items
 * ExactRun          the same run with nothing forgotten, to confirm a path that the automaton found
 * LoneRun           a program alone with every answer unknown, for the lock rules; LoneCalls, LoneKfuncs, Custody, Trail, Moment
 *   Reliance          on which numbers it rests what an instruction does; Segment tells where they came from
 *   Pruning           ends ways that a Checkpoint covers in all that something rests on: Arrival, Cover, Generalised
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
 * <h2>Where it stops</h2>
 *
 * An instruction, helper or kernel function that is not modelled is a visible operation of its own,
 * {@link bpfmc.model.step.VisibleOperation.Unsupported}: no verdict covers what follows, and nothing is said about runs
 * that do not reach it.
 */
package bpfmc.model.thread;
