/**
 * Which states of a scenario's system are alike.
 *
 * <pre>
 * CpuSymmetry      states that differ in the numbers of CPUs only       names: CpuNames
 * ElementSymmetry  states that differ in the numbers of elements only   names: ElementNames
 * RenamingCache    how numbered values look to the things that they name, and what they are when these change places
 * ContentHash      64 bits of a value, the same in every process; BindingsHash, where order and numbers must not count
 * </pre>
 *
 * <p>A representative is found by sorting the things that may change places by what the state looks like to each of them. That is made of contents
 * alone, so the representative of a state does not depend on the order in which a search has met values, nor on the process.
 */
package bpfmc.explorer.system.symmetry;
