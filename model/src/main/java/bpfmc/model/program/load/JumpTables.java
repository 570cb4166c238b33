package bpfmc.model.program.load;

import bpfmc.model.elf.ElfSection;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;

/**
 * Section {@code .jumptables} (clang 22 and later, cpu v4): the targets of {@code gotox}, one 8-byte entry each, counted in
 * bytes from the start of the code section as the file has them. libbpf makes an INSN_ARRAY map of each table and program;
 * here the section as a whole is one.
 */
final class JumpTables {
    private static final String SECTION = ".jumptables";
    private static final int ENTRY = 8;

    private final ObjectImage image;

    JumpTables(ObjectImage image) {
        this.image = image;
    }

    static boolean holds(ElfSection section) {
        return section.name().equals(SECTION) && !section.zeroed();
    }

    void addTo(MapTableBuilder table) {
        image.elf().sections().detectOptional(JumpTables::holds).ifPresent(section -> {
            byte[] contents = section.content().toArray();
            image.notes().add("section " + SECTION + ": jump tables (gotox) are shown, not followed");
            table.addSection(section.index(), new MapDefinition(table.nextIndex(), SECTION, MapType.INSN_ARRAY, 4,
                    contents.length, contents.length / ENTRY, 0, ValueLayout.opaque(contents.length),
                    ValueLayout.opaque(4), Optional.of(new DataSection(DataSection.Kind.RODATA, contents)),
                    Optional.empty()));
        });
    }
}
