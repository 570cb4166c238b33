/** Counterexamples that a JSON report keeps, stepped through again. */
package bpfmc.explorer.replay;
