package bpfmc.model.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same as {@link StepByStepTest} for locks that may be refused: half of the CPUs take two locks in one order, half in the other,
 * in every second run with no patience at all. With patience a run may end where all wait: owners behind heads that own nothing.
 * After each step the lock words and the tables of held locks are the same, and at the end all answers.
 */
class ResilientStepByStepTest {
    private static final int CPUS = 4;
    private static final int SECTIONS = 3;
    private static final int RUNS = 100;
    private static final int MOST_STEPS = 100_000;

    private static final long NO_PATIENCE = -1;
    private static final long PATIENCE = Long.MAX_VALUE / 4;

    private static ResilientLock lock(String name, LockLayout layout, LockWords words, int word, long timeout) {
        return name.equals("resilient") ? new ResilientSpinLock(layout, words, word, timeout)
                : new ResilientTasSpinLock(layout, words, word, timeout);
    }

    /** One CPU by the machine: takes two locks, releases what it got, and again. */
    private static final class Agent {
        private final LockMachine machine;
        private final int[] words;
        private final LockMachine.Context at;
        private final int[] local = new int[LockMachine.LOCALS];
        private final List<Integer> answers = new ArrayList<>();
        private int sections;
        private int owned;
        private boolean releasing;

        Agent(LockMachine machine, int[] words, int cpu) {
            this.machine = machine;
            this.words = words;
            this.at = new LockMachine.Context(cpu, false);
        }

        boolean done() {
            return sections == SECTIONS;
        }

        /** {@return whether it waits for nothing} */
        boolean mayStep(boolean late) {
            return !done() && (machine.step(words.clone(), local.clone(), at, wanted())
                    || late && machine.timeOut(words.clone(), local.clone(), at, wanted()));
        }

        /** One step with an access that the gate counts, and those without one that follow. */
        void step(boolean late) {
            boolean goesOn = machine.step(words, local, at, wanted());
            if (goesOn || late && machine.timeOut(words, local, at, wanted())) {
                arrive();
                goOnAlone();
            }
        }

        /** Tables of held locks are no words that the gate counts. */
        void goOnAlone() {
            while (!done() && machine.says(local[LockMachine.PC]).matches(".*the (lock in|lock off|refused lock off) the CPU's table")) {
                assertThat(machine.step(words, local, at, wanted())).isTrue();
                arrive();
            }
        }

        private int wanted() {
            return order(at.cpu(), releasing ? owned - 1 : owned);
        }

        private void arrive() {
            int pc = local[LockMachine.PC];
            if (releasing && pc == LockMachine.OUT) {
                owned--;
                release();
            } else if (!releasing && pc == LockMachine.IN) {
                answers.add(0);
                owned++;
                if (owned == 2) {
                    release();
                } else {
                    local[LockMachine.PC] = LockMachine.OUT;
                }
            } else if (pc == LockMachine.REFUSED) {
                answers.add(local[LockMachine.VALUE]);
                local[LockMachine.VALUE] = 0;
                release();
            }
        }

        /** The next lock, or the section is over. */
        private void release() {
            releasing = owned > 0;
            local[LockMachine.PC] = releasing ? LockMachine.IN : LockMachine.OUT;
            sections += releasing ? 0 : 1;
        }
    }

    /** {@return the lock words and the tables of held locks; Java readies a queue node before the access that is the machine's step} */
    private static IntStream seen(LockLayout layout) {
        return IntStream.concat(IntStream.range(0, layout.locks()), IntStream.range(0, CPUS).flatMap(
                cpu -> IntStream.rangeClosed(layout.heldCount(cpu), layout.held(cpu, LockLayout.HELD - 1))));
    }

    private static int order(int cpu, int nth) {
        return (cpu + nth) % 2;
    }

    private static void run(ResilientLock[] locks, int cpu, List<Integer> answers) {
        for (int k = 0; k < SECTIONS; k++) {
            if (taken(locks[order(cpu, 0)], cpu, answers)) {
                if (taken(locks[order(cpu, 1)], cpu, answers)) {
                    locks[order(cpu, 1)].unlock(cpu);
                }
                locks[order(cpu, 0)].unlock(cpu);
            }
        }
    }

    private static boolean taken(ResilientLock lock, int cpu, List<Integer> answers) {
        ResilientLock.Result result = lock.lock(cpu);
        answers.add(switch (result) {
            case TAKEN -> 0;
            case EDEADLK -> LockMachine.EDEADLK;
            case ETIMEDOUT -> LockMachine.ETIMEDOUT;
        });
        return result == ResilientLock.Result.TAKEN;
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    @Timeout(120)
    void leaveTheSameWordsAndGiveTheSameAnswers(String name) throws InterruptedException {
        Set<Integer> answers = new HashSet<>();
        for (int seed = 0; seed < RUNS; seed++) {
            answers.addAll(run(name, seed % 2 == 0, new Random(seed)));
        }
        assertThat(answers).containsExactlyInAnyOrder(0, LockMachine.EDEADLK, LockMachine.ETIMEDOUT);
    }

    private static Set<Integer> run(String name, boolean late, Random random) throws InterruptedException {
        var layout = new LockLayout(2, CPUS);
        var gate = new Gate(layout, CPUS);
        ResilientLock[] locks = IntStream.range(0, 2).mapToObj(i -> lock(name, layout, gate, i, late ? NO_PATIENCE : PATIENCE)).toArray(ResilientLock[]::new);
        var failure = new AtomicReference<Throwable>();
        List<List<Integer>> answers = new ArrayList<>();
        int[] words = new int[layout.words()];
        List<Agent> agents = new ArrayList<>();
        for (int i = 0; i < CPUS; i++) {
            int cpu = i;
            List<Integer> given = new ArrayList<>();
            answers.add(given);
            Thread.ofPlatform().daemon().start(() -> {
                gate.enter(cpu);
                try {
                    run(locks, cpu, given);
                } catch (RuntimeException e) {
                    failure.set(e);
                } finally {
                    gate.leave(cpu);
                }
            });
            gate.await(cpu);
            agents.add(new Agent(LockMachine.of(name, layout, Defect.NONE), words, cpu));
            agents.getLast().goOnAlone();
        }
        int steps = 0;
        while (agents.stream().anyMatch(a -> a.mayStep(late))) {
            int cpu = random.nextInt(CPUS);
            if (agents.get(cpu).done()) {
                continue;
            }
            assertThat(++steps).as("ends").isLessThan(MOST_STEPS);
            String says = agents.get(cpu).machine.says(agents.get(cpu).local[LockMachine.PC]);
            agents.get(cpu).step(late);
            gate.letGo(cpu);
            gate.await(cpu);
            assertThat(failure.get()).isNull();
            assertThat(seen(layout).map(gate::word).toArray()).as("step %d of CPU%d: %s", steps, cpu, says)
                    .isEqualTo(seen(layout).map(w -> words[w]).toArray());
        }
        assertThat(!late || agents.stream().allMatch(Agent::done)).as("nobody waits for ever where waiters give up").isTrue();
        for (int cpu = 0; cpu < CPUS; cpu++) {
            assertThat(answers.get(cpu)).isEqualTo(agents.get(cpu).answers);
        }
        Set<Integer> all = new HashSet<>();
        answers.forEach(all::addAll);
        return all;
    }
}
