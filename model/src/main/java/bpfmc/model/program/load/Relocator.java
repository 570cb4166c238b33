package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.elf.ElfRelocation;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.load.CodeUnit.Link;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/**
 * Says what the relocations of one function mean, and writes it into the function's bytes as the kernel would see it: the
 * pseudo kind of an immediate load, the index of a map, the offset in global data. Source: libbpf's
 * bpf_program__record_reloc and bpf_object__relocate_data.
 */
final class Relocator {
    private static final int PSEUDO_MAP = 1;
    private static final int PSEUDO_DATA = 2;
    private static final int PSEUDO_BTF_ID = 3;
    private static final int PSEUDO_FUNCTION = 4;
    private static final int PSEUDO_CALL = 1;
    private static final int PSEUDO_KFUNC = 2;

    private final ObjectImage image;
    private final MapTable maps;
    private final Externs externs;
    private final CodeFunctions functions;
    private final CodeFunction function;
    private final CodeBytes code;
    private final MutableIntObjectMap<Reference> references = IntObjectHashMap.newMap();
    private final MutableIntObjectMap<Link> links = IntObjectHashMap.newMap();

    Relocator(ObjectImage image, MapTable maps, Externs externs, CodeFunctions functions, CodeFunction function,
            CodeBytes code) {
        this.image = image;
        this.maps = maps;
        this.externs = externs;
        this.functions = functions;
        this.function = function;
        this.code = code;
    }

    MutableIntObjectMap<Reference> references() {
        return references;
    }

    MutableIntObjectMap<Link> links() {
        return links;
    }

    /** Goes through the function; {@code relocations} are its section's, by slot of the section. */
    void run(MutableIntObjectMap<ElfRelocation> relocations) {
        for (int slot = 0; slot < code.slots(); slot += code.loadsImmediate(slot) ? 2 : 1) {
            ElfRelocation relocation = relocations.get(function.start() + slot);
            try {
                if (relocation != null) {
                    relocate(slot, relocation);
                } else {
                    resolveUnrelocated(slot);
                }
            } catch (InputException e) {
                throw e.within(function.section().content().name() + ": offset " + (function.start() + slot) * 8L
                        + ": function " + function.name());
            }
            if (code.loadsImmediate(slot) && relocations.containsKey(function.start() + slot + 1)) {
                throw new InputException(function.where() + ": a relocation in the middle of the instruction at offset "
                        + (function.start() + slot) * 8L);
            }
        }
    }

    private void relocate(int slot, ElfRelocation relocation) {
        if (code.calls(slot) && relocation.type() == ElfRelocation.R_BPF_64_32) {
            relocateCall(slot, relocation.symbol());
        } else if (code.loadsImmediate(slot) && relocation.type() == ElfRelocation.R_BPF_64_64) {
            relocateLoad(slot, relocation.symbol());
        } else {
            throw new InputException("a relocation " + relocation.typeName() + " against " + name(relocation.symbol())
                    + " does not fit the instruction with opcode 0x" + Integer.toHexString(code.opcode(slot)));
        }
    }

    private void relocateCall(int slot, ElfSymbol symbol) {
        if (symbol.undefined()) {
            relocateKfunc(slot, symbol);
            return;
        }
        if (symbol.value() % 8 != 0) {
            throw new InputException("a call of " + name(symbol) + " at offset " + symbol.value()
                    + ", which is not a multiple of 8");
        }
        link(slot, symbol.section(), symbol.value() / 8 + code.immediate(slot) + 1, symbol);
        code.setSource(slot, PSEUDO_CALL);
    }

    private void relocateKfunc(int slot, ElfSymbol symbol) {
        int id = extern(symbol);
        BtfTypes types = image.types().orElseThrow();
        if (!(types.byId(id) instanceof BtfType.Function kernel)) {
            throw new InputException("a call of " + symbol.name() + ", which is not a function");
        }
        code.setSource(slot, PSEUDO_KFUNC);
        code.setImmediate(slot, id);
        FunctionPrototype prototype = externs.prototype(types, kernel);
        references.put(slot,
                new Reference.Kfunc(symbol.name(), prototype, symbol.binding() == ElfSymbol.Binding.WEAK));
    }

    private void relocateLoad(int slot, ElfSymbol symbol) {
        if (symbol.undefined()) {
            relocateExternLoad(slot, symbol);
            return;
        }
        ElfSection section = image.elf().section(symbol.section()).orElseThrow(() -> new InputException(
                "a relocation against " + name(symbol) + " in section " + symbol.section() + ", which does not exist"));
        Integer data = maps.sections().get(section.index());
        if (section.code()) {
            relocateFunctionAddress(slot, symbol);
        } else if (data != null) {
            data(slot, data, symbol.value() + code.immediate(slot), symbol);
        } else if (DataMaps.perCpu(section)) {
            code.setSource(slot, 0);
            code.setImmediate(slot, 0);
            references.put(slot, new Reference.KernelSymbol("per-CPU data " + symbol.name(), false));
        } else if (section.name().equals(".addr_space.1") && maps.arena().isPresent()) {
            arena(slot, symbol.value() + code.immediate(slot));
        } else {
            map(slot, symbol, section);
        }
    }

