package bpfmc.model.elf;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.bytes.StringTable;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.multimap.list.ImmutableListMultimap;

/** The sections and symbols of a BPF object file. */
public final class ElfFile {
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL_ENTRY = 24;
    private static final int MOST_SYMBOLS = 1_000_000;
    private static final int MOST_RELOCATIONS = 1_000_000;

    private final ImmutableList<ElfSection> sections;
    private final ImmutableList<ElfSymbol> symbols;
    private final ImmutableListMultimap<Integer, ElfSection> relocationTables;

    private ElfFile(ImmutableList<ElfSection> sections, ImmutableList<ElfSymbol> symbols) {
        this.sections = sections;
        this.symbols = symbols;
        this.relocationTables = sections
                .select(s -> s.type() == ElfSection.REL || s.type() == ElfSection.RELA)
                .groupBy(ElfSection::info);
    }

    /** {@return the parsed file} @throws InputException when it is not a BPF object, or is damaged */
    public static ElfFile parse(Bytes file) {
        ElfHeader header = ElfHeader.parse(file);
        ImmutableList<ElfSection> sections = sections(file, header);
        checkRelocationCount(file, sections);
        return new ElfFile(sections, symbols(sections));
    }

    /** Those of debug information are not read, so they do not count. */
    private static void checkRelocationCount(Bytes file, ImmutableList<ElfSection> sections) {
        long count = sections
                .select(s -> s.type() == ElfSection.REL && s.info() >= 0 && s.info() < sections.size())
                .select(s -> sections.get(s.info()).allocated())
                .sumOfLong(s -> s.content().length() / 16);
        if (count > MOST_RELOCATIONS) {
            throw file.fault("more than " + MOST_RELOCATIONS + " relocations of code and data");
        }
    }

    /** {@return all sections in the order of the file} */
    public ImmutableList<ElfSection> sections() {
        return sections;
    }

    /** {@return all symbols in the order of the file} */
    public ImmutableList<ElfSymbol> symbols() {
        return symbols;
    }

    /** {@return the section with this index, empty when the index is one of the reserved ones or outside} */
    public Optional<ElfSection> section(int index) {
        return index > 0 && index < sections.size() ? Optional.of(sections.get(index)) : Optional.empty();
    }

    /** {@return the first section of this name} */
    public Optional<ElfSection> section(String name) {
        return sections.detectOptional(s -> s.name().equals(name));
    }

    /** {@return the relocations of a section in the order of the file, from all tables that refer to it} */
    public ImmutableList<ElfRelocation> relocations(ElfSection section) {
        MutableList<ElfRelocation> found = Lists.mutable.empty();
        for (ElfSection table : relocationTables.get(section.index())) {
            if (table.type() == ElfSection.RELA) {
                throw table.content().fault("relocations with addends (SHT_RELA) are not used for BPF");
            }
            addRelocations(table, section, found);
        }
        return found.toImmutable();
    }

    private void addRelocations(ElfSection table, ElfSection section, MutableList<ElfRelocation> found) {
        Bytes bytes = table.content();
        if (bytes.length() % 16 != 0) {
            throw bytes.fault(bytes.length() + " bytes are not a whole number of 16-byte relocations");
        }
        for (int at = 0; at < bytes.length(); at += 16) {
            long offset = bytes.i64(at);
            long symbol = bytes.u32(at + 12);
            if (symbol >= symbols.size()) {
                throw bytes.fault(at, "refers to symbol " + symbol + ", but there are only " + symbols.size());
            }
            if (offset < 0 || offset >= section.size()) {
                throw bytes.fault(at, "relocates offset " + Long.toUnsignedString(offset) + " of section "
                        + section.name() + ", which has only " + section.size() + " bytes");
            }
            found.add(new ElfRelocation(offset, bytes.i32(at + 8), symbols.get((int) symbol)));
        }
    }

