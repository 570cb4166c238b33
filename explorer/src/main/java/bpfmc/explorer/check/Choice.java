package bpfmc.explorer.check;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import java.util.List;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Programs and maps chosen by name. */
public final class Choice {
    private Choice() {}

    /** {@return the programs of these names, all where there are none} @throws InputException when there is no such program */
    public static ImmutableList<BpfProgram> programs(BpfObject object, List<String> names) {
        return byName(object, "program", object.programs(), BpfProgram::name, names);
    }

    /** {@return the maps of these names, all where there are none} @throws InputException when there is no such map */
    public static ImmutableList<MapDefinition> maps(BpfObject object, List<String> names) {
        return byName(object, "map", object.maps(), MapDefinition::name, names);
    }

    private static <T> ImmutableList<T> byName(BpfObject object, String kind, ImmutableList<T> all, Function<T, String> nameOf,
            List<String> names) {
        for (String name : names) {
            if (all.noneSatisfy(x -> nameOf.apply(x).equals(name))) {
                throw new InputException("there is no " + kind + " '" + name + "'" + Nearest.hint(all.collect(nameOf::apply), name));
            }
        }
        return names.isEmpty() ? all : Lists.immutable.withAll(all.select(x -> names.contains(nameOf.apply(x))));
    }
}
