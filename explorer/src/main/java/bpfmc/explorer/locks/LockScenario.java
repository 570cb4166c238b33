package bpfmc.explorer.locks;

import bpfmc.model.lock.LockLayout;
import bpfmc.model.lock.LockMachine.Context;
import java.util.function.IntFunction;
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
     * @param context its CPU, and whether it is an NMI @param level 0 for what runs below all others; a higher one may come between any two steps of a lower one
     * @param masked whether it is kept away from the first step of taking a lock to the last of releasing it (irqsave)
     * @param takes the locks of one section, in the order of taking; they are released in the reverse order
     * @param sections how often it does that
     */
    public record Agent(Context context, int level, boolean masked, ImmutableList<Integer> takes, int sections) {
        int cpu() {
            return context.cpu();
        }

        private static Agent task(int cpu, int sections, Integer... takes) {
            return new Agent(new Context(cpu, false), 0, false, Lists.immutable.with(takes), sections);
        }

        private static Agent interrupt(int cpu, boolean masked, int lock) {
            return new Agent(new Context(cpu, false), 1, masked, Lists.immutable.with(lock), 1);
        }

        private static Agent nmi(int cpu, int lock) {
            return new Agent(new Context(cpu, true), 1, false, Lists.immutable.with(lock), 1);
        }
    }

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
            agents.add(Agent.task(cpu, sections, 0));
        }
        return new LockScenario(cpus + " CPUs, " + sections + (sections == 1 ? " section each" : " sections each"), cpus, 1, agents.toImmutable());
    }

    /** {@return an interrupt on each CPU that takes the same lock, kept away while the lock is taken, waited for or owned} */
    public static LockScenario irqsave(int cpus) {
        return interrupted(cpus + " CPUs, irqsave, an interrupt on each takes the same lock", cpus, 1, cpu -> Agent.interrupt(cpu, true, 0));
    }

    /** {@return the same with interrupts left on} */
    public static LockScenario plain(int cpus) {
        return interrupted(cpus + " CPUs, plain, an interrupt on each takes the same lock", cpus, 1, cpu -> Agent.interrupt(cpu, false, 0));
    }

    /** {@return an NMI on each CPU that takes another lock, at any point} */
    public static LockScenario nested(int cpus) {
        return interrupted(cpus + " CPUs, an NMI on each takes another lock", cpus, 2, cpu -> Agent.nmi(cpu, 1));
    }

    private static LockScenario interrupted(String name, int cpus, int locks, IntFunction<Agent> interrupt) {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.with(Agent.task(cpu, 1, 0)).with(interrupt.apply(cpu));
        }
        return new LockScenario(name, cpus, locks, agents.toImmutable());
    }

    /** {@return two queues that meet on one CPU: its task waits in the one, an NMI on top of it in the other} */
    public static LockScenario queuedTwice() {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < 6; cpu++) {
            agents.add(Agent.task(cpu, 1, cpu < 4 ? 0 : 1));
        }
        agents.add(Agent.nmi(0, 1));
        return new LockScenario("6 CPUs, a task and an NMI of one of them in two queues", 6, 2, agents.toImmutable());
    }

    /** {@return CPUs that each take a lock and then the next one's: a ring, which nobody sees from within when there are more than two} */
    public static LockScenario ring(int cpus) {
        MutableList<Agent> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.add(Agent.task(cpu, 1, cpu, (cpu + 1) % cpus));
        }
        return new LockScenario(cpus + " CPUs, each takes its own lock and then the next one's", cpus, cpus, agents.toImmutable());
    }

    /** {@return two CPUs that take two locks in opposite orders, and one that makes one of them queue for the first} */
    public static LockScenario crowdedRing() {
        return new LockScenario("3 CPUs, two take two locks in opposite orders, one of them", 3, 2,
                Lists.immutable.with(Agent.task(0, 1, 0, 1), Agent.task(1, 1, 1, 0), Agent.task(2, 1, 0)));
    }

    /** {@return two CPUs that take two locks in opposite orders, and two that come to be heads of the queues before them, owning nothing} */
    public static LockScenario behindHeads() {
        return new LockScenario("4 CPUs, two locks in opposite orders, behind two that own nothing", 4, 2,
                Lists.immutable.with(Agent.task(0, 2, 0, 1), Agent.task(1, 1, 0, 1), Agent.task(2, 1, 1, 0), Agent.task(3, 1, 1)));
    }

    LockLayout layout() {
        return new LockLayout(locks, cpus);
    }
}
