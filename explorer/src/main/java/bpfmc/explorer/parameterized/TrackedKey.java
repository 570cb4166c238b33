package bpfmc.explorer.parameterized;

import bpfmc.explorer.system.Run;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.value.Key;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * One run before an update, and the tracked key, as properties look at a state: the only run of it, and the only key.
 *
 * @param before the run @param current name of the key's element @param bound whether it is there @param names of
 *     the key for the run
 */
record TrackedKey(Run before, int current, boolean bound, ImmutableList<Key> names) implements LoneRun {
    @Override
    public Run run(int agent) {
        return before;
    }

    @Override
    public KeyPartition bindings(int map) {
        ImmutableList<Key> shared = names.collect(k -> new Key(k.words().collect(w -> Element.toShared(w, 0))));
        return new KeyPartition(Lists.immutable.with(new KeyPartition.KeyClass(shared, bound ? current : KeyPartition.ABSENT)), Lists.immutable.empty(), 0, false);
    }

    @Override
    public ImmutableList<Integer> mayFind(int agent, int map, Key key) {
        return Lists.immutable.with(0);
    }
}
