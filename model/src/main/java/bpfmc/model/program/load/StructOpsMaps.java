package bpfmc.model.program.load;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;

/**
 * Sections {@code .struct_ops*}: each variable is a STRUCT_OPS map of one element, a table of functions for the kernel.
 * Source: libbpf's init_struct_ops_maps.
 */
final class StructOpsMaps {
    private final ObjectImage image;
    private final BtfTypes types;
    private final Layouts layouts;

    StructOpsMaps(ObjectImage image, BtfTypes types, Layouts layouts) {
        this.image = image;
        this.types = types;
        this.layouts = layouts;
    }

    /** {@return whether a section holds such tables} */
    static boolean holds(ElfSection section) {
        String name = section.name().startsWith("?") ? section.name().substring(1) : section.name();
        return name.equals(".struct_ops") || name.equals(".struct_ops.link");
    }

    void addTo(MapTableBuilder table) {
        for (String section : image.elf().sections().select(StructOpsMaps::holds).collect(ElfSection::name).distinct()) {
            types.dataSection(section).ifPresent(declared -> declared.variables().forEach(placed -> {
                if (types.byId(placed.type()) instanceof BtfType.Variable variable) {
                    table.add(map(table.nextIndex(), variable));
                }
            }));
        }
    }

    private MapDefinition map(int index, BtfType.Variable variable) {
        int size = DeclaredMapReader.size("variable " + variable.name(), types.sizeOf(variable.type()).orElse(0));
        return new MapDefinition(index, variable.name(), MapType.STRUCT_OPS, 4, size, 1, 0,
                layouts.of(variable.type(), size), ValueLayout.opaque(4), Optional.empty(), Optional.empty());
    }
}
