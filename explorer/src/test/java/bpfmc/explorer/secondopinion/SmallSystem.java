package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
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

    /** {@return the program on two CPUs; hash maps have room for one key} */
    static Scenario twice(BpfProgram program) {
        return onCpus(1, program, program);
    }
}
