package bpfmc.explorer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a check with what it knows. Java runs its shutdown hooks then, and ends with exit code 130 or 143 when they have
 * ended; the hook of this class asks the check to stop, and waits until its reports are written.
 */
final class StopSignal {
    /** After so many seconds nobody waits any longer for a step to end. */
    private static final int PATIENCE = 20;

    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean asked;

    /** Listens to signals from now on. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    /** {@return whether the check is to end} */
    boolean asked() {
        return asked;
    }

    /** Everything is written; the process may end. */
    void told() {
        told.countDown();
    }

    private void stop() {
        asked = true;
        try {
            boolean ended = told.await(PATIENCE, TimeUnit.SECONDS);
            if (!ended) {
                System.err.println("bpfmc: ended before its report was written; what --checkpoint and --format jsonl have kept stays");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
