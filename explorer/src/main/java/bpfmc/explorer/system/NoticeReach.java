package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.value.Key;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

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
            case Invalidation.Written w -> switch (w.reach()) {
                case ALL -> true;
                case OWN_CPU -> sameCpu;
                case OTHER_CPUS -> !sameCpu;
            };
            case Invalidation.Replaced r -> true;
            case Invalidation.Unlinked u -> true;
            case Invalidation.Rearranged r -> true;
            case Invalidation.Reused r -> true;
        };
    }

    /**
     * {@return what of these notices concerns another agent that has stored itself what others do not see yet; the very list when that does not matter}
     *
     * @param own what the other agent's CPU has stored
     */
    public static ImmutableList<Invalidation> seen(Scenario scenario, ImmutableList<Invalidation> notices, int from, int to, StoreBuffer own) {
        boolean matters = !own.isEmpty() && scenario.agents().get(from).cpu() != scenario.agents().get(to).cpu()
                && notices.anySatisfy(n -> n instanceof Invalidation.Written w && !own.uncovered(w).contains(w));
        return !matters ? notices : notices.select(n -> reaches(scenario, n, from, to))
                .flatCollect(n -> n instanceof Invalidation.Written w ? Lists.immutable.<Invalidation>withAll(own.uncovered(w)) : Lists.immutable.with(n));
    }

    /** {@return the notice as the agent understands it: with its own unknowns relative to itself} */
    public static Invalidation toAgent(Invalidation notice, int agent) {
        return notice.toAgent(key -> new Key(key.words().collect(w -> Element.toAgent(w, agent))));
    }
}
