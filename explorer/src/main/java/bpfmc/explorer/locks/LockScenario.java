package bpfmc.explorer.locks;

import bpfmc.model.lock.LockLayout;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Who takes which locks.
 *
 * @param name for reports @param cpus how many CPUs @param locks how many locks @param agents each CPU's from the lowest level up
 * @param timeouts whether who waits may give up, where the lock knows timeouts; otherwise nobody waits for long enough
 */
public record LockScenario(String name, int cpus, int locks, ImmutableList<Agent> agents, boolean timeouts) {
    /**
     * One context of a CPU.
     *
     * @param level 0 for what runs below all others; a higher one may come between any two steps of a lower one
     * @param masked whether it is kept away from the first step of taking a lock to the last of releasing it (irqsave)
     * @param takes the locks of one section, in the order of taking; they are released in the reverse order
     * @param sections how often it does that
     */
    public record Agent(int cpu, int level, boolean masked, ImmutableList<Integer> takes, int sections) {}

    private LockScenario(String name, int cpus, int locks, ImmutableList<Agent> agents) {
        this(name, cpus, locks, agents, false);
    }

    /** {@return the same where who waits may give up} */
    public LockScenario withTimeouts() {
        return new LockScenario(name + ", timeouts", cpus, locks, agents, true);
    }

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

    /** {@return CPUs that each take a lock and then the next one's: a ring, which nobody sees from within when there are more than two} */
    public static LockScenario ring(int cpus) {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.add(new Agent(cpu, 0, false, Lists.immutable.with(cpu, (cpu + 1) % cpus), 1));
        }
        return new LockScenario(cpus + " CPUs, each takes its own lock and then the next one's", cpus, cpus, agents.toImmutable());
    }

    LockLayout layout() {
        return new LockLayout(locks, cpus);
    }
}
