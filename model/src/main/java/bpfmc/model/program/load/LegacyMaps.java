package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.load.MapTable.Place;
import java.util.Optional;

/**
 * Section {@code maps}: an array of struct bpf_map_def {type, key_size, value_size, max_entries, map_flags}, as before
 * libbpf 1.0. Longer records (iproute2's) are read as far as they agree. Types come from a struct
 * {@code ____btf_map_NAME} with the members key and value (BPF_ANNOTATE_KV_PAIR), where the source has one.
 */
final class LegacyMaps {
    private static final int RECORD = 20;

    private final ObjectImage image;
    private final Optional<Layouts> layouts;

    LegacyMaps(ObjectImage image, Optional<Layouts> layouts) {
        this.image = image;
        this.layouts = layouts;
    }

    void addTo(MapTableBuilder table) {
        image.elf().section("maps").ifPresent(section -> {
            for (ElfSymbol symbol : image.symbols(section)) {
                if (symbol.kind() == ElfSymbol.Kind.OBJECT || symbol.kind() == ElfSymbol.Kind.NONE) {
                    table.addDeclared(new Place(section.index(), symbol.value()),
                            map(table.nextIndex(), section, symbol));
                }
            }
        });
    }

    private MapDefinition map(int index, ElfSection section, ElfSymbol symbol) {
        String where = section.content().name() + ": map " + symbol.name();
        Bytes record = section.content().slice(where, symbol.value(), RECORD);
        MapType type = MapType.of(record.u32(0))
                .orElseThrow(() -> record.fault(0, "map type " + record.u32(0) + " is not one the kernel knows"));
        try {
            int keySize = DeclaredMapReader.size("key", record.u32(4));
            int valueSize = DeclaredMapReader.size("value", record.u32(8));
            return new MapDefinition(index, symbol.name(), type, keySize, valueSize, record.u32(12), record.u32(16),
                    layout(symbol.name(), "value", valueSize), layout(symbol.name(), "key", keySize), Optional.empty(),
                    Optional.empty());
        } catch (InputException e) {
            throw e.within(where);
        }
    }

    private ValueLayout layout(String map, String member, int size) {
        Optional<BtfType.Member> found = image.types()
                .flatMap(types -> types.find(BtfType.Struct.class, "____btf_map_" + map).map(types::byId))
                .flatMap(struct -> ((BtfType.Struct) struct).members().detectOptional(m -> m.name().equals(member)));
        return found.flatMap(m -> layouts.map(l -> l.of(m.type(), size))).orElseGet(() -> ValueLayout.opaque(size));
    }
}
