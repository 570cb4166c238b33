package bpfmc.model.machine;

import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Region;

/**
 * Values of maps that programs are taken to read only, as user space gives them: of LPM tries (kernel/bpf/lpm_trie.c), where two keys may find one value, and
 * of device maps. Updates put a new value in the place of an old one, so what a program reads of one value nobody changes. Writes by programs are not followed.
 */
public final class ReadValues {
    private static final String NAMED = "a value of ";

    private ReadValues() {}

    /** {@return some value of the map} */
    public static Region.Kernel of(MapDefinition map) {
        return new Region.Kernel(NAMED + map.name());
    }

    /** {@return whether the memory is such a value} */
    public static boolean is(Region region) {
        return region instanceof Region.Kernel k && k.what().startsWith(NAMED);
    }
}
