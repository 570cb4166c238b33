/**
 * One program alone, every answer unknown: the interpreter of package {@code thread} as the kernel's verifier would use it, for the lock rules.
 *
 * <pre>
 *   VerifierRun      follows every path; VerifierPath is one, VerifierPoint what a rule sees of it before an instruction
 *     PathCall       a call on a path: its effect is its family's
 *     Reliance       on which numbers it rests what an instruction does; Segment tells where they came from
 *     Pruning        ends paths that a Checkpoint covers in all that something rests on: Arrival, Cover, Generalised
 *   CallbackUses     which functions are callbacks of which maps' timers and work items
 * </pre>
 */
package bpfmc.model.verifier;
