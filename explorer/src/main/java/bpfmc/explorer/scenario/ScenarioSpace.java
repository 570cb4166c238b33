package bpfmc.explorer.scenario;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;

/**
 * What the scenarios that are tried by default are to cover.
 *
 * @param programs of the object, those that run @param maps indexes of the maps that count
 * @param cpus how many CPUs @param runs how often each program runs, one after the other
 * @param alternatives which of them are never loaded together
 */
public record ScenarioSpace(BpfObject object, ImmutableList<BpfProgram> programs, ImmutableIntSet maps, int cpus, int runs, CpuRules rules,
        Contexts contexts, Alternatives alternatives) {
    /** All programs may be loaded together. */
    public ScenarioSpace(BpfObject object, ImmutableList<BpfProgram> programs, ImmutableIntSet maps, int cpus, int runs, CpuRules rules, Contexts contexts) {
        this(object, programs, maps, cpus, runs, rules, contexts, Alternatives.NONE);
    }

    /** {@return for each program the maps that count and that it may share} */
    ImmutableList<ImmutableIntSet> sharedMaps() {
        return programs.collect(p -> SharedMaps.of(object, p).select(maps::contains));
    }
}
