package bpfmc.model.machine;

import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;

/**
 * What a program running alone has in its keeping beside its values, as the verifier keeps it (struct bpf_verifier_state:
 * references, active_locks, active_rcu_locks, active_preempt_locks, active_irq_id; include/linux/bpf_verifier.h, Linux 7.3).
 *
 * @param locks held, in the order they were taken
 * @param rcu how many RCU read sections are open
 * @param preempt how often preemption was disabled
 * @param irqs interrupt flags saved and not yet restored, in the order they were saved
 * @param origins where each element in use comes from, by slot; data sections are known by their slot alone
 * @param callbacks the calls whose callback is running, the innermost last
 * @param references to allocated objects that the program owns and has to give up, in the order they were acquired
 * @param sleepable whether it may sleep where nothing is held: as its program may, but never in a timer's callback, always in that of a work item
 */
public record VerifierState(ImmutableList<Lock> locks, int rcu, int preempt, ImmutableList<IrqFlag> irqs,
        ImmutableIntObjectMap<Origin> origins, ImmutableList<Callback> callbacks, ImmutableList<Reference> references, boolean sleepable) {

    /** With nothing held. */
    public static final VerifierState NONE = new VerifierState(Lists.immutable.empty(), 0, 0, Lists.immutable.empty(),
            IntObjectMaps.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty(), false);

    /** Which functions take and release a lock; one taken by one class cannot be released by another. */
    public enum LockClass { PLAIN, RESILIENT, RESILIENT_IRQ }

    /** A lock held. @param element its identity: the lookup, allocation or data section it was reached by @param at where it was taken */
    public record Lock(LockClass kind, int element, int at) {}

    /** Saved interrupt flags. @param byLock whether bpf_res_spin_lock_irqsave saved them @param at where */
    public record IrqFlag(int id, boolean byLock, int at) {}

    /** A callback being run by a call. @param depth of its frame @param call slot of the call @param less whether it orders a tree */
    public record Callback(int depth, int call, boolean less) {}

    /** A reference to an allocated object. @param element the object @param at where it was acquired */
    public record Reference(int element, int at) {}

    /** Where an element comes from. */
    public sealed interface Origin {
        /** @param map index of the map @param inner whether it is a value of one of the map's inner maps */
        record MapValue(int map, boolean inner) implements Origin {}

        /** @param type BTF id of the struct that bpf_obj_new made, 0 when unknown @param owned whether the program owns the reference */
        record Allocated(long type, boolean owned) implements Origin {}
    }

    public VerifierState locked(Lock lock) {
        return new VerifierState(locks.newWith(lock), rcu, preempt, irqs, origins, callbacks, references, sleepable);
    }

    /** Releases the innermost lock of this class and element, if there is one. */
    public VerifierState unlocked(LockClass kind, int element) {
        int index = -1;
        for (int i = 0; i < locks.size(); i++) {
            if (locks.get(i).kind() == kind && locks.get(i).element() == element) {
                index = i;
            }
        }
        int last = index;
        return new VerifierState(locks.rejectWithIndex((l, i) -> i == last), rcu, preempt, irqs, origins, callbacks, references, sleepable);
    }

    public VerifierState withRcu(int depth) {
        return new VerifierState(locks, Math.max(0, depth), preempt, irqs, origins, callbacks, references, sleepable);
    }

    public VerifierState withPreempt(int depth) {
        return new VerifierState(locks, rcu, Math.max(0, depth), irqs, origins, callbacks, references, sleepable);
    }

    public VerifierState saved(IrqFlag flag) {
        return new VerifierState(locks, rcu, preempt, irqs.newWith(flag), origins, callbacks, references, sleepable);
    }

    public VerifierState restored(int id) {
        return new VerifierState(locks, rcu, preempt, irqs.reject(f -> f.id() == id), origins, callbacks, references, sleepable);
    }

    public VerifierState withOrigin(int element, Origin origin) {
        return new VerifierState(locks, rcu, preempt, irqs, origins.newWithKeyValue(element, origin), callbacks, references, sleepable);
    }

    public VerifierState withOrigins(ImmutableIntObjectMap<Origin> changed) {
        return new VerifierState(locks, rcu, preempt, irqs, changed, callbacks, references, sleepable);
    }

    public VerifierState withLocks(ImmutableList<Lock> changed) {
        return new VerifierState(changed, rcu, preempt, irqs, origins, callbacks, references, sleepable);
    }

    public VerifierState acquired(Reference reference) {
        return withReferences(references.newWith(reference));
    }

    public VerifierState released(int element) {
        return withReferences(references.reject(r -> r.element() == element));
    }

    public VerifierState withReferences(ImmutableList<Reference> changed) {
        return new VerifierState(locks, rcu, preempt, irqs, origins, callbacks, changed, sleepable);
    }

    public VerifierState entered(Callback callback) {
        return new VerifierState(locks, rcu, preempt, irqs, origins, callbacks.newWith(callback), references, sleepable);
    }

    public VerifierState left() {
        return new VerifierState(locks, rcu, preempt, irqs, origins, callbacks.take(callbacks.size() - 1), references, sleepable);
    }

    /** {@return the same where the run may sleep, or may not} */
    public VerifierState asSleepable(boolean may) {
        return new VerifierState(locks, rcu, preempt, irqs, origins, callbacks, references, may);
    }
}
