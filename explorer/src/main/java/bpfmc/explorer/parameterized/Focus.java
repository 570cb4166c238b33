package bpfmc.explorer.parameterized;

import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Key;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What the shared part of a fixpoint knows of. Everything else is unknown to it; to know of more only takes behaviours
 * away.
 *
 * @param item what is judged @param keyed maps of which it knows whether the tracked key is bound, and what its
 *     element's locks do
 * @param fixed names of the elements that are always there of which it knows the same
 * @param words of the tracked key, 0 when no key is tracked @param constant the tracked key, where it is one that a
 *     program names
 * @param kept words of elements whose contents it knows, as far as they are constants
 */
record Focus(Item item, ImmutableIntSet keyed, ImmutableIntSet fixed, int words, Optional<Key> constant, ImmutableSet<Word> kept) {

    /** A word of 8 bytes of an element. @param slot its name @param index offset divided by 8 */
    record Word(int slot, int index) {}

    static Focus on(Item item) {
        return switch (item) {
            case Item.Nothing n -> new Focus(item, IntSets.immutable.empty(), IntSets.immutable.empty(), 0, Optional.empty(), Sets.immutable.empty());
            case Item.Fixed f -> new Focus(item, IntSets.immutable.empty(), IntSets.immutable.with(f.slot()), 0, Optional.empty(), Sets.immutable.empty());
            case Item.Keyed k -> new Focus(item, IntSets.immutable.with(k.map()), IntSets.immutable.empty(), k.words(), k.constant(), Sets.immutable.empty());
        };
    }

    /** {@return the map that the item is of, -1 if it is none} */
    int map() {
        return switch (item) {
            case Item.Nothing n -> -1;
            case Item.Fixed f -> f.map();
            case Item.Keyed k -> k.map();
        };
    }

    static int words(MapDefinition map) {
        return (map.keySize() + Long.BYTES - 1) / Long.BYTES;
    }

    Focus with(ImmutableIntSet moreKeyed, ImmutableIntSet moreFixed, int keyWords, Optional<Key> key) {
        return new Focus(item, keyed.newWithAll(moreKeyed), fixed.newWithAll(moreFixed), keyWords, key, kept);
    }

    /**
     * {@return the focus that also knows the contents of these words} @param ofFixed names of those of their elements
     * that are always there
     */
    Focus keeping(ImmutableSet<Word> more, ImmutableIntSet ofFixed) {
        return new Focus(item, keyed, fixed.newWithAll(ofFixed), words, constant, more);
    }
}
