package bpfmc.model.lock;

import static bpfmc.model.lock.LockMachine.EDEADLK;
import static bpfmc.model.lock.LockMachine.ETIMEDOUT;
import static bpfmc.model.lock.LockMachine.IN;
import static bpfmc.model.lock.LockMachine.OUT;
import static bpfmc.model.lock.LockMachine.PC;
import static bpfmc.model.lock.LockMachine.REFUSED;
import static bpfmc.model.lock.LockMachine.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the resilient lock answers, and what it leaves behind. */
class ResilientMachineTest {
    private final LockLayout layout = new LockLayout(2, 2);
    private final LockMachine machine = LockMachine.of("resilient", layout, Defect.NONE);
    private final int[] words = new int[layout.words()];

    /** Runs until the lock is owned or refused, or has to be waited for. */
    private int[] lock(int cpu, int lock) {
        int[] local = new int[LockMachine.LOCALS];
        return goOn(local, cpu, lock);
    }

    private int[] goOn(int[] local, int cpu, int lock) {
        while (local[PC] != IN && local[PC] != REFUSED && machine.step(words, local, cpu, lock)) {
            assertThat(local[PC]).isNotEqualTo(OUT);
        }
        return local;
    }

    @Test
    void aLockThatTheCpuOwnsIsRefusedAtOnce() {
        assertThat(lock(0, 0)[PC]).isEqualTo(IN);
        int[] before = words.clone();
        int[] again = lock(0, 0);
        assertThat(again[PC]).isEqualTo(REFUSED);
        assertThat(again[VALUE]).isEqualTo(EDEADLK);
        assertThat(words).isEqualTo(before);
    }

    @Test
    void whoWaitsForSomebodyWhoWaitsForHimIsRefused() {
        lock(0, 0);
        lock(1, 1);
        int[] first = lock(0, 1);
        assertThat(first[PC]).isNotIn(IN, REFUSED);
        int[] second = lock(1, 0);
        assertThat(second[PC]).isEqualTo(REFUSED);
        assertThat(second[VALUE]).isEqualTo(EDEADLK);
    }

    @Test
    void whoGivesUpIsToldSoAndLeavesNothingBehind() {
        lock(0, 0);
        int[] before = words.clone();
        int[] waiter = lock(1, 0);
        assertThat(machine.timeOut(words, waiter, 1, 0)).isTrue();
        goOn(waiter, 1, 0);
        assertThat(waiter[PC]).isEqualTo(REFUSED);
        assertThat(waiter[VALUE]).isEqualTo(ETIMEDOUT);
        assertThat(words).isEqualTo(before);
    }

    @Test
    void nobodyGivesUpWhenTheLockIsFreeOrOwnedOrOthersDoNotRefuse() {
        int[] owner = lock(0, 0);
        assertThat(machine.timeOut(words, owner, 0, 0)).isFalse();
        int[] waiter = lock(1, 0);
        assertThat(machine.step(words, owner, 0, 0)).isTrue();
        assertThat(machine.timeOut(words, waiter, 1, 0)).isFalse();
        int[] queued = new int[LockMachine.LOCALS];
        assertThat(LockMachine.of("queued", layout, Defect.NONE).timeOut(words, queued, 1, 0)).isFalse();
    }
}
