package bpfmc.explorer.scenario;

import bpfmc.model.kernel.Discipline;

/**
 * What may come between two steps of a run on its own CPU, beyond what program types and levels say.
 *
 * @param discipline what keeps interrupts away from locks
 * @param preemption whether a task may take the CPU over from another one
 */
public record CpuRules(Discipline discipline, Preemption preemption) {
    /** As Linux does without CONFIG_PREEMPT_RCU: rcu_read_lock() keeps other tasks away from a program that runs. */
    public static final CpuRules DEFAULT = new CpuRules(Discipline.IRQSAVE, Preemption.NONE);

    /** Whether tasks preempt tasks. */
    public enum Preemption {
        /** They do not. */
        NONE,
        /** They do, while the program below has preemption on: kernels with CONFIG_PREEMPT_RCU. */
        TASKS
    }
}
