package bpfmc.model.program.load;

import bpfmc.model.bytes.Bytes;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.MutableMap;

/**
 * All functions of an object, from the symbols of its code sections. A visible function outside of {@code .text} is a
 * program; a static one, and whatever lies in {@code .text}, is a subprogram. Source: libbpf's bpf_object__add_programs.
 */
final class CodeFunctions {
    private static final int SLOT = 8;

    private final ImmutableList<CodeFunction> all;
    private final MutableMap<Integer, TreeMap<Integer, CodeFunction>> bySection = Maps.mutable.empty();

    private CodeFunctions(ImmutableList<CodeFunction> all) {
        this.all = all;
        all.forEach(f -> bySection.getIfAbsentPut(f.section().index(), TreeMap::new).putIfAbsent(f.start(), f));
    }

    static CodeFunctions read(ObjectImage image) {
        MutableList<CodeFunction> found = Lists.mutable.empty();
        for (ElfSection section : image.elf().sections().select(ElfSection::code)) {
            ImmutableList<ElfSymbol> symbols = image.symbols(section)
                    .select(s -> s.kind() == ElfSymbol.Kind.FUNCTION)
                    .toSortedListBy(ElfSymbol::value).toImmutable();
            if (symbols.isEmpty()) {
                image.notes().add(section.content().name() + ": passed over: code without a function symbol");
            }
            symbols.forEachWithIndex((symbol, i) -> found.add(function(section, symbols, i)));
        }
        return new CodeFunctions(found.toImmutable());
    }

    private static CodeFunction function(ElfSection section, ImmutableList<ElfSymbol> symbols, int i) {
        ElfSymbol symbol = symbols.get(i);
        Bytes code = section.content();
        long next = i + 1 < symbols.size() ? symbols.get(i + 1).value() : code.length();
        long size = symbol.size() == 0 ? next - symbol.value() : symbol.size();
        if (symbol.value() < 0 || symbol.value() >= code.length() || size <= 0 || size > code.length() - symbol.value()) {
            throw code.fault("function " + symbol.name() + " claims " + Long.toUnsignedString(size)
                    + " bytes at offset " + Long.toUnsignedString(symbol.value()) + ", but the section has only "
                    + code.length());
        }
        if (symbol.value() % SLOT != 0 || size % SLOT != 0) {
            throw code.fault("function " + symbol.name() + " at offset " + symbol.value() + " of " + size
                    + " bytes is not a whole number of 8-byte instructions");
        }
        boolean local = symbol.binding() == ElfSymbol.Binding.LOCAL;
        return new CodeFunction(symbol.name(), section, (int) (symbol.value() / SLOT),
                (int) ((symbol.value() + size) / SLOT), !local && !symbol.hidden(), !local && !isText(section));
    }

    private static boolean isText(ElfSection section) {
        return section.name().equals(".text") || section.name().startsWith(".text.");
    }

    /** {@return all functions, section by section, by rising offset} */
    ImmutableList<CodeFunction> all() {
        return all;
    }

    /** {@return the function that holds a slot of a section: of several, the one that begins last} */
    Optional<CodeFunction> at(int section, long slot) {
        TreeMap<Integer, CodeFunction> functions = bySection.get(section);
        if (functions == null || slot < 0 || slot > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.ofNullable(functions.floorEntry((int) slot)).map(Map.Entry::getValue)
                .filter(f -> slot < f.end());
    }
}
