/**
 * Twins of the locks with a known fault each. Their faults are graded as forbidden, so that the harness must fail on them: a run
 * that does not catch them proves nothing about the right ones. What x86 cannot show is in {@link bpfmc.stress.Suite#HIDDEN}.
 */
package bpfmc.stress.broken;
