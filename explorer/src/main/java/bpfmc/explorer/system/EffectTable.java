package bpfmc.explorer.system;

import java.util.Arrays;

/** Effects by a 64-bit key: open addressing, linear probing. Keys are non-negative. */
final class EffectTable {
    private static final long EMPTY = -1;

    private long[] keys;
    private Effect[][] effects;
    private int size;

    EffectTable() {
        allocate(1 << 10);
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        effects = new Effect[capacity][];
    }

    /** {@return the effects stored under the key, null when there are none} */
    Effect[] get(long key) {
        int mask = keys.length - 1;
        for (int i = start(key, mask);; i = i + 1 & mask) {
            long at = keys[i];
            if (at == key) {
                return effects[i];
            }
            if (at == EMPTY) {
                return null;
            }
        }
    }

    void put(long key, Effect[] value) {
        if (2 * ++size > keys.length) {
            grow();
        }
        insert(key, value);
    }

    private void insert(long key, Effect[] value) {
        int mask = keys.length - 1;
        int i = start(key, mask);
        while (keys[i] != EMPTY) {
            i = i + 1 & mask;
        }
        keys[i] = key;
        effects[i] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        Effect[][] oldEffects = effects;
        allocate(2 * oldKeys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != EMPTY) {
                insert(oldKeys[i], oldEffects[i]);
            }
        }
    }

    private static int start(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
