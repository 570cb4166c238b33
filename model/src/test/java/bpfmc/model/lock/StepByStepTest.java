package bpfmc.model.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Java locks and the step machines side by side: threads that take one shared access each time they are told to, in a random
 * order, and the machine's steps in the same order. After each, the lock word is the same.
 */
class StepByStepTest {
    private static final int CPUS = 4;
    private static final int SECTIONS = 3;

    private static SpinLock lock(String name, LockLayout layout, LockWords words) {
        return switch (name) {
            case "trivial" -> new TrivialSpinLock(words, 0);
            case "ticket" -> new TicketSpinLock(words, 0);
            default -> new QueuedSpinLock(layout, words, 0);
        };
    }

    @ParameterizedTest
    @CsvSource({"trivial,40", "ticket,40", "queued,150"})
    @Timeout(60)
    void leaveTheSameLockWordAfterEachStep(String name, int runs) throws InterruptedException {
        int longest = 0;
        for (int seed = 0; seed < runs; seed++) {
            longest = Math.max(longest, run(name, new Random(seed)));
        }
        assertThat(longest).isGreaterThan(CPUS * SECTIONS * 2);
    }

    private static int run(String name, Random random) throws InterruptedException {
        var layout = new LockLayout(1, CPUS);
        var gate = new Gate(layout, CPUS);
        SpinLock lock = lock(name, layout, gate);
        var failure = new AtomicReference<Throwable>();
        for (int i = 0; i < CPUS; i++) {
            int cpu = i;
            Thread.ofPlatform().daemon().start(() -> {
                gate.enter(cpu);
                try {
                    for (int k = 0; k < SECTIONS; k++) {
                        lock.lock(cpu);
                        lock.unlock(cpu);
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                } finally {
                    gate.leave(cpu);
                }
            });
            gate.await(cpu);
        }
        LockMachine machine = LockMachine.of(name, layout, Defect.NONE);
        int[] words = new int[layout.words()];
        int[][] locals = new int[CPUS][LockMachine.LOCALS];
        int[] released = new int[CPUS];
        int steps = 0;
        while (java.util.Arrays.stream(released).sum() < CPUS * SECTIONS) {
            int cpu = random.nextInt(CPUS);
            if (released[cpu] == SECTIONS) {
                continue;
            }
            int pc = locals[cpu][LockMachine.PC];
            boolean releasing = pc == LockMachine.IN || name.equals("ticket") && machine.says(pc).startsWith("[4]");
            machine.step(words, locals[cpu], new LockMachine.Context(cpu, false), 0);
            released[cpu] += releasing && locals[cpu][LockMachine.PC] == LockMachine.OUT ? 1 : 0;
            gate.letGo(cpu);
            gate.await(cpu);
            steps++;
            assertThat(failure.get()).isNull();
            assertThat(gate.word(0)).as("step %d of CPU%d", steps, cpu).isEqualTo(words[0]);
        }
        return steps;
    }
}
