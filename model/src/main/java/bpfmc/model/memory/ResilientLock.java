package bpfmc.model.memory;

import bpfmc.model.kernel.Errno;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.memory.MemoryModel.Agent;
import bpfmc.model.memory.MemoryModel.Attempt;
import bpfmc.model.memory.MemoryModel.View;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.thread.Answer;
import bpfmc.model.thread.VisibleOperation.Acquire;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What bpf_res_spin_lock comes to where taking a lock is one step (kernel/bpf/rqspinlock.c, Linux 6.15). A lock that is free is
 * taken. One that the own CPU has already is refused with -EDEADLK (check_deadlock_AA); the kernel goes by its table of the
 * CPU, where what a run below is only waiting for stands too. One whose owner's CPU waits for a lock of the own CPU may be refused with
 * -EDEADLK (check_deadlock_ABBA); whether it is depends on who looks first. Waiting for any other may time out.
 */
record ResilientLock(LockTimeouts timeouts) {

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
        ImmutableList<Attempt> others = view.attempts().select(a -> a.agent() != agent.number() && a.lock().call().resilient());
        MutableList<Outcome> ways = Lists.mutable.empty();
        if (others.anySatisfy(a -> wantedBelow(o, a, agent)) || others.anySatisfy(a -> view.cpuOf(a.agent()) == view.cpuOf(owner)
                && (ownedHere(a, agent, view) || others.anySatisfy(b -> wantedBelow(a.lock(), b, agent))))) {
            ways.add(Outcome.of(result(Errno.EDEADLK.result())));
        }
        if (timeouts == LockTimeouts.ANY) {
            ways.add(Outcome.of(result(Errno.ETIMEDOUT.result())));
        }
        return ways.toImmutable();
    }

    /** {@return whether a run that this agent has interrupted waits for the lock} */
    private static boolean wantedBelow(Acquire lock, Attempt other, Agent agent) {
        return other.cpu() == agent.cpu() && other.lock().wants(lock);
    }

    private static boolean ownedHere(Attempt other, Agent agent, View view) {
        int owner = view.element(other.lock().element().slot()).owner(other.lock().offset());
        return owner >= 0 && view.cpuOf(owner) == agent.cpu();
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }
}
