package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.load.Layouts.Root;
import java.util.Optional;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.factory.Sets;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.MutableSet;

/**
 * Global data: each section {@code .data*}, {@code .bss*}, {@code .rodata*} is an ARRAY map of one element. Source:
 * libbpf's bpf_object__init_global_data_maps.
 */
final class DataMaps {
    /** BPF_F_RDONLY_PROG and BPF_F_MMAPABLE, as libbpf sets them (include/uapi/linux/bpf.h). */
    private static final long READ_ONLY = 1 << 7;
    private static final long MAPPABLE = 1 << 10;
    private static final long MOST_BYTES = 128L << 20;

    private final ObjectImage image;
    private final Optional<Layouts> layouts;
    /** Sections whose variables have been read; a second one of the same name stays without. */
    private final MutableSet<String> described = Sets.mutable.empty();
    private long total;

    DataMaps(ObjectImage image, Optional<Layouts> layouts) {
        this.image = image;
        this.layouts = layouts;
    }

    /** {@return what kind of global data a section of this name holds} */
    static Optional<DataSection.Kind> kind(ElfSection section) {
        if (!section.allocated() || section.size() == 0) {
            return Optional.empty();
        }
        if (named(section, ".data") && !section.zeroed()) {
            return Optional.of(DataSection.Kind.DATA);
        }
        if (named(section, ".rodata") && !section.zeroed()) {
            return Optional.of(DataSection.Kind.RODATA);
        }
        return named(section, ".bss") ? Optional.of(DataSection.Kind.BSS) : Optional.empty();
    }

    /** {@return whether the section holds global data of which each CPU has its own (libbpf 1.7)} */
    static boolean perCpu(ElfSection section) {
        return named(section, ".percpu");
    }

    private static boolean named(ElfSection section, String name) {
        return section.name().equals(name) || section.name().startsWith(name + ".");
    }

    void addTo(MapTableBuilder table) {
        for (ElfSection section : image.elf().sections()) {
            kind(section).ifPresent(kind -> table.addSection(section.index(), map(table.nextIndex(), section, kind)));
        }
    }

    private MapDefinition map(int index, ElfSection section, DataSection.Kind kind) {
        byte[] contents = contents(section);
        int size = contents.length;
        ValueLayout value = layouts.filter(l -> described.add(section.name())).flatMap(l -> image.types().flatMap(types -> types.dataSection(section.name())
                        .map(declared -> l.ofSection(section.name(), size, variables(types, declared, section)))))
                .orElseGet(() -> ValueLayout.opaque(size));
        long flags = (mappable(section) ? MAPPABLE : 0) | (kind == DataSection.Kind.RODATA ? READ_ONLY : 0);
        return new MapDefinition(index, section.name(), MapType.ARRAY, 4, size, 1, flags, value, ValueLayout.opaque(4),
                Optional.of(new DataSection(kind, contents)), Optional.empty());
    }

    /** libbpf's map_is_mmapable: some variable is visible from outside. */
    private boolean mappable(ElfSection section) {
        return image.types().flatMap(types -> types.dataSection(section.name()).map(declared -> declared.variables().anySatisfy(placed ->
                types.byId(placed.type()) instanceof BtfType.Variable v && v.linkage() == BtfType.Linkage.GLOBAL
                        && image.symbols(section).noneSatisfy(s -> s.name().equals(v.name()) && s.hidden())))).orElse(false);
    }

    private byte[] contents(ElfSection section) {
        total = Math.min(total, MOST_BYTES) + Math.min(section.size(), MOST_BYTES + 1);
        if (total > MOST_BYTES) {
            throw new InputException("section " + section.name() + ": " + section.size() + " bytes; bpfmc reads at most "
                    + MOST_BYTES + " bytes of global data in all sections together");
        }
        return section.zeroed() ? new byte[(int) section.size()] : section.content().toArray();
    }

    /** The variables with their offsets: the compiler leaves those of global ones to the symbol table. */
    private ImmutableList<Root> variables(BtfTypes types, BtfType.DataSection declared, ElfSection section) {
        MutableMap<String, ElfSymbol> symbols = Maps.mutable.empty();
        image.symbols(section).forEach(s -> symbols.put(s.name(), s));
        return declared.variables()
                .select(placed -> types.byId(placed.type()) instanceof BtfType.Variable)
                .collect(placed -> {
                    BtfType.Variable variable = (BtfType.Variable) types.byId(placed.type());
                    ElfSymbol symbol = variable.linkage() == BtfType.Linkage.STATIC ? null : symbols.get(variable.name());
                    return new Root(variable.name(), variable.type(), symbol == null ? placed.offset() : symbol.value(),
                            placed.type());
                })
                .select(root -> root.offset() >= 0 && root.offset() < section.size());
    }
}
