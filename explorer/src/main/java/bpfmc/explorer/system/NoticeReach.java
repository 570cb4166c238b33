package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.Element;
import bpfmc.model.value.Key;

/** Whom a notice of one agent's step concerns, and how it is told to him. */
public final class NoticeReach {
    private NoticeReach() {}

    /** {@return whether a notice of one agent's step concerns another agent, by the CPUs they run on} */
    public static boolean reaches(Scenario scenario, Invalidation notice, int from, int to) {
        boolean sameCpu = scenario.agents().get(from).cpu() == scenario.agents().get(to).cpu();
        return switch (notice) {
            case Invalidation.WordOverwritten w -> sameCpu && scenario.rules().discipline() == LockIrqMode.IRQSAVE;
            case Invalidation.Inserted i -> sameCpu || !scenario.object().maps().get(i.map()).type().perCpu();
            case Invalidation.ClockRead r -> true;
            case Invalidation.Written w -> true;
            case Invalidation.Replaced r -> true;
            case Invalidation.Unlinked u -> true;
            case Invalidation.Rearranged r -> true;
            case Invalidation.Reused r -> true;
        };
    }

    /** {@return the notice as the agent understands it: with its own unknowns relative to itself} */
    public static Invalidation toAgent(Invalidation notice, int agent) {
        return notice.toAgent(key -> new Key(key.words().collect(w -> Element.toAgent(w, agent))));
    }
}
