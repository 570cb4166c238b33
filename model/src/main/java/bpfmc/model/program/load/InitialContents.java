package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfRelocation;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.program.MapDefinition;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.eclipse.collections.api.map.MutableMap;

/**
 * The static contents of maps of maps and of program arrays: a pointer in the last member, {@code values}, of the
 * variable that declares the map, filled in by relocation. Source: libbpf's bpf_object__collect_map_relos.
 */
final class InitialContents {
    private static final long MOST_VALUES = 1 << 20;

    private final ObjectImage image;
    private final ElfSection section;
    private final BtfTypes types;
    private final TreeMap<Long, Outer> byOffset = new TreeMap<>();
    private final MutableMap<Integer, Optional<BtfType.Member>> valuesOf = Maps.mutable.empty();
    private long total;

    /** A map whose variable may have initial values from this offset of the section on. */
    private record Outer(MapDefinition map, long values, long end, TreeMap<Integer, ElfSymbol> found) {}

    InitialContents(ObjectImage image, ElfSection section, BtfTypes types) {
        this.image = image;
        this.section = section;
        this.types = types;
    }

    /** Remembers where the initial values of a map would lie. */
    void add(MapDefinition map, BtfType.Variable variable, ElfSymbol symbol) {
        valuesOf.getIfAbsentPutWithKey(types.resolve(variable.type()), this::values).ifPresent(values ->
                byOffset.put(symbol.value(), new Outer(map, symbol.value() + values.bitOffset() / 8,
                        symbol.value() + symbol.size(), new TreeMap<>())));
    }

    private Optional<BtfType.Member> values(int struct) {
        return ((BtfType.Struct) types.byId(struct)).members().detectOptional(m -> m.name().equals("values"));
    }

    /** Follows the section's relocations and completes the maps in the table. */
    void resolve(MapTableBuilder table) {
        for (ElfRelocation relocation : image.elf().relocations(section)) {
            Map.Entry<Long, Outer> outer = byOffset.floorEntry(relocation.offset());
            if (outer == null || relocation.offset() < outer.getValue().values()
                    || relocation.offset() >= outer.getValue().end()) {
                throw new InputException("section .maps: offset " + relocation.offset()
                        + ": a relocation outside of any map's values");
            }
            if (relocation.offset() - outer.getValue().values() >= MOST_VALUES * 8) {
                throw new InputException("section .maps: map " + outer.getValue().map().name() + ": more than "
                        + MOST_VALUES + " initial values");
            }
            long slot = (relocation.offset() - outer.getValue().values()) / 8;
            outer.getValue().found().put((int) slot, relocation.symbol());
        }
        byOffset.values().forEach(outer -> complete(outer, table));
    }

    private void complete(Outer outer, MapTableBuilder table) {
        if (outer.found().isEmpty()) {
            return;
        }
        if (outer.map().inner().isEmpty()) {
            var programs = IntObjectMaps.mutable.<String>empty();
            outer.found().forEach((slot, symbol) -> programs.put(slot, symbol.name()));
            table.replace(outer.map().withPrograms(programs.toImmutable()));
            image.notes().add("map " + outer.map().name() + ": holds programs from the start: "
                    + String.join(", ", outer.found().entrySet().stream().limit(20)
                            .map(e -> "[" + e.getKey() + "] = " + e.getValue().name()).toList()));
            return;
        }
        total += outer.found().lastKey() + 1L;
        if (total > MOST_VALUES) {
            throw new InputException("section .maps: more than " + MOST_VALUES + " initial values in all maps together");
        }
        int[] inner = new int[outer.found().lastKey() + 1];
        Arrays.fill(inner, -1);
        outer.found().forEach((slot, symbol) -> inner[slot] = table.declaredAt(symbol).orElseThrow(() ->
                new InputException("section .maps: map " + outer.map().name() + ": values[" + slot + "], "
                        + symbol.name() + ", is not a map")));
        table.replace(outer.map().withInner(Lists.immutable.ofAll(Arrays.stream(inner).boxed().toList())));
    }
}
