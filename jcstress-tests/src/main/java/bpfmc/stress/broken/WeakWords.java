package bpfmc.stress.broken;

import bpfmc.model.lock.ArrayWords;
import bpfmc.model.lock.LockWords;

/** Words of which some operations are weaker than they must be. */
final class WeakWords implements LockWords {
    /** What is weak. */
    enum Weakness { EXCHANGE, ADD, RELEASE, TABLE }

    private final LockWords words;
    private final Weakness weakness;

    WeakWords(int size, Weakness weakness) {
        this.words = new ArrayWords(size);
        this.weakness = weakness;
    }

    @Override
    public int plain(int word) {
        return words.plain(word);
    }

    @Override
    public void plain(int word, int value) {
        words.plain(word, value);
    }

    @Override
    public int opaque(int word) {
        return weakness == Weakness.TABLE && word > 0 ? 0 : words.opaque(word);
    }

    @Override
    public void opaque(int word, int value) {
        words.opaque(word, value);
    }

    @Override
    public int acquire(int word) {
        return words.acquire(word);
    }

    @Override
    public void release(int word, int value) {
        if (weakness == Weakness.RELEASE) {
            words.opaque(word, value);
        } else {
            words.release(word, value);
        }
    }

    @Override
    public boolean compareAndSetAcquire(int word, int expected, int value) {
        return words.compareAndSetAcquire(word, expected, value);
    }

    @Override
    public int compareAndExchangeAcquire(int word, int expected, int value) {
        return words.compareAndExchangeAcquire(word, expected, value);
    }

    @Override
    public boolean compareAndSet(int word, int expected, int value) {
        return words.compareAndSet(word, expected, value);
    }

    @Override
    public int getAndSet(int word, int value) {
        if (weakness != Weakness.EXCHANGE) {
            return words.getAndSet(word, value);
        }
        int old = words.opaque(word);
        words.opaque(word, value);
        return old;
    }

    @Override
    public int getAndAddAcquire(int word, int value) {
        if (weakness != Weakness.ADD) {
            return words.getAndAddAcquire(word, value);
        }
        int old = words.opaque(word);
        words.opaque(word, old + value);
        return old;
    }

    @Override
    public int getAndOrAcquire(int word, int bits) {
        return words.getAndOrAcquire(word, bits);
    }

    @Override
    public int getAndSetBits(int word, int mask, int value) {
        return words.getAndSetBits(word, mask, value);
    }

    @Override
    public boolean compareAndSetBits(int word, int mask, int expected, int value) {
        return words.compareAndSetBits(word, mask, expected, value);
    }
}
