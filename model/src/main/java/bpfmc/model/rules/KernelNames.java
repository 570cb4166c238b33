package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;

/**
 * What the kernel's messages call a map: libbpf puts the object's name before the plain data sections (internal_map_name), and
 * the kernel keeps 15 characters of any name (BPF_OBJ_NAME_LEN).
 */
final class KernelNames {
    private static final int LONGEST = 15;
    private static final int SHORTEST_ENDING = 7;

    private KernelNames() {}

    /** {@return the map's name in the kernel} */
    static String of(BpfObject object, MapDefinition map) {
        return cut(switch (map.data().isPresent() ? map.name() : "") {
            case ".data", ".bss", ".rodata", ".kconfig" -> {
                int room = LONGEST - Math.max(SHORTEST_ENDING, map.name().length());
                String name = object.name().split("\\.", -1)[0];
                yield (name.substring(0, Math.min(room, name.length())) + map.name()).replaceAll("[^A-Za-z0-9_.]", "_");
            }
            default -> map.name();
        });
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }
}
