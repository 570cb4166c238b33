package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.CoreRelocation;
import bpfmc.model.btf.CoreResolver;
import bpfmc.model.btf.LineRecord;
import bpfmc.model.elf.ElfRelocation;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.isa.Instruction;
import bpfmc.model.program.SourceLine;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/** Makes each function's {@link CodeUnit} when it is first asked for. */
final class CodeUnits {
    /** What all functions and all linked programs of an object may come to. The kernel runs a million a program. */
    private static final long MOST_SLOTS = 2_000_000;

    private final ObjectImage image;
    private final MapTable maps;
    private final CodeFunctions functions;
    private final Externs externs;
    private final Function<byte[], ImmutableList<Instruction>> decoder;
    private final MutableMap<CodeFunction, CodeUnit> units = Maps.mutable.empty();
    private final MutableMap<Integer, SectionTables> tables = Maps.mutable.empty();
    private long slots;

    CodeUnits(ObjectImage image, MapTable maps, CodeFunctions functions,
            Function<byte[], ImmutableList<Instruction>> decoder) {
        this.image = image;
        this.maps = maps;
        this.functions = functions;
        this.externs = Externs.of(image.types());
        this.decoder = decoder;
    }

    /** What belongs to the instructions of a section, by slot. */
    private record SectionTables(MutableIntObjectMap<ElfRelocation> relocations, TreeMap<Integer, SourceLine> lines,
            TreeMap<Integer, CoreRelocation> core) {}

    /** {@return the function with everything resolved but its place} */
    CodeUnit of(CodeFunction function) {
        CodeUnit unit = units.get(function);
        if (unit == null) {
            unit = make(function);
            units.put(function, unit);
        }
        return unit;
    }

    /** Accounts for so many slots. @throws InputException when the object's programs come to too many */
    void spend(long count) {
        slots += count;
        if (slots > MOST_SLOTS) {
            throw new InputException("the linked programs come to more than " + MOST_SLOTS + " instructions");
        }
    }

    private CodeUnit make(CodeFunction function) {
        spend(function.slots());
        SectionTables section = tables(function.section());
        CodeBytes code = new CodeBytes(function.section().content()
                .slice(function.where(), function.start() * 8L, function.slots() * 8L).toArray());
        Relocator relocator = new Relocator(image, maps, externs, functions, function, code);
        relocator.run(section.relocations());
        patch(function, section, code);
        ImmutableList<Instruction> decoded;
        try {
            decoded = decoder.apply(code.bytes());
        } catch (InputException e) {
            throw e.within(function.where());
        }
        return new CodeUnit(function, decoded, relocator.references().toImmutable(), relocator.links().toImmutable(),
                lines(section, function));
    }

    private static ImmutableIntObjectMap<SourceLine> lines(SectionTables section, CodeFunction function) {
        MutableIntObjectMap<SourceLine> lines = IntObjectHashMap.newMap();
        section.lines().subMap(function.start(), function.end())
                .forEach((slot, line) -> lines.put(slot - function.start(), line));
        return lines.toImmutable();
    }

    /** Puts the values of CO-RE relocations into the instructions, as bpf_core_patch_insn does. */
    private void patch(CodeFunction function, SectionTables section, CodeBytes code) {
        section.core().subMap(function.start(), function.end()).forEach((slot, relocation) -> {
            try {
                code.patch(slot - function.start(), new CoreResolver(image.types().orElseThrow()).value(relocation));
            } catch (InputException e) {
                throw e.within(function.section().content().name() + ": offset " + slot * 8L + ": function "
                        + function.name());
            }
        });
    }

    private TreeMap<Integer, CoreRelocation> core(ElfSection section) {
        TreeMap<Integer, CoreRelocation> found = new TreeMap<>();
        for (CoreRelocation relocation : image.ext().relocations(section.name())) {
            if (relocation.offset() % 8 != 0 || relocation.offset() >= section.size()) {
                throw section.content().fault(relocation.offset(), "a CO-RE relocation where no instruction begins");
            }
            found.put((int) (relocation.offset() / 8), relocation);
        }
        return found;
    }

    private SectionTables tables(ElfSection section) {
        return tables.getIfAbsentPut(section.index(), () -> new SectionTables(
                relocations(section), lines(section), core(section)));
    }

    private MutableIntObjectMap<ElfRelocation> relocations(ElfSection section) {
        MutableIntObjectMap<ElfRelocation> found = IntObjectHashMap.newMap();
        for (ElfRelocation relocation : image.elf().relocations(section)) {
            if (relocation.offset() % 8 != 0) {
                throw section.content().fault(relocation.offset(), "a relocation in the middle of an instruction");
            }
            int slot = (int) (relocation.offset() / 8);
            if (functions.at(section.index(), slot).isEmpty()) {
                image.notes().add(section.content().name() + ": relocations outside of all functions are passed over");
            }
            found.put(slot, relocation);
        }
        return found;
    }

    private TreeMap<Integer, SourceLine> lines(ElfSection section) {
        TreeMap<Integer, SourceLine> found = new TreeMap<>();
        for (LineRecord line : image.ext().lines(section.name())) {
            if (line.offset() % 8 == 0 && line.line() > 0) {
                found.put((int) (line.offset() / 8),
                        new SourceLine(line.file(), line.line(), line.column(), line.text()));
            }
        }
        return found;
    }
}
