package bpfmc.model.memory;

import bpfmc.model.kernel.Errno;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.memory.MemoryModel.Agent;
import bpfmc.model.memory.MemoryModel.Locking;
import bpfmc.model.memory.MemoryModel.View;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.step.Answer;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What bpf_res_spin_lock comes to where taking a lock is one step (kernel/bpf/rqspinlock.c, Linux 6.15). A lock that is free is
 * taken. Otherwise the kernel goes by a table that each CPU keeps of the locks that its runs own or want, in the order in which
 * they asked: a lock that the own table has already is refused with -EDEADLK (check_deadlock_AA), and so is one in the table of a CPU
 * whose latest entry stands in the own table (check_deadlock_ABBA). Waiting may time out.
 *
 * <p>A run that stands before taking a lock may have asked for it already, or not yet: both are followed.
 */
record ResilientLock(LockTimeouts timeouts) {
    private record Place(int slot, int offset) {
        static Place of(Acquire lock) {
            return new Place(lock.element().slot(), lock.offset());
        }
    }

    /** {@return every way in which taking the lock can come out; none while the run has to wait} */
    ImmutableList<Outcome> acquire(Acquire o, Agent agent, View view) {
        Element element = view.element(o.element().slot());
        int owner = element.owner(o.offset());
        if (owner < 0) {
            return Lists.immutable.with(Outcome.of(result(0),
                    new Change.OfElement(o.element().slot(), element.withOwner(o.offset(), agent.number()))));
        }
        if (view.cpuOf(owner) == agent.cpu()) {
            return Lists.immutable.with(Outcome.of(result(Errno.EDEADLK.result())));
        }
        Place lock = Place.of(o);
        MutableList<Outcome> ways = Lists.mutable.empty();
        if (inTable(lock, agent, view) || latest(view.cpuOf(owner), view).anySatisfy(l -> !l.equals(lock) && inTable(l, agent, view))) {
            ways.add(Outcome.of(result(Errno.EDEADLK.result())));
        }
        if (timeouts == LockTimeouts.ANY) {
            ways.add(Outcome.of(result(Errno.ETIMEDOUT.result())));
        }
        return ways.toImmutable();
    }

    /** {@return whether the agent's CPU may have the lock in its table, what the agent asks for now left out} */
    private static boolean inTable(Place lock, Agent agent, View view) {
        return view.locking().select(l -> l.cpu() == agent.cpu()).anySatisfy(l -> held(l).contains(lock)
                || l.agent() != agent.number() && wanted(l).contains(lock));
    }

    /** {@return what may be the latest entry in a CPU's table} */
    private static ImmutableList<Place> latest(int cpu, View view) {
        MutableList<Place> latest = Lists.mutable.empty();
        for (Locking run : view.locking().select(l -> l.cpu() == cpu).toReversed()) {
            latest.addAllIterable(wanted(run));
            if (held(run).notEmpty()) {
                return latest.with(held(run).getLast()).toImmutable();
            }
        }
        return latest.toImmutable();
    }

    private static ImmutableList<Place> held(Locking run) {
        return run.held().select(HeldLock::resilient).collect(h -> new Place(h.element(), h.offset()));
    }

    private static ImmutableList<Place> wanted(Locking run) {
        return run.wants().filter(a -> a.call().resilient()).map(a -> Lists.immutable.with(Place.of(a))).orElse(Lists.immutable.empty());
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }
}
