/**
 * Whose steps are enough in a state: {@link bpfmc.explorer.system.independence.StubbornSets}, by what runs may still touch ({@code FutureFootprint}).
 */
package bpfmc.explorer.system.independence;
