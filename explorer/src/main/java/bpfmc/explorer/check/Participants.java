package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.verdict.ScenarioResult;
import org.eclipse.collections.api.list.ImmutableList;

/** Who takes part in a scenario, as results tell it. */
final class Participants {
    private Participants() {}

    static ImmutableList<ScenarioResult.Agent> of(Scenario scenario) {
        return scenario.agents().collect(a -> new ScenarioResult.Agent(a.program().name(), a.cpu(), a.level().word()));
    }
}
