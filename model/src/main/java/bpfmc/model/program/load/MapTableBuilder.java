package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.MapTable.Place;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.MutableMap;

/** Gathers maps in libbpf's order: declared ones, legacy ones, data sections, .kconfig, struct_ops. */
final class MapTableBuilder {
    private static final int MOST_MAPS = 1 << 16;

    private final MutableList<MapDefinition> maps = Lists.mutable.empty();
    private final MutableMap<Place, Integer> atSymbol = Maps.mutable.empty();
    private final MutableMap<Integer, Integer> sections = Maps.mutable.empty();
    private final MutableMap<String, Integer> kconfig = Maps.mutable.empty();
    private OptionalInt kconfigMap = OptionalInt.empty();

    private MapTableBuilder() {}

    /** {@return every map that the object declares or that its global data needs} */
    static MapTable read(ObjectImage image) {
        MapTableBuilder table = new MapTableBuilder();
        image.types().ifPresentOrElse(
                types -> {
                    Layouts layouts = new Layouts(types);
                    new DeclaredMaps(image, types, layouts).addTo(table);
                    new LegacyMaps(image, Optional.of(layouts)).addTo(table);
                    new DataMaps(image, Optional.of(layouts)).addTo(table);
                    new KconfigMap(image, types, layouts).addTo(table);
                    new StructOpsMaps(image, types, layouts).addTo(table);
                },
                () -> {
                    DeclaredMaps.requireNone(image);
                    new LegacyMaps(image, Optional.empty()).addTo(table);
                    new DataMaps(image, Optional.empty()).addTo(table);
                });
        new JumpTables(image).addTo(table);
        return table.build();
    }

    int nextIndex() {
        return maps.size();
    }

    /** Adds a map whose symbol lies at a place. */
    void addDeclared(Place place, MapDefinition map) {
        atSymbol.put(place, map.index());
        append(map);
    }

    /** Adds a map that no relocation leads to. */
    void add(MapDefinition map) {
        append(map);
    }

    /** Adds the map of a data section. */
    void addSection(int section, MapDefinition map) {
        sections.put(section, map.index());
        append(map);
    }

    /** Adds the map of the .kconfig variables, which has no section in the file. */
    void addKconfig(MapDefinition map, MutableMap<String, Integer> offsets) {
        kconfigMap = OptionalInt.of(map.index());
        kconfig.putAll(offsets);
        append(map);
    }

    private void append(MapDefinition map) {
        if (maps.size() == MOST_MAPS) {
            throw new InputException("more than " + MOST_MAPS + " maps");
        }
        maps.add(map);
    }

    /** {@return the index of the map that was added with this symbol} */
    Optional<Integer> declaredAt(ElfSymbol symbol) {
        return Optional.ofNullable(atSymbol.get(new Place(symbol.section(), symbol.value())));
    }

    /** Replaces a map that was added before: its initial contents have become known. */
    void replace(MapDefinition map) {
        maps.set(map.index(), map);
    }

    private MapTable build() {
        int arena = maps.detectIndex(m -> m.type() == MapType.ARENA);
        return new MapTable(maps.toImmutable(), atSymbol.toImmutable(), sections.toImmutable(), kconfigMap,
                kconfig.toImmutable(), arena < 0 ? OptionalInt.empty() : OptionalInt.of(arena));
    }
}
