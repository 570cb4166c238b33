/**
 * What can be wrong with a state: one class a property, all in the list of {@link bpfmc.explorer.property.Properties}. A
 * property says how much it has to see (one run, two, the whole state), so that {@link bpfmc.explorer.property.PropertyJudge}
 * can remember its answers.
 */
package bpfmc.explorer.property;
