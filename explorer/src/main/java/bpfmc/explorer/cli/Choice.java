package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Programs and maps chosen by name. */
final class Choice {
    private Choice() {}

    static ImmutableList<BpfProgram> programs(BpfObject object, List<String> names) {
        return byName(object, "program", object.programs(), BpfProgram::name, names);
    }

    static ImmutableList<MapDefinition> maps(BpfObject object, List<String> names) {
        return byName(object, "map", object.maps(), MapDefinition::name, names);
    }

    private static <T> ImmutableList<T> byName(BpfObject object, String kind, ImmutableList<T> all, Function<T, String> nameOf,
            List<String> names) {
        for (String name : names) {
            if (all.noneSatisfy(x -> nameOf.apply(x).equals(name))) {
                throw new InputException("there is no " + kind + " '" + name + "'" + suggestion(all.collect(nameOf::apply), name));
            }
        }
        return names.isEmpty() ? all : Lists.immutable.withAll(all.select(x -> names.contains(nameOf.apply(x))));
    }

    /** {@return the nearest of the names as a question, "" when there are none} */
    static String suggestion(ImmutableList<String> names, String name) {
        return names.toSortedList(Comparator.comparingInt(x -> distance(x, name))).getFirstOptional()
                .map(x -> "; did you mean '" + x + "'?").orElse("");
    }

    /** The number of characters to insert, delete or change (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
