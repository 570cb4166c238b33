package bpfmc.model.program;

import bpfmc.model.kernel.MapType;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One map of an object.
 *
 * @param index position in {@link BpfObject#maps()}
 * @param name as in the source; for a data section its section name (".bss", ".data.counters")
 * @param type the kernel's type
 * @param keySize bytes
 * @param valueSize bytes
 * @param maxEntries 0 when the object leaves it to the loader
 * @param flags BPF_F_* map flags
 * @param value how a value is laid out
 * @param key how a key is laid out, for reports
 * @param data for a data section what it holds at load time, else empty
 * @param inner for a map of maps: the template of its inner maps
 * @param initialInner for a map of maps with static contents: the inner maps by index ({@code values} in the source);
 *     entries are indexes into {@link BpfObject#maps()}, -1 for a hole
 */
public record MapDefinition(
        int index,
        String name,
        MapType type,
        int keySize,
        int valueSize,
        long maxEntries,
        long flags,
        ValueLayout value,
        ValueLayout key,
        Optional<DataSection> data,
        Optional<MapDefinition> inner,
        ImmutableList<Integer> initialInner) {

    /** Global data: a one-element ARRAY map whose value a program addresses directly. */
    public record DataSection(Kind kind, byte[] contents) {
        public enum Kind { DATA, BSS, RODATA, KCONFIG }
    }

    /** BPF_F_NO_PREALLOC (include/uapi/linux/bpf.h). */
    public static final long NO_PREALLOC = 1;

    /** {@return whether the map is a data section that programs can only read} */
    public boolean readOnlyData() {
        return data.map(d -> d.kind() == DataSection.Kind.RODATA || d.kind() == DataSection.Kind.KCONFIG).orElse(false);
    }
}
