package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory of one map value; it keeps its identity whichever key it belongs to.
 *
 * @param index of an array @param cpu of a per-CPU map, else 0
 * @param keys those that it was bound to, in order @param bound whether the last of them still finds it
 * @param spareOf the CPU whose spare element it is, {@link #NOBODY}
 * @param owner the agent that owns its lock, {@link #NOBODY}
 */
record Element(int map, long index, int cpu, Bytes bytes, List<Long> keys, boolean bound, int spareOf, int owner) {
    static final int NOBODY = -1;

    static Element ofArray(int map, long index, int cpu, int size) {
        return new Element(map, index, cpu, Bytes.of(size), List.of(), true, NOBODY, NOBODY);
    }

    static Element unseen(int map, int size) {
        return new Element(map, 0, 0, Bytes.of(size), List.of(), false, NOBODY, NOBODY);
    }

    int binding() {
        return keys.size() - 1;
    }

    /** {@return whether the key under which an address was looked up still finds the element, without a break} */
    boolean still(int binding) {
        return bound && binding == binding();
    }

    /** {@return whether another key has had the element since an address of it was looked up} */
    boolean hadAnother(int binding) {
        return binding >= 0 && keys.subList(binding, keys.size()).stream().anyMatch(k -> !k.equals(keys.get(binding)));
    }

    /** {@return the key that finds it; of an array its index} */
    long key() {
        return keys.isEmpty() ? index : keys.getLast();
    }

    Element with(Bytes other) {
        return new Element(map, index, cpu, other, keys, bound, spareOf, owner);
    }

    Element ownedBy(int agent) {
        return new Element(map, index, cpu, bytes, keys, bound, spareOf, agent);
    }

    Element boundTo(long key) {
        List<Long> all = new ArrayList<>(keys);
        all.add(key);
        return new Element(map, index, cpu, bytes, List.copyOf(all), true, NOBODY, owner);
    }

    Element unbound(int spareOfCpu) {
        return new Element(map, index, cpu, bytes, keys, false, spareOfCpu, owner);
    }
}
