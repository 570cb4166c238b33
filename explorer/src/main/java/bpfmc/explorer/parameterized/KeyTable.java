package bpfmc.explorer.parameterized;

import bpfmc.model.value.Key;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/**
 * What one run has turned out to mean by its keys: which of them are the tracked key. A key that is not decided may be
 * either.
 *
 * @param decided whether a key is the tracked one, by its name for the run; of keys with unknowns only
 */
record KeyTable(ImmutableMap<Key, Boolean> decided) {
    static final KeyTable NONE = new KeyTable(Maps.immutable.empty());

    /** {@return whether the key is the tracked one, empty when it may be either} */
    Optional<Boolean> of(Key key) {
        return Optional.ofNullable(decided.get(key));
    }

    KeyTable with(Key key, boolean tracked) {
        return new KeyTable(decided.newWithKeyValue(key, tracked));
    }

    /** {@return the names that the run has for the tracked key} */
    ImmutableList<Key> names() {
        return Lists.immutable.withAll(decided.select((key, tracked) -> tracked).keysView());
    }

    /** {@return the table without keys that cannot come again} */
    KeyTable retain(Predicate<Key> mayCome) {
        return decided.keysView().allSatisfy(mayCome::test) ? this
                : new KeyTable(decided.select((key, tracked) -> mayCome.test(key)));
    }
}
