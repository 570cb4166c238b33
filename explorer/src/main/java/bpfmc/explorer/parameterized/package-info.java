/**
 * The proof for any number of CPUs, each of which runs any of the programs, again and again.
 *
 * <pre>
 * AnyNumber       a fixpoint for each item, as coarse as will do, and the order of locks: a Proof
 *   Items, Item     all memory that programs may share: elements that are always there, keys of maps
 *   Fixpoint        one of them, with what the shared part knows of (Focus)
 *     Closure         all views: the shared part with what two CPUs do; a third one is added, steps, and is forgotten
 *       Cpus            what a CPU does: a stack of runs
 *         Runs            steps of one run, and what it makes of the steps of others
 *           Elements, Maps  in which ways (Way) an operation can come out
 *           Ageing          what a run still has of an element that its key is not bound to any more
 *       ItemJudge       asks the properties, of the item alone
 *   LockOrder       which locks are waited for while which are owned
 *
 * View    = Shared, two CPUs        Shared = keys bound, locks taken, contents kept; it names no run
 * CPU     = stack of Frame          Frame  = program at its level, node of its automaton, what it means by its keys
 * </pre>
 *
 * <p>The method is view abstraction (Abdulla, Haziza, Holik: All for the price of few, VMCAI 2013) on a thread-modular
 * abstraction of memory.
 *
 * <h2>Why it is sound</h2>
 *
 * Every state of any number of CPUs is covered by views: for each two of its CPUs the one with these two and with what
 * memory has of the item. That holds at first, when all are idle. A step of a CPU
 * answers an operation; the abstraction gives that answer, or one that covers it. The CPU and another one are followed
 * from the view of both, two others from theirs with the one that steps, as
 * any three CPUs of a state are pairwise views. What a step means to other runs each of them is told.
 *
 * <p>An item says nothing of other memory. So all of them count only together: take a run of the programs that shows a
 * fault, and its first fault. It is about bytes or a lock of one element, which was
 * found under one key; the fixpoint of that key has followed everything that touched the element until then, as nobody
 * had touched it by the address of an older element yet: that would have been a fault.
 * So no item is right by itself, and the proof is of all or of nothing ({@link
 * bpfmc.explorer.parameterized.Proof#complete}).
 *
 * <p>Where a run has the address of an element that its key had before, that element may have become the key's again.
 * So such an address counts as one of the current element wherever faults are looked
 * for, though what is done by it changes nothing: writing by it is a fault by itself.
 *
 * <p>What is not followed is named, not passed over: {@link bpfmc.explorer.parameterized.Unfollowed}.
 */
package bpfmc.explorer.parameterized;
