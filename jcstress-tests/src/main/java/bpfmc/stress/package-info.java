/**
 * The real locks of {@link bpfmc.model.lock} on real threads, under jcstress.
 *
 * <pre>
 * locks, maps   suites that must pass; what they may show besides is graded as interesting
 * broken        twins with a known fault, which must be caught in the same run
 * Stress        runs jcstress and grades all suites: the table at the end, the exit code
 * </pre>
 */
package bpfmc.stress;
