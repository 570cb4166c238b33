package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.MapTable.Place;
import java.util.Optional;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.map.MutableMap;

/**
 * Section {@code .maps}: each variable is a map, described by the types of its struct's members (see
 * {@link DeclaredMapReader}). Source: libbpf's bpf_object__init_user_btf_maps.
 */
final class DeclaredMaps {
    static final String SECTION = ".maps";

    private final ObjectImage image;
    private final BtfTypes types;
    private final DeclaredMapReader reader;

    DeclaredMaps(ObjectImage image, BtfTypes types, Layouts layouts) {
        this.image = image;
        this.types = types;
        this.reader = new DeclaredMapReader(types, layouts);
    }

    /**
     * Refuses an object without BTF that has the section: its maps have names and nothing else, so nothing can be said of who shares
     * them (libbpf: "BTF is required, but is missing or corrupted", libbpf_needs_btf).
     */
    static void requireNone(ObjectImage image) {
        image.elf().section(SECTION).ifPresent(section -> {
            String names = image.symbols(section).select(s -> s.kind() == ElfSymbol.Kind.OBJECT).collect(ElfSymbol::name).makeString(", ");
            throw new InputException("section .maps" + (names.isEmpty() ? "" : ": " + names)
                    + ": without BTF the types and sizes of maps are not known, and libbpf does not load them; compile with clang -g");
        });
    }

    void addTo(MapTableBuilder table) {
        Optional<ElfSection> section = image.elf().section(SECTION);
        if (section.isEmpty()) {
            return;
        }
        MutableMap<String, ElfSymbol> symbols = Maps.mutable.empty();
        image.symbols(section.get()).select(s -> s.kind() == ElfSymbol.Kind.OBJECT).forEach(s -> symbols.put(s.name(), s));
        BtfType.DataSection declared = types.dataSection(SECTION)
                .orElseThrow(() -> new InputException("section .maps: BTF does not describe it"));
        InitialContents initial = new InitialContents(image, section.get(), types);
        for (BtfType.Placed placed : declared.variables()) {
            if (!(types.byId(placed.type()) instanceof BtfType.Variable variable)) {
                throw new InputException("section .maps: type " + placed.type() + " is not a variable");
            }
            ElfSymbol symbol = Optional.ofNullable(symbols.get(variable.name())).orElseThrow(
                    () -> new InputException("section .maps: map " + variable.name() + " has no symbol"));
            MapDefinition map = reader.read(table.nextIndex(), variable);
            table.addDeclared(new Place(section.get().index(), symbol.value()), map);
            initial.add(map, variable, symbol);
        }
        initial.resolve(table);
    }
}
