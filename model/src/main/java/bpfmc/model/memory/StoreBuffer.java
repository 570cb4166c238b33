package bpfmc.model.memory;

import bpfmc.model.machine.Invalidation.Written;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The stores of one CPU that only it sees yet, the oldest first. They become visible to others in this order; its own loads find them before.
 * Runs are finite, so a buffer never holds more than they store: there is no bound.
 */
public record StoreBuffer(ImmutableList<BufferedStore> stores) {
    /** Nothing is on its way. */
    public static final StoreBuffer EMPTY = new StoreBuffer(Lists.immutable.empty());

    public boolean isEmpty() {
        return stores.isEmpty();
    }

    StoreBuffer with(BufferedStore store) {
        return new StoreBuffer(stores.newWith(store));
    }

    /** {@return the buffer once its oldest store is visible} */
    StoreBuffer drained() {
        return new StoreBuffer(stores.drop(1));
    }

    /** {@return whether a store to the element is on its way} */
    public boolean reaches(int slot) {
        return stores.anySatisfy(s -> switch (s) {
            case BufferedStore.Bytes b -> b.slot() == slot;
            case BufferedStore.Unlock u -> u.slot() == slot;
            case BufferedStore.Behind b -> false;
        });
    }

    /** {@return the element as the CPU itself sees it: with its own stores, newest last} */
    public Element over(int slot, Element memory) {
        Element seen = memory;
        for (BufferedStore store : stores) {
            if (store instanceof BufferedStore.Bytes b && b.slot() == slot) {
                seen = seen.write(slot, b.offset(), b.size(), b.value());
            }
        }
        return seen;
    }

    /**
     * {@return the parts of a store by another CPU that this one's loads could have read before: not those bytes that it has stored to itself
     * and will store over again}
     */
    public ImmutableList<Written> uncovered(Written store) {
        if (stores.noneSatisfy(s -> s instanceof BufferedStore.Bytes b && b.overlaps(store.element(), store.offset(), store.size()))) {
            return Lists.immutable.with(store);
        }
        MutableList<Written> parts = Lists.mutable.empty();
        int from = -1;
        for (int at = store.offset(); at <= store.offset() + store.size(); at++) {
            int here = at;
            boolean open = at < store.offset() + store.size()
                    && stores.noneSatisfy(s -> s instanceof BufferedStore.Bytes b && b.overlaps(store.element(), here, 1));
            if (open && from < 0) {
                from = at;
            } else if (!open && from >= 0) {
                parts.add(new Written(store.element(), from, at - from, store.reach()));
                from = -1;
            }
        }
        return parts.toImmutable();
    }
}