    private void relocateExternLoad(int slot, ElfSymbol symbol) {
        Integer offset = maps.kconfig().get(symbol.name());
        if (offset != null) {
            data(slot, maps.kconfigMap().orElseThrow(), offset, symbol);
            return;
        }
        int id = extern(symbol);
        boolean typeless = Externs.typeless(image.types().orElseThrow(), id);
        code.setSource(slot, typeless ? 0 : PSEUDO_BTF_ID);
        code.setImmediate(slot, typeless ? 0 : id);
        code.setHighImmediate(slot, 0);
        references.put(slot, new Reference.KernelSymbol(symbol.name(), symbol.binding() == ElfSymbol.Binding.WEAK));
    }

    private int extern(ElfSymbol symbol) {
        return externs.id(symbol.name()).orElseThrow(() -> {
            ImmutableList<String> files = image.neighbours().defining(symbol.name());
            return new InputException(name(symbol) + " is defined neither here nor by the kernel (section .ksyms): link "
                    + (files.isEmpty() ? "all objects of the program" : "with " + files.makeString(" or ")) + " first (bpftool gen object)");
        });
    }

    private void relocateFunctionAddress(int slot, ElfSymbol symbol) {
        long offset = symbol.value() + code.immediate(slot);
        if (offset % 8 != 0) {
            throw new InputException("the address of " + name(symbol) + " at offset " + offset
                    + ", which is not a multiple of 8");
        }
        link(slot, symbol.section(), offset / 8, symbol);
        code.setSource(slot, PSEUDO_FUNCTION);
        code.setHighImmediate(slot, 0);
    }

    private void map(int slot, ElfSymbol symbol, ElfSection section) {
        Integer map = maps.atSymbol().get(new MapTable.Place(section.index(),
                symbol.value() + code.immediate(slot)));
        if (map == null) {
            throw new InputException("a relocation against " + name(symbol) + " in section " + section.name()
                    + ", which is neither a map nor global data");
        }
        code.setSource(slot, PSEUDO_MAP);
        code.setImmediate(slot, map);
        code.setHighImmediate(slot, 0);
        references.put(slot, new Reference.Map(map));
    }

    private void data(int slot, int map, long offset, ElfSymbol symbol) {
        MapDefinition section = maps.maps().get(map);
        if (offset < 0 || offset > section.valueSize()) {
            throw new InputException("a relocation against " + name(symbol) + " leads to offset " + offset + " of section "
                    + section.name() + ", which has only " + section.valueSize() + " bytes");
        }
        place(slot, map, (int) offset);
    }

    private void arena(int slot, long offset) {
        if (offset < 0 || offset > Integer.MAX_VALUE) {
            throw new InputException("a relocation leads to offset " + offset + " of the arena");
        }
        place(slot, maps.arena().orElseThrow(), (int) offset);
    }

    private void place(int slot, int map, int offset) {
        code.setSource(slot, PSEUDO_DATA);
        code.setImmediate(slot, map);
        code.setHighImmediate(slot, offset);
        references.put(slot, new Reference.Data(map, offset));
    }

    private void link(int slot, int section, long targetSlot, ElfSymbol symbol) {
        CodeFunction target = functions.at(section, targetSlot).orElseThrow(() -> new InputException(
                "a relocation against " + name(symbol) + " leads to instruction " + targetSlot + " of section "
                        + image.elf().section(section).map(ElfSection::name).orElse("" + section)
                        + ", where no function lies"));
        links.put(slot, new Link(target, (int) (targetSlot - target.start())));
    }

    /** Calls within a section need no relocation. What else names an object in the kernel does; the rules judge it without. */
    private void resolveUnrelocated(int slot) {
        if (code.calls(slot) && code.source(slot) == PSEUDO_CALL) {
            long target = function.start() + (long) slot + code.immediate(slot) + 1;
            CodeFunction callee = functions.at(function.section().index(), target).orElseThrow(() ->
                    new InputException("a call of instruction " + target + " of the section, where no function lies"));
            links.put(slot, new Link(callee, (int) (target - callee.start())));
        }
    }

    private static String name(ElfSymbol symbol) {
        return symbol.name().isEmpty() ? "symbol " + symbol.index() : "'" + symbol.name() + "'";
    }
}
