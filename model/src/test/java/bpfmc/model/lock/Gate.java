package bpfmc.model.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Words whose shared accesses wait to be let go, one at a time, each thread in its turn. The tables of held locks are not among
 * them: what a machine does to them belongs to the step beside it.
 */
final class Gate implements LockWords {
    private final LockLayout layout;
    private final ArrayWords words;
    private final Semaphore[] go;
    private final Semaphore[] arrived;
    private final ThreadLocal<Integer> me = new ThreadLocal<>();

    Gate(LockLayout layout, int threads) {
        this.layout = layout;
        words = new ArrayWords(layout.words());
        go = IntStream.range(0, threads).mapToObj(i -> new Semaphore(0)).toArray(Semaphore[]::new);
        arrived = IntStream.range(0, threads).mapToObj(i -> new Semaphore(0)).toArray(Semaphore[]::new);
    }

    /** A thread says which it is. */
    void enter(int thread) {
        me.set(thread);
    }

    /** A thread has done all it does. */
    void leave(int thread) {
        arrived[thread].release();
    }

    /** Waits until the thread stands before an access, or has left. */
    void await(int thread) throws InterruptedException {
        assertThat(arrived[thread].tryAcquire(20, TimeUnit.SECONDS)).as("CPU%d goes on", thread).isTrue();
    }

    void letGo(int thread) {
        go[thread].release();
    }

    /** {@return a word as it is, asked from outside} */
    int word(int word) {
        return words.opaque(word);
    }

    private void pass(int word) {
        boolean table = word >= layout.locks() && (word - layout.locks()) % LockLayout.CPU_WORDS >= layout.heldCount(0) - layout.cpu(0);
        if (!table) {
            arrived[me.get()].release();
            go[me.get()].acquireUninterruptibly();
        }
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
        pass(word);
        return words.opaque(word);
    }

    @Override
    public void opaque(int word, int value) {
        pass(word);
        words.opaque(word, value);
    }

    @Override
    public int acquire(int word) {
        pass(word);
        return words.acquire(word);
    }

    @Override
    public void release(int word, int value) {
        pass(word);
        words.release(word, value);
    }

    @Override
    public boolean compareAndSetAcquire(int word, int expected, int value) {
        pass(word);
        return words.compareAndSetAcquire(word, expected, value);
    }

    @Override
    public int compareAndExchangeAcquire(int word, int expected, int value) {
        pass(word);
        return words.compareAndExchangeAcquire(word, expected, value);
    }

    @Override
    public boolean compareAndSet(int word, int expected, int value) {
        pass(word);
        return words.compareAndSet(word, expected, value);
    }

    @Override
    public int getAndSet(int word, int value) {
        pass(word);
        return words.getAndSet(word, value);
    }

    @Override
    public int getAndAddAcquire(int word, int value) {
        pass(word);
        return words.getAndAddAcquire(word, value);
    }

    @Override
    public int getAndOrAcquire(int word, int bits) {
        pass(word);
        return words.getAndOrAcquire(word, bits);
    }

    @Override
    public int getAndSetBits(int word, int mask, int value) {
        pass(word);
        return words.getAndSetBits(word, mask, value);
    }

    @Override
    public boolean compareAndSetBits(int word, int mask, int expected, int value) {
        pass(word);
        return words.compareAndSetBits(word, mask, expected, value);
    }
}
