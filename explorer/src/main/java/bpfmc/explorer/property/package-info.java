/**
 * What can be wrong with a state: one class a property, all in the list of {@link bpfmc.explorer.property.Properties}. A
 * property says how much it has to see (one run, two, the whole state) and of which states it must be asked, so that
 * {@link bpfmc.explorer.property.PropertyJudge} can remember its answers. It carries its explanation
 * ({@link bpfmc.explorer.verdict.Explanation}): reports are written from that, and know no property by name.
 *
 * <p>To add one: its class, its page beside {@link bpfmc.explorer.property.PropertyPages} in the resources, its name in the list, its
 * line in the tests.
 */
package bpfmc.explorer.property;
