/**
 * What exploring costs, beside what Spin costs on models of the same by hand: {@code bpfmc bench}.
 *
 * <pre>
 * Table     the scenarios: programs of specs/bench, locks step by step, each with its model in specs/peers
 * Measured  states, time and memory of one of them
 * Spin      builds a model's verifier with the C compiler and runs it, where both are installed
 * </pre>
 */
package bpfmc.explorer.bench;
