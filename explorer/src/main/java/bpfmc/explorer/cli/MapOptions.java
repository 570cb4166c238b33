package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine.Option;

/** What is known of maps that the object does not say: what their loader, and user space, do with them. */
final class MapOptions {
    private static final long MOST_ENTRIES = 0xFFFF_FFFFL;

    @Option(names = "--max-entries", paramLabel = "MAP=N", description = "How many entries the loader gives a map. Where neither this nor the object says it,"
            + " it is any number from 1. May be repeated.")
    private List<String> entries = List.of();

    @Option(names = "--fixed-programs", paramLabel = "MAP", description = "User space leaves this program array as the object fills it. Else a tail call may"
            + " find its program, or none. May be repeated.")
    private List<String> fixed = List.of();

    /** {@return the object with these maps} @throws InputException when there is no such map, or no such number of entries */
    BpfObject applied(BpfObject object) {
        Map<Integer, Long> sizes = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                throw new InputException("--max-entries " + entry + ": write MAP=N");
            }
            MapDefinition map = map(object, "--max-entries", entry.substring(0, equals));
            if (map.data().isPresent()) {
                throw new InputException("--max-entries: '" + map.name() + "' is global data, which has one entry");
            }
            sizes.put(map.index(), number(entry, entry.substring(equals + 1)));
        }
        ImmutableList<Integer> stay = Lists.immutable.withAll(fixed).collect(name -> {
            MapDefinition map = map(object, "--fixed-programs", name);
            if (map.type() != MapType.PROG_ARRAY || map.initialPrograms().isEmpty()) {
                throw new InputException("--fixed-programs: '" + name + "' is no program array that the object fills");
            }
            return map.index();
        });
        return object.withMaps(object.maps().collect(m -> sizes.containsKey(m.index()) ? m.withMaxEntries(sizes.get(m.index())) : m)
                .collect(m -> stay.contains(m.index()) ? m.withProgramsThatStay() : m));
    }

    private static MapDefinition map(BpfObject object, String option, String name) {
        return object.maps().detectOptional(m -> m.name().equals(name)).orElseThrow(() -> new InputException(option + ": there is no map '" + name + "'"
                + Nearest.hint(object.maps().collect(MapDefinition::name), name)));
    }

    private static long number(String entry, String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 1 && number <= MOST_ENTRIES) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InputException("--max-entries " + entry + ": '" + text + "' is no number");
        }
        throw new InputException("--max-entries " + entry + ": a map has 1 to " + MOST_ENTRIES + " entries");
    }

    /** {@return what was chosen here} */
    ImmutableList<String> settings() {
        MutableList<String> settings = Lists.mutable.empty();
        if (!entries.isEmpty()) {
            settings.add("maps of so many entries (--max-entries): " + String.join(", ", entries));
        }
        if (!fixed.isEmpty()) {
            settings.add("program arrays that keep the programs of the object (--fixed-programs): " + String.join(", ", fixed));
        }
        return settings.toImmutable();
    }
}
