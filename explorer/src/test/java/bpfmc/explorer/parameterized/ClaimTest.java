package bpfmc.explorer.parameterized;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.value.Key;
import bpfmc.model.value.Term;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** What no two CPUs have in common: a thread in tasks only, as interrupts may all come on top of idle threads, which have one number. */
class ClaimTest {
    private static int claims(ContextLevel level, Term key, boolean tracked) {
        return Claim.of(new Placed(null, level, null, null), KeyTable.NONE.with(new Key(Lists.immutable.with(key)), tracked)).size();
    }

    @Test
    void threadsAreDifferentInTasksOnly() {
        Term thread = CurrentTask.Property.TID.of(0);
        assertThat(claims(ContextLevel.TASK, thread, true)).isPositive();
        assertThat(claims(ContextLevel.SOFTIRQ, thread, true)).isZero();
        assertThat(claims(ContextLevel.TASK, thread, false)).isZero();
        assertThat(claims(ContextLevel.TASK, CurrentTask.Property.TGID.of(0), true)).isZero();
    }

    @Test
    void tasksAndCpusAreDifferentEverywhere() {
        assertThat(claims(ContextLevel.NMI, CurrentTask.Property.ADDRESS.of(0), true)).isPositive();
        assertThat(claims(ContextLevel.NMI, CpuNumbers.own(), true)).isPositive();
    }
}
