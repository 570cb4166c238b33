package bpfmc.model.memory;

import bpfmc.model.value.Key;
import bpfmc.model.value.Renaming;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which keys of a map find which elements. Keys may be unknown: they are followed in classes of keys assumed equal, and
 * the classes are assumed to be pairwise different. A key met for the first time either joins a class or founds one.
 *
 * @param classes in the order they were founded
 * @param free elements that are bound to no key but that somebody may still hold an address of
 * @param initial how many classes were found bound at the start
 * @param complete whether no other key was in the map at the start: a walk has been to all that there were
 */
public record KeyPartition(ImmutableList<KeyClass> classes, ImmutableList<FreeElement> free, int initial, boolean complete) {
    public static final KeyPartition NONE = new KeyPartition(Lists.immutable.empty(), Lists.immutable.empty(), 0, false);

    /** The order in which keys were met, and elements became free, is no part of them. */
    public KeyPartition {
        free = free.size() < 2 ? free : free.toSortedListBy(FreeElement::element).toImmutable();
    }

    /** @param keys names of the class, in their order @param element slot, {@link #ABSENT} when the key is not in the map */
    public record KeyClass(ImmutableList<Key> keys, int element) {
        public KeyClass {
            keys = keys.size() < 2 ? keys : keys.toSortedList().toImmutable();
        }
    }

    /**
     * @param element slot @param cpu the CPU that alone may reuse it, {@link #ANY_CPU}
     * @param lastClass the class it was bound to
     */
    public record FreeElement(int element, int cpu, int lastClass) {}

    public static final int ABSENT = -1;
    public static final int ANY_CPU = -1;

    /** {@return the class that surely holds the key, -1 when none does} */
    public int classOf(Key key) {
        return classes.detectIndex(c -> c.keys().contains(key));
    }

    /** {@return whether the key could be equal to the keys of this class} */
    boolean mayJoin(Key key, int index) {
        return classes.get(index).keys().allSatisfy(other -> mayEqual(key, other));
    }

    private static boolean mayEqual(Key a, Key b) {
        for (int i = 0; i < a.words().size(); i++) {
            Term difference = Terms.subtract(a.words().get(i), b.words().get(i));
            if (difference.isConstant() && !difference.equals(Terms.constant(0))) {
                return false;
            }
        }
        return true;
    }

    KeyPartition joined(Key key, int index) {
        KeyClass old = classes.get(index);
        return withClass(index, new KeyClass(old.keys().newWith(key), old.element()));
    }

    KeyPartition founded(Key key, int element, boolean initially) {
        return new KeyPartition(classes.newWith(new KeyClass(Lists.immutable.with(key), element)), free, initial + (initially ? 1 : 0), complete);
    }

    KeyPartition bound(int index, int element) {
        return withClass(index, new KeyClass(classes.get(index).keys(), element));
    }

    private KeyPartition withClass(int index, KeyClass changed) {
        return new KeyPartition(Lists.immutable.withAll(classes.collectWithIndex((c, i) -> i == index ? changed : c)), free, initial, complete);
    }

    /** {@return the bindings of a map of which all keys are known} */
    KeyPartition completed() {
        return new KeyPartition(classes, free, initial, true);
    }

    KeyPartition withFree(FreeElement element) {
        return new KeyPartition(classes, free.newWith(element), initial, complete);
    }

    KeyPartition withoutFree(int element) {
        return new KeyPartition(classes, free.reject(f -> f.element() == element), initial, complete);
    }

    /** {@return how many keys are bound} */
    int boundCount() {
        return classes.count(c -> c.element() != ABSENT);
    }

    /** {@return whether the element is bound or waiting to be reused} */
    boolean uses(int element) {
        return classes.anySatisfy(c -> c.element() == element) || free.anySatisfy(f -> f.element() == element);
    }

    /** {@return the bindings without the names that only this finished agent could use again} */
    public KeyPartition forget(int agent) {
        boolean named = classes.anySatisfy(c -> c.keys().anySatisfy(k -> mentions(k, agent)));
        return !named ? this : new KeyPartition(
                classes.collect(c -> new KeyClass(c.keys().reject(k -> mentions(k, agent)), c.element())), free, initial, complete);
    }

    private static boolean mentions(Key key, int agent) {
        boolean[] found = {false};
        key.words().each(w -> Terms.forEachSymbol(w, (Symbol s) -> found[0] |= s.owner() == agent));
        return found[0];
    }

    /** {@return the bindings with their classes in another order} @param order their old places by the new ones @param slots new numbers of elements */
    public KeyPartition arranged(int[] order, IntUnaryOperator slots) {
        int[] now = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            now[order[i]] = i;
        }
        return new KeyPartition(Lists.immutable.fromStream(Arrays.stream(order).mapToObj(classes::get))
                .collect(c -> new KeyClass(c.keys(), c.element() == ABSENT ? ABSENT : slots.applyAsInt(c.element()))),
                free.collect(f -> new FreeElement(slots.applyAsInt(f.element()), f.cpu(), now[f.lastClass()])), initial, complete);
    }

    /**
     * {@return the bindings as they are when agents and CPUs have other numbers} The elements are those that a key finds on
     * whatever CPU, so they stay.
     */
    public KeyPartition rename(Renaming names) {
        return new KeyPartition(classes.collect(c -> new KeyClass(c.keys().collect(names::of), c.element())),
                free.collect(f -> new FreeElement(f.element(), f.cpu() == ANY_CPU ? ANY_CPU : names.cpus().applyAsInt(f.cpu()),
                        f.lastClass())), initial, complete);
    }
}
