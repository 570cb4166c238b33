/**
 * Litmus files of BPF, as herd7 reads them, under the memory models of {@link bpfmc.explorer.axiomatic}.
 *
 * <pre>
 * LitmusParser    text -> LitmusTest: InitialState, ProgramParser, ConditionParser, over one Scanner
 * LitmusProgram   the threads as functions from answers to events; Interpreter, one run of one thread
 * LitmusResult    the set of final states and what comes of the condition; Outcomes, Exchanges
 * HerdBlock       a result as herd7 prints it; LitmusTable, many as one table; Expectations, recorded ones
 * Witness         an execution to be drawn: WitnessDot, WitnessHtml
 * </pre>
 */
package bpfmc.explorer.litmus;
