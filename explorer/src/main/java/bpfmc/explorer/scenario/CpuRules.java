package bpfmc.explorer.scenario;

import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.Consistency;

/**
 * What may come between two steps of a run on its own CPU, beyond what program types and levels say.
 *
 * @param discipline what keeps interrupts away from locks
 * @param preemption whether a task may take the CPU over from another one
 * @param lock what locks are made of, and so between which steps of theirs something may come
 * @param timeouts of resilient locks
 * @param kernel the release that helpers behave as, as far as {@link bpfmc.model.kernel.Behaviour} tells them apart
 * @param memory what CPUs see of each other's stores, and when
 * @param walk how many elements bpf_for_each_map_elem visits at most, of maps that are not walked index by index
 */
public record CpuRules(LockIrqMode discipline, Preemption preemption, LockImplementation lock, LockTimeouts timeouts,
        KernelVersion kernel, Consistency memory, int walk) {
    /** Rules under which a lock is no more than its specification. */
    public CpuRules(LockIrqMode discipline, Preemption preemption) {
        this(discipline, preemption, LockImplementation.SPECIFICATION, LockTimeouts.ANY, KernelVersion.NEWEST, Consistency.SEQUENTIAL, RunConfig.USUAL_WALK);
    }

    /** {@return the same rules in another kernel} */
    public CpuRules in(KernelVersion other) {
        return new CpuRules(discipline, preemption, lock, timeouts, other, memory, walk);
    }

    /** {@return the same rules over another memory} */
    public CpuRules over(Consistency other) {
        return new CpuRules(discipline, preemption, lock, timeouts, kernel, other, walk);
    }

    /** As Linux does without CONFIG_PREEMPT_RCU: rcu_read_lock() keeps other tasks away from a program that runs. */
    public static final CpuRules DEFAULT = new CpuRules(LockIrqMode.IRQSAVE, Preemption.NONE);

    /** Whether tasks preempt tasks. */
    public enum Preemption {
        /** They do not. */
        NONE,
        /** They do, while the program below has preemption on: kernels with CONFIG_PREEMPT_RCU. */
        TASKS
    }
}
