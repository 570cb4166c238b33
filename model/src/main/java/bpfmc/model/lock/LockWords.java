package bpfmc.model.lock;

/**
 * The shared words of a Java lock, with the access modes of {@link java.lang.invoke.VarHandle} that the locks use. Plain accesses
 * are for words that only one CPU looks at until they are published by a stronger one.
 */
public interface LockWords {
    int plain(int word);

    void plain(int word, int value);

    int opaque(int word);

    void opaque(int word, int value);

    int acquire(int word);

    void release(int word, int value);

    boolean compareAndSetAcquire(int word, int expected, int value);

    /** {@return what the word was; the value is set if that was expected} */
    int compareAndExchangeAcquire(int word, int expected, int value);

    boolean compareAndSet(int word, int expected, int value);

    int getAndSet(int word, int value);

    int getAndAddAcquire(int word, int value);

    int getAndOrAcquire(int word, int bits);

    /**
     * Stores to some bits of the word and leaves the others alone, as a store to one of its bytes or halves does.
     *
     * @param mask which bits @param value their new value
     * @return the whole word as it was
     */
    int getAndSetBits(int word, int mask, int value);

    /**
     * Does that only if these bits are as expected, whatever the others are.
     *
     * @return whether they were
     */
    boolean compareAndSetBits(int word, int mask, int expected, int value);
}
