package bpfmc.model.program.load;

import bpfmc.model.program.MapDefinition;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;

/**
 * All maps of an object, and how relocations find them.
 *
 * @param atSymbol declared maps by where their symbol lies
 * @param sections data sections by section index: the index of their map
 * @param kconfig offsets of the .kconfig variables in their map, by name
 * @param arena the object's arena, of which it can have one
 */
record MapTable(
        ImmutableList<MapDefinition> maps,
        ImmutableMap<Place, Integer> atSymbol,
        ImmutableMap<Integer, Integer> sections,
        OptionalInt kconfigMap,
        ImmutableMap<String, Integer> kconfig,
        OptionalInt arena) {

    /** @param section index @param offset bytes */
    record Place(int section, long offset) {}
}
