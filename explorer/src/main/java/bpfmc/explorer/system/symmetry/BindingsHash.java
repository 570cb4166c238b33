package bpfmc.explorer.system.symmetry;

import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.KeyPartition.FreeElement;
import bpfmc.model.memory.KeyPartition.KeyClass;
import bpfmc.model.value.Key;

/** What bindings look like. Elements stand in them by their numbers, which must not count ({@link Names}). */
final class BindingsHash {
    private BindingsHash() {}

    /** {@return the same number for bindings that differ only in the order in which keys were met, and in which elements they bind} */
    static long inAnyOrder(KeyPartition bindings) {
        long sum = bindings.initial();
        long[] classes = new long[bindings.classes().size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = of(bindings.classes().get(i));
            sum += ContentHash.mix(classes[i]);
        }
        for (FreeElement free : bindings.free()) {
            sum += ContentHash.mix(classes[free.lastClass()] * 31 + free.cpu() + 2);
        }
        return ContentHash.mix(sum);
    }

    /** {@return a number that is most likely different for bindings that are different} @param slots tells which element is which */
    static long exactly(KeyPartition bindings, ElementIds slots) {
        long hash = bindings.initial();
        for (KeyClass keys : bindings.classes()) {
            hash = ContentHash.mix(hash) + of(keys) + code(keys.element(), slots);
        }
        for (FreeElement free : bindings.free()) {
            hash += ContentHash.mix(ContentHash.mix(code(free.element(), slots) * 31L + free.cpu()) + free.lastClass());
        }
        return ContentHash.mix(hash);
    }

    private static int code(int element, ElementIds slots) {
        return element == KeyPartition.ABSENT ? -1 : Names.code(slots.name(element));
    }

    private static long of(KeyClass keys) {
        long sum = keys.element() == KeyPartition.ABSENT ? 0 : 1;
        for (Key key : keys.keys()) {
            sum += ContentHash.mix(ContentHash.of(key));
        }
        return ContentHash.mix(sum);
    }
}
