package bpfmc.model.lock;

import static bpfmc.model.lock.LockMachine.EDEADLK;
import static bpfmc.model.lock.LockMachine.ETIMEDOUT;
import static bpfmc.model.lock.LockMachine.IN;
import static bpfmc.model.lock.LockMachine.OUT;
import static bpfmc.model.lock.LockMachine.PC;
import static bpfmc.model.lock.LockMachine.REFUSED;
import static bpfmc.model.lock.LockMachine.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.lock.LockMachine.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What resilient locks answer, and what they leave behind. */
class ResilientMachineTest {
    private static final int CPUS = 8;

    private final LockLayout layout = new LockLayout(2, CPUS);
    private final int[] words = new int[layout.words()];

    /** Someone who wants a lock. */
    private final class Agent {
        private final LockMachine machine;
        private final Context at;
        private final int lock;
        private final int[] local = new int[LockMachine.LOCALS];

        Agent(String machine, Context at, int lock) {
            this.machine = LockMachine.of(machine, layout, Defect.NONE);
            this.at = at;
            this.lock = lock;
        }

        boolean step() {
            return machine.step(words, local, at, lock);
        }

        /** Goes on until the lock is owned or refused, or has to be waited for. */
        Agent run() {
            while (local[PC] != IN && local[PC] != REFUSED && step()) {
                assertThat(local[PC]).isNotEqualTo(OUT);
            }
            return this;
        }

        void unlock() {
            assertThat(local[PC]).isEqualTo(IN);
            do {
                assertThat(step()).isTrue();
            } while (local[PC] != OUT);
        }

        boolean timeOut() {
            return machine.timeOut(words, local, at, lock);
        }

        boolean owns() {
            return local[PC] == IN;
        }

        boolean waits() {
            return !owns() && local[PC] != REFUSED;
        }

        int error() {
            assertThat(local[PC]).isEqualTo(REFUSED);
            return local[VALUE];
        }

        String says() {
            return machine.says(local[PC]);
        }
    }

    private Agent on(int cpu, String machine, int lock) {
        return new Agent(machine, new Context(cpu, false), lock).run();
    }

    private Agent queued(int cpu, int lock) {
        return on(cpu, "resilient", lock);
    }

    private Agent nmi(int cpu, int lock) {
        return new Agent("resilient", new Context(cpu, true), lock).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void aLockThatTheCpuOwnsIsRefusedAtOnce(String machine) {
        assertThat(on(0, machine, 0).owns()).isTrue();
        int[] before = words.clone();
        assertThat(on(0, machine, 0).error()).isEqualTo(EDEADLK);
        assertThat(words).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void whoWaitsForSomebodyWhoWaitsForHimIsRefused(String machine) {
        on(0, machine, 0);
        on(1, machine, 1);
        assertThat(on(0, machine, 1).waits()).isTrue();
        assertThat(on(1, machine, 0).error()).isEqualTo(EDEADLK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void whoGivesUpIsToldSoAndLeavesNothingBehind(String machine) {
        on(0, machine, 0);
        int[] before = words.clone();
        Agent waiter = on(1, machine, 0);
        assertThat(waiter.timeOut()).isTrue();
        assertThat(waiter.run().error()).isEqualTo(ETIMEDOUT);
        assertThat(words).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilient", "resilient-tas"})
    void nobodyGivesUpWhoOwnsTheLockOrFindsItFree(String machine) {
        Agent owner = on(0, machine, 0);
        assertThat(owner.timeOut()).isFalse();
        Agent waiter = on(1, machine, 0);
        owner.unlock();
        assertThat(waiter.timeOut()).isFalse();
        assertThat(waiter.run().owns()).isTrue();
    }

    @Test
    void otherLocksHaveNoTimeouts() {
        on(0, "queued", 0);
        assertThat(on(1, "queued", 0).timeOut()).isFalse();
    }

    /** kernel/bpf/rqspinlock.c, waitq_timeout: the whole queue ends, one after the other. */
    @Test
    void aHeadThatHasWaitedTooLongSendsAwayAllBehindIt() {
        Agent owner = queued(0, 0);
        Agent pending = queued(1, 0);
        Agent head = queued(2, 0);
        Agent second = queued(3, 0);
        Agent third = queued(4, 0);
        assertThat(second.timeOut()).as("behind the head nobody looks at the clock").isFalse();
        assertThat(head.timeOut()).isTrue();
        assertThat(head.run().error()).isEqualTo(ETIMEDOUT);
        assertThat(third.run().waits()).isTrue();
        assertThat(second.run().error()).isEqualTo(ETIMEDOUT);
        assertThat(third.run().error()).isEqualTo(ETIMEDOUT);
        assertThat(words[0]).isEqualTo(QueuedMachine.LOCKED | QueuedMachine.PENDING);
        owner.unlock();
        assertThat(pending.run().owns()).isTrue();
    }

    /** The same, "Disable queue destruction when we detect deadlocks". */
    @Test
    void aHeadThatSeesADeadlockLetsItsSuccessorBeHead() {
        Agent owner = queued(0, 0);
        queued(2, 1);
        Agent pending = queued(1, 0);
        Agent head = queued(2, 0);
        Agent second = queued(3, 0);
        var wants = new Agent("resilient", new Context(0, false), 1);
        assertThat(wants.step() && head.waits()).as("the owner of the head's lock wants the lock that the head owns").isTrue();
        assertThat(head.run().error()).isEqualTo(EDEADLK);
        assertThat(second.run().says()).startsWith("[13]");
        assertThat(wants.run().waits()).isTrue();
        owner.unlock();
        pending.run().unlock();
        assertThat(second.run().owns()).isTrue();
    }

    /** The same where nobody stands behind it, which is what Linux 6.19 to 7.1 had not thought of. */
    @Test
    void aHeadThatSeesADeadlockResetsTheTail() {
        queued(0, 0);
        queued(2, 1);
        queued(1, 0);
        Agent head = queued(2, 0);
        assertThat(new Agent("resilient", new Context(0, false), 1).step()).isTrue();
        assertThat(head.run().error()).isEqualTo(EDEADLK);
        assertThat(words[0]).isEqualTo(QueuedMachine.LOCKED | QueuedMachine.PENDING);
    }

    @Test
    void anNmiThatInterruptsOneInAQueueTriesOnce() {
        queued(0, 0);
        queued(1, 0);
        assertThat(queued(2, 0).says()).startsWith("[13]");
        nmi(2, 1).unlock();
        queued(3, 1);
        queued(4, 1);
        int[] before = words.clone();
        assertThat(nmi(2, 1).error()).isEqualTo(EDEADLK);
        assertThat(words).isEqualTo(before);
        assertThat(queued(2, 1).says()).as("another interrupt waits").startsWith("[13]");
    }

    @Test
    void anNmiThatInterruptsNobodyInAQueueWaitsThere() {
        queued(0, 0);
        queued(1, 0);
        assertThat(nmi(2, 0).says()).startsWith("[13]");
    }
}
