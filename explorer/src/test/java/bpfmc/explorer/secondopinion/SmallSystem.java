package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.Optional;
import org.eclipse.collections.impl.factory.Lists;

/** Systems made by hand, over the maps of the random ones. */
final class SmallSystem {
    private SmallSystem() {}

    /** {@return each program on a CPU of its own} @param room of hash maps */
    static Scenario onCpus(int room, BpfProgram... programs) {
        var all = Lists.immutable.with(programs);
        var object = new BpfObject("small.o", "", all.distinct(), RandomObjects.maps(room), Optional.empty(), Lists.immutable.empty());
        return new Scenario(object, all.collectWithIndex(AgentPlace::new).toList().toImmutable(), programs.length);
    }

    /** {@return a program that an NMI interrupts on one CPU, and another one on a second CPU} */
    static Scenario interrupted(BpfProgram below, BpfProgram nmi, BpfProgram other) {
        var object = new BpfObject("small.o", "", Lists.immutable.with(below, nmi, other), RandomObjects.maps(1), Optional.empty(), Lists.immutable.empty());
        return new Scenario(object, Lists.immutable.with(new AgentPlace(below, 0, ContextLevel.SOFTIRQ, 0), new AgentPlace(nmi, 0, ContextLevel.NMI, 1),
                new AgentPlace(other, 1, ContextLevel.SOFTIRQ, 0)), 2);
    }

    /** {@return the program on two CPUs; hash maps have room for one key} */
    static Scenario twice(BpfProgram program) {
        return onCpus(1, program, program);
    }
}
