package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.elf.ElfSymbol;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.load.Layouts.Root;
import java.util.Comparator;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.factory.Sets;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.MutableSet;

/**
 * The {@code .kconfig} variables: extern in the object, given their values by libbpf from the running kernel's
 * configuration. Laid out as libbpf does (bpf_object__collect_externs): by falling alignment, then size, then by name.
 * The contents are zero here, because nothing is known of them.
 */
final class KconfigMap {
    private static final int MOST_BYTES = 1 << 20;

    private final ObjectImage image;
    private final BtfTypes types;
    private final Layouts layouts;

    KconfigMap(ObjectImage image, BtfTypes types, Layouts layouts) {
        this.image = image;
        this.types = types;
        this.layouts = layouts;
    }

    private record Setting(String name, int type, long size) {
        /** As btf__align_of gives it for what may stand here: numbers, enums, arrays of char. */
        long alignment(BtfTypes types) {
            return types.resolved(type) instanceof BtfType.Array array
                    ? types.sizeOf(array.element()).orElse(1) : Math.max(1, Math.min(size, 8));
        }
    }

    void addTo(MapTableBuilder table) {
        MutableList<Setting> settings = settings();
        if (settings.isEmpty()) {
            return;
        }
        MutableMap<String, Integer> offsets = Maps.mutable.empty();
        MutableList<Root> roots = Lists.mutable.empty();
        long end = 0;
        for (Setting setting : settings) {
            long alignment = setting.alignment(types);
            long offset = (end + alignment - 1) / alignment * alignment;
            end = offset + setting.size();
            if (end > MOST_BYTES) {
                throw new InputException("section .kconfig: variable " + setting.name() + ": more than " + MOST_BYTES
                        + " bytes of variables");
            }
            offsets.put(setting.name(), (int) offset);
            roots.add(new Root(setting.name(), setting.type(), offset, setting.type()));
        }
        int size = (int) end;
        table.addKconfig(new MapDefinition(table.nextIndex(), ".kconfig", MapType.ARRAY, 4, size, 1, 0,
                layouts.ofSection(".kconfig", size, roots.toImmutable()), ValueLayout.opaque(4),
                Optional.of(new DataSection(DataSection.Kind.KCONFIG, new byte[size])), Optional.empty()), offsets);
    }

    private MutableList<Setting> settings() {
        MutableSet<String> wanted = Sets.mutable.empty();
        image.elf().symbols().select(ElfSymbol::undefined).forEach(s -> wanted.add(s.name()));
        MutableList<Setting> found = Lists.mutable.empty();
        types.dataSection(".kconfig").ifPresent(section -> section.variables().forEach(placed -> {
            if (types.byId(placed.type()) instanceof BtfType.Variable variable && wanted.remove(variable.name())) {
                found.add(new Setting(variable.name(), variable.type(), types.sizeOf(variable.type()).orElse(0)));
            }
        }));
        return found.sortThis(Comparator.<Setting>comparingLong(s -> -s.alignment(types))
                .thenComparingLong(s -> -s.size()).thenComparing(Setting::name));
    }
}
