package bpfmc.explorer.locks;

import bpfmc.model.lock.LockLayout;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Who takes which locks.
 *
 * @param name for reports @param cpus how many CPUs @param locks how many locks @param agents each CPU's from the lowest level up
 */
public record LockScenario(String name, int cpus, int locks, ImmutableList<Agent> agents) {
    /**
     * One context of a CPU.
     *
     * @param level 0 for what runs below all others; a higher one may come between any two steps of a lower one
     * @param masked whether it is kept away from the first step of taking a lock to the last of releasing it (irqsave)
     * @param takes the locks of one section, in the order of taking; they are released in the reverse order
     * @param sections how often it does that
     */
    public record Agent(int cpu, int level, boolean masked, ImmutableList<Integer> takes, int sections) {}

    /** {@return every CPU taking one lock again and again} */
    public static LockScenario parallel(int cpus, int sections) {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.add(new Agent(cpu, 0, false, Lists.immutable.with(0), sections));
        }
        return new LockScenario(cpus + " CPUs, " + sections + (sections == 1 ? " section each" : " sections each"), cpus, 1, agents.toImmutable());
    }

    /** {@return an interrupt on each CPU that takes the same lock, kept away while the lock is taken, waited for or owned} */
    public static LockScenario irqsave(int cpus) {
        return interrupted(cpus + " CPUs, irqsave, an interrupt on each takes the same lock", cpus, true, 0);
    }

    /** {@return the same with interrupts left on} */
    public static LockScenario plain(int cpus) {
        return interrupted(cpus + " CPUs, plain, an interrupt on each takes the same lock", cpus, false, 0);
    }

    /** {@return an NMI on each CPU that takes another lock, at any point} */
    public static LockScenario nested(int cpus) {
        return interrupted(cpus + " CPUs, an NMI on each takes another lock", cpus, false, 1);
    }

    private static LockScenario interrupted(String name, int cpus, boolean masked, int lock) {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.add(new Agent(cpu, 0, false, Lists.immutable.with(0), 1));
            agents.add(new Agent(cpu, 1, masked, Lists.immutable.with(lock), 1));
        }
        return new LockScenario(name, cpus, lock + 1, agents.toImmutable());
    }

    /** {@return two queues that meet on one CPU: its task waits in the one, an NMI on top of it in the other} */
    public static LockScenario queuedTwice() {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < 6; cpu++) {
            agents.add(new Agent(cpu, 0, false, Lists.immutable.with(cpu < 4 ? 0 : 1), 1));
        }
        agents.add(new Agent(0, 1, false, Lists.immutable.with(1), 1));
        return new LockScenario("6 CPUs, a task and an NMI of one of them in two queues", 6, 2, agents.toImmutable());
    }

    /** {@return two CPUs that take two locks in opposite orders} */
    public static LockScenario crossed() {
        return new LockScenario("2 CPUs, two locks in opposite orders", 2, 2, Lists.immutable.with(
                new Agent(0, 0, false, Lists.immutable.with(0, 1), 1), new Agent(1, 0, false, Lists.immutable.with(1, 0), 1)));
    }

    LockLayout layout() {
        return new LockLayout(locks, cpus);
    }
}
