package bpfmc.model.memory;

import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.step.VisibleOperation.Access;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Terms;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What programs see and do that touch the word of a lock directly, which no kernel allows (the rule field-access): it reads 1
 * while somebody owns the lock and 0 else; a store of 0 frees the lock, any other store takes it. So the simplest lock behaves
 * (kernel/bpf/helpers.c, __bpf_spin_lock without queued spin locks). Locks as they are built have words of their own: {@link LockSteps}.
 */
final class LockWord {
    private final BpfObject object;
    private final ElementIds slots;

    LockWord(BpfObject object, ElementIds slots) {
        this.object = object;
        this.slots = slots;
    }

    /** {@return the locks whose words the access touches} */
    ImmutableList<SpecialField> touched(Access access) {
        ImmutableList<SpecialField> special = object.maps().get(slots.mapOf(access.element().slot())).value().special();
        return special.isEmpty() ? special
                : special.select(f -> (f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK) && f.overlaps(access.offset(), access.size()));
    }

    /** {@return the element with the lock words that the access touches as they read} */
    Element shown(Access access, MemoryModel.View view) {
        int slot = access.element().slot();
        Element element = view.element(slot);
        for (SpecialField lock : touched(access)) {
            element = element.write(slot, lock.offset(), lock.size(), Terms.constant(element.owner(lock.offset()) >= 0 ? 1 : 0));
        }
        return element;
    }

    /** {@return the outcome with the locks freed or taken that the access stores to; both, where what it stores is unknown} */
    ImmutableList<Outcome> settled(Access access, Outcome outcome, MemoryModel.Agent agent) {
        ImmutableList<Outcome> settled = Lists.immutable.with(outcome);
        if (outcome.changes().notEmpty()) {
            for (SpecialField lock : touched(access)) {
                settled = settled.flatCollect(o -> settled(access.element().slot(), lock, o, agent));
            }
        }
        return settled;
    }

    private static ImmutableList<Outcome> settled(int slot, SpecialField lock, Outcome outcome, MemoryModel.Agent agent) {
        Element element = ((Change.OfElement) outcome.changes().getOnly()).element();
        int owner = element.owner(lock.offset());
        Outcome free = changed(slot, element.withOwner(lock.offset(), -1), outcome);
        Outcome taken = changed(slot, element.withOwner(lock.offset(), owner >= 0 ? owner : agent.number()), outcome);
        return element.read(slot, lock.offset(), lock.size()) instanceof Constant c ? Lists.immutable.with(c.value() == 0 ? free : taken)
                : Lists.immutable.with(free, taken);
    }

    private static Outcome changed(int slot, Element element, Outcome outcome) {
        return new Outcome(outcome.answer(), Lists.immutable.with(new Change.OfElement(slot, element)), outcome.notices());
    }
}
