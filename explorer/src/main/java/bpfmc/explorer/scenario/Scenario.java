package bpfmc.explorer.scenario;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Which agents run where.
 *
 * @param object whose programs they run, over whose maps
 * @param agents in the order in which those on one CPU run, one after the other
 * @param cpus how many CPUs there are
 */
public record Scenario(BpfObject object, ImmutableList<AgentPlace> agents, int cpus) {

    /** One run of one program. @param cpu from 0 */
    public record AgentPlace(BpfProgram program, int cpu) {}

    /** {@return the programs' names joined by "+", one for each CPU} */
    public String name() {
        return agents.collect(AgentPlace::cpu).distinct()
                .collect(cpu -> agents.detect(a -> a.cpu() == cpu).program().name()).makeString(" + ");
    }
}
