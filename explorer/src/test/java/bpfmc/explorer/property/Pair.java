package bpfmc.explorer.property;

import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Interrupts;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;

/** Two programs of a sample, explored without any reduction. @param name of the scenario, as reports tell it */
record Pair(BpfObject object, String name) {
    static Pair of(String sample, String name) {
        return new Pair(ObjectReader.read(Path.of("../specs/" + sample + ".bpf.o")), name);
    }

    /** {@return what the properties observe in all reachable states, each once} */
    ImmutableList<Observation> observed(ImmutableList<Property> properties) {
        return Systems.with(scenario(), system -> Search.<Observation>explore(system, new PropertyJudge(system, properties), Limits.NONE, Progress.NONE)
                .findings().toList().toImmutable());
    }

    private Scenario scenario() {
        var extent = new ScenarioSpace(object, object.programs(), object.maps().collectInt(MapDefinition::index).toSet().toImmutable(), 2, 1, CpuRules.DEFAULT,
                Contexts.OF_SECTIONS);
        return Pairs.of(extent).newWithAll(Interrupts.onOneCpu(extent)).detectOptional(s -> s.name().equals(name)).orElseThrow();
    }
}
