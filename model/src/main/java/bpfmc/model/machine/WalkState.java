package bpfmc.model.machine;

import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * How far a walk over a hash map has come. While its callback runs it lies in the callback's {@link Frame#saved}, as values, so that the numbers and
 * elements in it are treated like all others.
 *
 * @param ahead the element that comes next, which the walk has read already; 0 where it has not (kernel/bpf/hashtab.c, bpf_for_each_hash_elem, hlist_nulls_for_each_entry_safe)
 * @param visited keys that it has been to; the last one is that of {@code ahead}, if there is one, or else of the element that it is at
 * @param changed as {@link VisibleOperation.Walk#changed}
 */
public record WalkState(Value ahead, ImmutableList<Key> visited, boolean changed) {
    public static final WalkState BEGUN = new WalkState(Value.of(0), Lists.immutable.empty(), false);

    /** Values of a callback's frame before those of the walk: r6 to r9, r1 to r5. */
    private static final int BEFORE = 9;

    public boolean readAhead() {
        return ahead instanceof Value.Pointer;
    }

    /** {@return what the callback's frame keeps of it, behind the registers} */
    public ImmutableList<Value> values() {
        MutableList<Value> all = Lists.mutable.with(Value.of(changed ? 1 : 0), ahead);
        visited.each(k -> k.words().each(w -> all.add(Value.of(w))));
        return all.toImmutable();
    }

    /** @param words of eight bytes in a key of the map, at most */
    public static WalkState in(Frame frame, int words) {
        ImmutableList<Value> saved = frame.saved();
        MutableList<Key> keys = Lists.mutable.empty();
        for (int at = BEFORE + 2; at < saved.size(); at += words) {
            ImmutableList<Term> key = Lists.immutable.withAll(saved.castToList().subList(at, at + words)).collect(v -> ((Value.Scalar) v).term());
            keys.add(new Key(key));
        }
        return new WalkState(saved.get(BEFORE + 1), keys.toImmutable(), saved.get(BEFORE).is(1));
    }

    /** {@return the frame once a key of the map has come or gone, if it is that of a walk's callback over this map} */
    static Frame rearranged(Frame frame, int map) {
        boolean walks = frame.turn() > 0 && frame.saved().size() > BEFORE && frame.saved().get(4) instanceof Value.Pointer p
                && p.region() instanceof Region.MapHandle h && h.map() == map;
        if (!walks) {
            return frame;
        }
        MutableList<Value> all = frame.saved().toList();
        all.set(BEFORE, Value.of(1));
        return frame.withSaved(all.toImmutable());
    }

    /** A key of the map has come, or gone: a walk over it is not what it would have been. */
    static void rearranged(Machine m, int map) {
        m.frames.replaceAll(f -> rearranged(f, map));
        if (m.operation instanceof VisibleOperation.Walk w && w.map() == map) {
            m.operation = new VisibleOperation.Walk(map, w.key(), w.visited(), true, w.ahead());
        }
    }
}