    private static ImmutableList<ElfSection> sections(Bytes file, ElfHeader header) {
        Bytes table = file.slice("section table", header.sectionTable(), (long) header.sections() * SECTION_HEADER);
        if (header.names() >= header.sections()) {
            throw table.fault("the section of names has index " + header.names() + ", but there are only "
                    + header.sections() + " sections");
        }
        StringTable names = new StringTable(content(file, table, header.names(), "section of section names"));
        MutableList<ElfSection> found = Lists.mutable.ofInitialCapacity(header.sections());
        for (int i = 0; i < header.sections(); i++) {
            found.add(section(file, table, names, i));
        }
        return found.toImmutable();
    }

    private static ElfSection section(Bytes file, Bytes table, StringTable names, int index) {
        long at = (long) index * SECTION_HEADER;
        String name;
        try {
            name = index == 0 ? "" : names.at(table.u32(at));
        } catch (InputException e) {
            throw e.within("section " + index);
        }
        int type = table.i32(at + 4);
        long size = table.i64(at + 32);
        if (size < 0) {
            throw new InputException("section " + name + ": a size of " + Long.toUnsignedString(size) + " bytes");
        }
        return new ElfSection(index, name, type, table.i64(at + 8), index == 0 ? 0 : size,
                content(file, table, index, "section " + name), table.i32(at + 40), table.i32(at + 44),
                table.i64(at + 56));
    }

    private static Bytes content(Bytes file, Bytes table, int index, String name) {
        long at = (long) index * SECTION_HEADER;
        if (index == 0 || table.i32(at + 4) == ElfSection.NOBITS) {
            return file.slice(name, 0, 0);
        }
        long offset = table.i64(at + 24);
        long size = table.i64(at + 32);
        if (offset < 0 || size < 0 || offset > file.length() || size > file.length() - offset) {
            throw new InputException(("%s: claims %s bytes at offset %s, but the file has only %d: it is truncated or "
                    + "damaged, compile it again").formatted(name, Long.toUnsignedString(size),
                    Long.toUnsignedString(offset), file.length()));
        }
        return file.slice(name, offset, size);
    }

    private static ImmutableList<ElfSymbol> symbols(ImmutableList<ElfSection> sections) {
        Optional<ElfSection> table = sections.detectOptional(s -> s.type() == ElfSection.SYMTAB);
        if (table.isEmpty()) {
            return Lists.immutable.empty();
        }
        Bytes bytes = table.get().content();
        int link = table.get().link();
        if (link <= 0 || link >= sections.size()) {
            throw bytes.fault("its names are in section " + link + ", which does not exist");
        }
        int count = bytes.length() / SYMBOL_ENTRY;
        if (count > MOST_SYMBOLS) {
            throw bytes.fault("more than " + MOST_SYMBOLS + " symbols");
        }
        StringTable names = new StringTable(sections.get(link).content());
        MutableList<ElfSymbol> found = Lists.mutable.ofInitialCapacity(count);
        for (int i = 0; i < count; i++) {
            found.add(symbol(bytes, names, i));
        }
        return found.toImmutable();
    }

    private static ElfSymbol symbol(Bytes bytes, StringTable names, int index) {
        long at = (long) index * SYMBOL_ENTRY;
        long nameOffset = bytes.u32(at);
        int info = bytes.u8(at + 4);
        ElfSymbol.Binding binding = switch (info >> 4) {
            case 0 -> ElfSymbol.Binding.LOCAL;
            case 1 -> ElfSymbol.Binding.GLOBAL;
            case 2 -> ElfSymbol.Binding.WEAK;
            default -> ElfSymbol.Binding.OTHER;
        };
        ElfSymbol.Kind kind = switch (info & 15) {
            case 0 -> ElfSymbol.Kind.NONE;
            case 1 -> ElfSymbol.Kind.OBJECT;
            case 2 -> ElfSymbol.Kind.FUNCTION;
            case 3 -> ElfSymbol.Kind.SECTION;
            default -> ElfSymbol.Kind.OTHER;
        };
        int visibility = bytes.u8(at + 5) & 3;
        try {
            return new ElfSymbol(index, nameOffset == 0 ? "" : names.at(nameOffset), bytes.u16(at + 6),
                    bytes.i64(at + 8), bytes.i64(at + 16), binding, kind, visibility == 1 || visibility == 2);
        } catch (InputException e) {
            throw e.within(bytes.name() + ": symbol " + index);
        }
    }
}
