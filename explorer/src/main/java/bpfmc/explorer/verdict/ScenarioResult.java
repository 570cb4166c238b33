package bpfmc.explorer.verdict;

import org.eclipse.collections.api.list.ImmutableList;

/** What came of one scenario. */
public record ScenarioResult(String name, ImmutableList<Agent> agents, Verdict verdict, Exploration exploration) {
    /** @param program name @param cpu from 0 @param level at which it runs there ("task", "softirq", ...) */
    public record Agent(String program, int cpu, String level) {}
}
