package bpfmc.explorer.verdict;

import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * An interleaving that leads to a finding: the one with the fewest context switches, then the fewest steps. It has been
 * replayed.
 *
 * @param element the memory the finding is about ("counters[{0}]"), "" when it is about none
 * @param initially what it held at first
 * @param steps in order; the last ones may be steps that the agents at fault are about to take
 * @param notes who interrupts whom, who waits for whom, a sentence each
 * @param doubt empty when inputs were found that satisfy every condition on the way, so that the programs really go there;
 *     else the limit that kept it from being decided: the finding is possible, not confirmed
 * @param inputs the inputs that lead there, where they matter ("ctx[112] = 61")
 */
public record Counterexample(String element, String initially, ImmutableList<Step> steps, ImmutableList<String> notes, Optional<String> doubt,
        ImmutableList<String> inputs) {

    /** {@return the same, with one more note in front} */
    public Counterexample noting(String note) {
        return new Counterexample(element, initially, steps, Lists.immutable.with(note).newWithAll(notes), doubt, inputs);
    }

    /** {@return the same, possible only for this reason} */
    public Counterexample doubting(String why) {
        return new Counterexample(element, initially, steps, notes, Optional.of(why), inputs);
    }

    /** {@return whether the programs are known to go this way} */
    public boolean confirmed() {
        return doubt.isEmpty();
    }

    /**
     * One step of one agent.
     *
     * @param agent its number @param cpu where it runs @param level at which ("task", "softirq", ...)
     * @param depth how many agents lie suspended below it on its CPU @param program its name
     * @param slot of the instruction
     * @param action what it does ("load", "store", "lock", "lookup", ...)
     * @param value what was read or written, "" when nothing
     * @param element the element touched, "" when none @param offset bytes into it @param size bytes, 0 when none
     * @param before what the finding's memory held @param after what it holds now
     * @param held the locks the agent owns after the step
     * @param off what the agent has switched off on its CPU after the step: "interrupts off", "preemption off", or ""
     * @param pending whether the step is only about to be taken
     */
    public record Step(int agent, int cpu, String level, int depth, String program, int slot, String action, String value, String element, int map,
            int offset, int size, String before, String after, ImmutableList<String> held, String off, boolean pending) {}
}
