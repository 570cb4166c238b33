package bpfmc.explorer.scenario;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The scenarios of programs that name no map with elements, one each, on one CPU: nobody else's run can touch what they touch. They are
 * explored all the same: only that shows that they reach no memory which bpfmc cannot place.
 */
public final class Alone {
    private Alone() {}

    /** {@return a scenario for each program of the extent that names no map whose elements others may share} */
    public static ImmutableList<Scenario> of(ScenarioSpace extent) {
        return extent.programs().select(p -> SharedMaps.of(extent.object(), p).isEmpty()).collect(p -> {
            AgentPlace agent = new AgentPlace(p, 0, extent.contexts().of(p).level(), 0);
            return new Scenario(extent.object(), Lists.immutable.withAll(IntStream.range(0, extent.runs()).mapToObj(i -> agent).toList()), 1, extent.rules());
        });
    }
}
