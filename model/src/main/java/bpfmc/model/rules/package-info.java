/**
 * What the kernel's verifier demands of locks, for every kernel since bpf_spin_lock exists.
 *
 * <pre>
 *     object, kernel --- {@link bpfmc.model.rules.LockRules} ---&gt; {@link bpfmc.model.rules.Judgement}: findings, gaps
 *                             |
 *             rules of maps, of programs, of runs: one class a rule, a pure judge of what it is shown
 *             pages: one resource a rule, with the kernels that have it, their messages, and the text that explains it
 * </pre>
 *
 * <p>Rules of runs watch the private interpreter run a program alone with every answer unknown
 * ({@link bpfmc.model.verifier.VerifierRun}); each way ends at the first rule that is not kept, as the verifier stops at its first
 * complaint. Differences between kernels are data in the pages wherever they are no more than a name, a message or a
 * release; a rule asks for the release only where its condition differs.
 */
package bpfmc.model.rules;
