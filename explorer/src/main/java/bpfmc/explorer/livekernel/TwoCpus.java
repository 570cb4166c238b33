package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.eclipse.collections.api.list.ImmutableList;

/** Two threads, each kept on a CPU of its own. In each round the first prepares, both do their part at once, and the first looks at what came of it. */
final class TwoCpus {
    private static final int STOP = -1;

    private final KernelPair pair;
    private final ImmutableList<Integer> cpus;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private TwoCpus(KernelPair pair, ImmutableList<Integer> cpus) {
        this.pair = pair;
        this.cpus = cpus;
    }

    /** {@return the first two CPUs that this process may run on} @throws InputException when there is one only */
    static ImmutableList<Integer> of(KernelPair pair) {
        ImmutableList<Integer> cpus = pair.cpus();
        if (cpus.size() < 2) {
            throw new InputException("two programs cannot run at once: this process may run on one CPU only");
        }
        return cpus.take(2);
    }

    /** Makes rounds. @param goesOn whether there is another one @param part of an agent, 0 or 1 */
    static void run(KernelPair pair, ImmutableList<Integer> cpus, BooleanSupplier goesOn, Runnable before, IntConsumer part, Runnable after) {
        new TwoCpus(pair, cpus).run(goesOn, before, part, after);
    }

    private void run(BooleanSupplier goesOn, Runnable before, IntConsumer part, Runnable after) {
        Thread first = new Thread(() -> guarded(() -> lead(goesOn, before, part, after)), "bpfmc-run-0");
        Thread second = new Thread(() -> guarded(() -> follow(part)), "bpfmc-run-1");
        first.start();
        second.start();
        join(first);
        join(second);
        if (failure.get() instanceof InputException e) {
            throw e;
        } else if (failure.get() != null) {
            throw new IllegalStateException("a round failed", failure.get());
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            begun.set(STOP);
        }
    }

    private void lead(BooleanSupplier goesOn, Runnable before, IntConsumer part, Runnable after) {
        pair.pin(cpus.get(0));
        for (int round = 1; goesOn.getAsBoolean() && failure.get() == null; round++) {
            before.run();
            begun.set(round);
            part.accept(0);
            while (ended.get() != round && failure.get() == null) {
                Thread.onSpinWait();
            }
            after.run();
        }
        begun.set(STOP);
    }

    private void follow(IntConsumer part) {
        pair.pin(cpus.get(1));
        int last = 0;
        for (int round = begun.get(); round != STOP; round = begun.get()) {
            if (round != last) {
                part.accept(1);
                last = round;
                ended.set(round);
            }
            Thread.onSpinWait();
        }
    }
}
