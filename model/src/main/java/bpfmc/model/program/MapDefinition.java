package bpfmc.model.program;

import bpfmc.model.kernel.MapType;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.list.primitive.IntInterval;

/**
 * One map of an object.
 *
 * @param index position in {@link BpfObject#maps()}
 * @param name as in the source; for a data section its section name (".bss", ".data.counters")
 * @param type the kernel's type
 * @param keySize bytes
 * @param valueSize bytes
 * @param maxEntries 0 when the object leaves it to the loader: then it is any number from 1
 * @param flags BPF_F_* map flags
 * @param value how a value is laid out
 * @param key how a key is laid out, for reports
 * @param data for a data section what it holds at load time, else empty
 * @param inner for a map of maps: the template of its inner maps
 * @param initialInner for a map of maps with static contents: the inner maps by index ({@code values} in the source);
 *     entries are indexes into {@link BpfObject#maps()}, -1 for a hole
 * @param initialPrograms for a PROG_ARRAY with static contents: the programs' names by index
 * @param pinned whether it is pinned by its name, so that other objects find it
 * @param replacements for a map of maps: the inner maps that user space may put into it while programs run
 * @param programsStay for a PROG_ARRAY: whether user space leaves the programs in it that the object gives it
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
        ImmutableList<Integer> initialInner,
        ImmutableIntObjectMap<String> initialPrograms,
        boolean pinned,
        ImmutableList<Integer> replacements,
        boolean programsStay) {

    /** Bytes of the largest key that a hash map can have: MAX_BPF_STACK (kernel/bpf/hashtab.c, htab_map_alloc_check). */
    public static final int LARGEST_KEY = 512;

    /** A map without static contents. */
    public MapDefinition(int index, String name, MapType type, int keySize, int valueSize, long maxEntries, long flags,
            ValueLayout value, ValueLayout key, Optional<DataSection> data, Optional<MapDefinition> inner) {
        this(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner, Lists.immutable.empty(),
                IntObjectMaps.immutable.empty(), false, Lists.immutable.empty(), false);
    }

    /** {@return bytes from one CPU's value to the next, where user space hands over those of all CPUs} */
    public int valueStride() {
        return Math.ceilDiv(valueSize, 8) * 8;
    }

    public MapDefinition withInner(ImmutableList<Integer> maps) {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner, maps,
                initialPrograms, pinned, replacements, programsStay);
    }

    public MapDefinition withPrograms(ImmutableIntObjectMap<String> programs) {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner,
                initialInner, programs, pinned, replacements, programsStay);
    }

    public MapDefinition withIndex(int other) {
        return new MapDefinition(other, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner,
                initialInner, initialPrograms, pinned, replacements, programsStay);
    }

    public MapDefinition withName(String other) {
        return new MapDefinition(index, other, type, keySize, valueSize, maxEntries, flags, value, key, data, inner,
                initialInner, initialPrograms, pinned, replacements, programsStay);
    }

    /** {@return the map as the kernel knows it when nobody tells it the types: sizes only} */
    MapDefinition untyped() {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, ValueLayout.opaque(valueSize),
                ValueLayout.opaque(keySize), data, inner.map(MapDefinition::untyped), initialInner, initialPrograms, pinned, replacements, programsStay);
    }

    public MapDefinition withPinning(boolean byName) {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner,
                initialInner, initialPrograms, byName, replacements, programsStay);
    }

    /** {@return the map with as many entries as its loader gives it} @param entries from 1 */
    public MapDefinition withMaxEntries(long entries) {
        return new MapDefinition(index, name, type, keySize, valueSize, entries, flags, value, key, data, inner,
                initialInner, initialPrograms, pinned, replacements, programsStay);
    }

    /** {@return the program array as one that user space does not change} */
    public MapDefinition withProgramsThatStay() {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, inner,
                initialInner, initialPrograms, pinned, replacements, true);
    }

    /** {@return whether the map's elements are followed, and only its loader knows how many it may have} */
    public boolean sizeUnknown() {
        return maxEntries == 0 && switch (type) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> true;
            default -> false;
        };
    }

    /** {@return what an entry of a map of maps holds that leads to this inner map; 0 stands for none} @param inner index, or -1 */
    public static long descriptor(int inner) {
        return inner + 1;
    }

    /** {@return the map with one more inner map that user space may put into it} */
    public MapDefinition withReplacement(int inner) {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, data, this.inner,
                initialInner, initialPrograms, pinned, replacements.contains(inner) ? replacements : replacements.newWith(inner), programsStay);
    }

    /**
     * Global data: a one-element ARRAY map whose value a program addresses directly.
     *
     * @param known offsets of the bytes that are as in {@code contents}; empty: all
     */
    public record DataSection(Kind kind, byte[] contents, Optional<ImmutableIntSet> known) {
        public enum Kind { DATA, BSS, RODATA, KCONFIG }

        /** Data that is as the object says. */
        public DataSection(Kind kind, byte[] contents) {
            this(kind, contents, Optional.empty());
        }

        /** {@return whether all of these bytes are known} */
        public boolean knows(int offset, int size) {
            return known.map(k -> IntInterval.fromTo(offset, offset + size - 1).allSatisfy(k::contains)).orElse(true);
        }
    }

    /** {@return the map with other data} */
    public MapDefinition withData(DataSection section) {
        return new MapDefinition(index, name, type, keySize, valueSize, maxEntries, flags, value, key, Optional.of(section), inner,
                initialInner, initialPrograms, pinned, replacements, programsStay);
    }

    /** BPF_F_NO_PREALLOC (include/uapi/linux/bpf.h). */
    public static final long NO_PREALLOC = 1;

    /** {@return whether the map is a data section that programs can only read} */
    public boolean readOnlyData() {
        return data.map(d -> d.kind() == DataSection.Kind.RODATA || d.kind() == DataSection.Kind.KCONFIG).orElse(false);
    }
}
