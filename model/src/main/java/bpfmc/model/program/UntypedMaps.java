package bpfmc.model.program;

import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapTable.Place;
import java.util.Optional;

/** Section {@code .maps} of an object without BTF: the maps have names and nothing else. */
final class UntypedMaps {
    private final ObjectImage image;

    UntypedMaps(ObjectImage image) {
        this.image = image;
    }

    void addTo(MapTableBuilder table) {
        image.elf().section(DeclaredMaps.SECTION).ifPresent(section -> {
            for (ElfSymbol symbol : image.symbols(section).select(s -> s.kind() == ElfSymbol.Kind.OBJECT)) {
                image.notes().add("map " + symbol.name() + ": without BTF its type and sizes are not known");
                table.addDeclared(new Place(section.index(), symbol.value()), new MapDefinition(
                        table.nextIndex(), symbol.name(), MapType.UNSPEC, 0, 0, 0, 0, ValueLayout.opaque(0),
                        ValueLayout.opaque(0), Optional.empty(), Optional.empty()));
            }
        });
    }
}
