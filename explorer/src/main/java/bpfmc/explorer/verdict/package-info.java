/**
 * What the user trusts: verdicts, findings, counterexamples, scope. Plain values that depend on nothing else here.
 *
 * <pre>
 * Verdict = Holds | Violated(Fault+, Reason*) | Inconclusive(Reason+)
 * Fault   = Finding + Counterexample
 * Reason  = Unsupported(Gap) | Limit | NotShown
 * </pre>
 */
package bpfmc.explorer.verdict;
