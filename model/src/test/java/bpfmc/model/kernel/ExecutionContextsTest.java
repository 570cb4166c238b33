package bpfmc.model.kernel;

import static bpfmc.model.kernel.ContextLevel.HARDIRQ;
import static bpfmc.model.kernel.ContextLevel.NMI;
import static bpfmc.model.kernel.ContextLevel.SOFTIRQ;
import static bpfmc.model.kernel.ContextLevel.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionContextsTest {

    private static ExecutionContext of(String section) {
        return ExecutionContexts.of(Sections.parse(section));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "xdp | softirq; hardirq and NMI may interrupt",
        "tc/ingress | softirq; hardirq and NMI may interrupt",
        "cgroup_skb/ingress | softirq; hardirq and NMI may interrupt",
        "cgroup_skb/egress | task, preemptible; softirq, hardirq and NMI may interrupt; also runs in softirq",
        "cgroup/connect4 | task, preemptible; softirq, hardirq and NMI may interrupt",
        "perf_event | NMI; nothing may interrupt; also runs in hardirq",
        "kprobe/f | task; softirq, hardirq and NMI may interrupt; also runs in softirq, hardirq or NMI",
        "ksyscall/nanosleep | task; softirq, hardirq and NMI may interrupt",
        "uprobe/a:b | task, preemptible; softirq, hardirq and NMI may interrupt",
        "tp/sched/sched_switch | task; NMI may interrupt",
        "tp_btf/irq_handler_entry | hardirq; NMI may interrupt",
        "fentry.s/f | task, preemptible; softirq, hardirq and NMI may interrupt",
        "struct_ops/f | softirq; hardirq and NMI may interrupt; also runs in task or hardirq",
    })
    void describesWhereAProgramRuns(String section, String words) {
        assertThat(of(section).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "xdp, NONE", "tc, NONE", "cgroup_skb/egress, NONE", "lsm/bpf, NONE", "struct_ops/f, NONE", "iter/task, NONE",
        "syscall, NONE", "uprobe/a:b, NONE", "uprobe.multi/a:b, NONE", "usdt/a:b:c, NONE", "kprobe/f, PER_CPU",
        "kretprobe/f, PER_CPU", "kprobe.multi/f, PER_CPU", "ksyscall/f, PER_CPU", "tp/sched/sched_switch, PER_CPU",
        "perf_event, PER_CPU", "tp/syscalls/sys_enter_read, PER_PROGRAM", "raw_tp/sched_switch, PER_PROGRAM",
        "raw_tp.w/x, PER_PROGRAM", "tp_btf/sched_switch, PER_PROGRAM", "fentry/f, PER_PROGRAM",
        "fmod_ret/f, PER_PROGRAM"})
    void namesTheRecursionGuard(String section, RecursionGuard guard) {
        assertThat(of(section).guard()).isEqualTo(guard);
    }

    @ParameterizedTest
    @EnumSource(ProgramType.class)
    void everyTypeHasItsUsualLevelAmongDistinctLevels(ProgramType type) {
        ExecutionContext context = ExecutionContexts.of(new Section("x", type, "", "", false, true));
        assertThat(context.levels()).doesNotHaveDuplicates().contains(context.level());
        assertThat(context.describe()).contains("may interrupt");
    }

    @Test
    void sleepableProgramsRunInTasksOnly() {
        for (String section : new String[] {
            "fentry.s/f", "fmod_ret.s/f", "lsm.s/bpf", "iter.s/task", "uprobe.s/a:b", "struct_ops.s/f", "syscall",
            "usdt.s/a:b:c"}) {
            assertThat(of(section).levels()).as(section).containsExactly(TASK);
            assertThat(of(section).preemptible()).as(section).isTrue();
        }
    }

    @Test
    void higherLevelInterruptsLowerOneButNeverTheOtherWay() {
        assertThat(of("cgroup/connect4").nestings(of("xdp"))).containsExactly(new Nesting(TASK, SOFTIRQ));
        assertThat(of("xdp").nestings(of("cgroup/connect4"))).isEmpty();
        assertThat(of("xdp").nestings(of("tc"))).isEmpty();
        assertThat(of("xdp").nestings(of("perf_event"))).containsExactly(new Nesting(SOFTIRQ, NMI),
                new Nesting(SOFTIRQ, HARDIRQ));
    }

    @Test
    void softirqsDoNotNestOnTheirCpu() {
        assertThat(of("xdp").nestingsWithItself()).isEmpty();
    }

    @Test
    void preemptibleTaskIsPreemptedByAnotherTask() {
        assertThat(of("cgroup/connect4").nestingsWithItself()).containsExactly(new Nesting(TASK, TASK));
        assertThat(of("cgroup/connect4").nestings(of("ksyscall/f"))).containsExactly(new Nesting(TASK, TASK));
        assertThat(of("ksyscall/f").nestings(of("cgroup/connect4"))).isEmpty();
    }

    @Test
    void sharedCounterKeepsProbesApartButNotNetworkPrograms() {
        assertThat(of("kprobe/f").nestings(of("perf_event"))).isEmpty();
        assertThat(of("kprobe/f").nestingsWithItself()).isEmpty();
        assertThat(of("kprobe/f").nestings(of("xdp"))).containsExactly(new Nesting(TASK, SOFTIRQ));
        assertThat(of("uprobe/a:b").nestings(of("perf_event"))).containsExactly(new Nesting(TASK, NMI),
                new Nesting(TASK, HARDIRQ));
    }

    @Test
    void counterOfItsOwnKeepsAProgramOffItselfOnly() {
        assertThat(of("fentry/f").nestingsWithItself()).isEmpty();
        assertThat(of("fentry/f").nestings(of("fentry/g"))).contains(new Nesting(TASK, TASK), new Nesting(HARDIRQ, NMI))
                .doesNotContain(new Nesting(NMI, NMI), new Nesting(SOFTIRQ, SOFTIRQ));
        assertThat(of("fentry/f").nestings(of("kprobe/g"))).isNotEmpty();
    }

    @Test
    void onlyNmiInterruptsWhereInterruptsAreOff() {
        assertThat(of("tp_btf/sched_switch").interrupters(TASK)).containsExactly(NMI);
        assertThat(of("tp_btf/sched_switch").nestings(of("xdp"))).isEmpty();
        assertThat(of("tp_btf/sched_switch").preemptible()).isFalse();
    }
}
