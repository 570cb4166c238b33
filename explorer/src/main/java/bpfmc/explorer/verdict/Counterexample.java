package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * An interleaving that leads to a finding: the one with the fewest context switches, then the fewest steps. It has been
 * replayed.
 *
 * @param steps in order; the last ones are the steps that the agents at fault are about to take
 * @param confirmed whether values were found for all unknowns on the way that satisfy every condition
 * @param doubt when not confirmed, the condition that stood in the way
 * @param inputs the values chosen for inputs that matter ("ctx+0 (skb->len) = 61")
 */
public record Counterexample(ImmutableList<Step> steps, boolean confirmed, String doubt, ImmutableList<String> inputs) {

    /**
     * One step of one agent.
     *
     * @param agent its number @param cpu where it runs @param program its name
     * @param slot of the instruction
     * @param action what it does ("load", "store", "lock", "lookup", ...)
     * @param value what was read or written, "" when nothing
     * @param element the element touched ("counters[{0}]"), "" when none
     * @param subject the bytes touched
     * @param before what the finding's memory held @param after what it holds now, equal when the step left it alone
     * @param held the locks the agent owns after the step
     * @param pending whether the step is only about to be taken
     */
    public record Step(int agent, int cpu, String program, int slot, String action, String value, String element, Subject subject,
            String before, String after, ImmutableList<String> held, boolean pending) {}
}
