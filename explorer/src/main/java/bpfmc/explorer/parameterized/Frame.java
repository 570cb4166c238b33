package bpfmc.explorer.parameterized;

/**
 * One run on a CPU's stack.
 *
 * @param program number of the program at its level ({@link Programs#all}) @param node of its automaton, standing
 *     before an operation that others may notice
 * @param keys what it has turned out to mean by its keys
 */
record Frame(int program, int node, KeyTable keys) {}
