package bpfmc.model.lock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Words in an array, accessed through a {@link VarHandle}. */
public final class ArrayWords implements LockWords {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] words;

    /** @param size how many */
    public ArrayWords(int size) {
        words = new int[size];
    }

    @Override
    public int plain(int word) {
        return words[word];
    }

    @Override
    public void plain(int word, int value) {
        words[word] = value;
    }

    @Override
    public int opaque(int word) {
        return (int) WORDS.getOpaque(words, word);
    }

    @Override
    public void opaque(int word, int value) {
        WORDS.setOpaque(words, word, value);
    }

    @Override
    public int acquire(int word) {
        return (int) WORDS.getAcquire(words, word);
    }

    @Override
    public void release(int word, int value) {
        WORDS.setRelease(words, word, value);
    }

    @Override
    public boolean compareAndSetAcquire(int word, int expected, int value) {
        return compareAndExchangeAcquire(word, expected, value) == expected;
    }

    @Override
    public int compareAndExchangeAcquire(int word, int expected, int value) {
        return (int) WORDS.compareAndExchangeAcquire(words, word, expected, value);
    }

    @Override
    public boolean compareAndSet(int word, int expected, int value) {
        return WORDS.compareAndSet(words, word, expected, value);
    }

    @Override
    public int getAndSet(int word, int value) {
        return (int) WORDS.getAndSet(words, word, value);
    }

    @Override
    public int getAndAddAcquire(int word, int value) {
        return (int) WORDS.getAndAddAcquire(words, word, value);
    }

    @Override
    public int getAndOrAcquire(int word, int bits) {
        return (int) WORDS.getAndBitwiseOrAcquire(words, word, bits);
    }

    @Override
    public int getAndSetBits(int word, int mask, int value) {
        int old;
        do {
            old = opaque(word);
        } while (!compareAndSet(word, old, old & ~mask | value));
        return old;
    }

    @Override
    public boolean compareAndSetBits(int word, int mask, int expected, int value) {
        int old;
        do {
            old = opaque(word);
            if ((old & mask) != expected) {
                return false;
            }
        } while (!compareAndSet(word, old, old & ~mask | value));
        return true;
    }
}
