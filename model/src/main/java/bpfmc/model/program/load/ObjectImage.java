package bpfmc.model.program.load;

import bpfmc.model.btf.BtfExt;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfFile;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.multimap.list.ImmutableListMultimap;

/** The tables an object is read from, and the notes that reading it leaves. */
record ObjectImage(
        ElfFile elf,
        Optional<BtfTypes> types,
        BtfExt ext,
        ImmutableListMultimap<Integer, ElfSymbol> symbolsBySection,
        Notes notes,
        Neighbours neighbours) {

    static ObjectImage of(ElfFile elf, Notes notes, Neighbours neighbours) {
        Optional<ElfSection> btf = elf.section(".BTF").filter(s -> s.content().length() > 0);
        Optional<ElfSection> ext = elf.section(".BTF.ext").filter(s -> btf.isPresent() && s.content().length() > 0);
        if (btf.isEmpty()) {
            notes.add("no BTF: no source lines, no field names, no lock fields; compile with clang -g");
        } else if (ext.isEmpty()) {
            notes.add("no .BTF.ext: no source lines; compile with clang -g");
        }
        return new ObjectImage(
                elf,
                btf.map(s -> BtfTypes.parse(s.content())),
                ext.map(s -> BtfExt.parse(s.content(), btf.get().content())).orElseGet(BtfExt::none),
                elf.symbols().groupBy(ElfSymbol::section),
                notes,
                neighbours);
    }

    /** {@return the symbols defined in a section, in the order of the symbol table} */
    ImmutableList<ElfSymbol> symbols(ElfSection section) {
        return symbolsBySection.get(section.index());
    }
}
