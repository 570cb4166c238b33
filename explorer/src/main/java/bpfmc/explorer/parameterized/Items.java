package bpfmc.explorer.parameterized;

import bpfmc.model.kernel.MapType;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.value.Key;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;

/** The items of an object: all memory that its programs may share. */
record Items(BpfObject object, ElementNames names) {

    /** {@return the elements that are always there} */
    ImmutableList<Item.Fixed> fixed() {
        return object.maps().select(Items::fixed).flatCollect(this::elements);
    }

    private ImmutableList<Item.Fixed> elements(MapDefinition map) {
        return map.data().isPresent() ? Lists.immutable.with(new Item.Fixed(map.index(), 0, map.index())) : Lists.immutable.withAll(LongStream.range(0, map.maxEntries()).boxed().toList())
                .collect(i -> new Item.Fixed(map.index(), i, names.ids().of(new ElementIds.Name(map.index(), ElementIds.Series.FIXED, i, 0))));
    }

    private static boolean fixed(MapDefinition map) {
        return !map.readOnlyData() && (map.data().isPresent() || Maps.fixed(map) && map.type() != MapType.ARRAY_OF_MAPS);
    }

    /** {@return the maps of which a key is followed} */
    ImmutableList<MapDefinition> keyed() {
        return object.maps().select(m -> m.data().isEmpty() && !fixed(m) && switch (m.type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> true;
            default -> m.type().ofObjects();
        });
    }

    Item keyed(MapDefinition map, Optional<Key> constant) {
        return new Item.Keyed(map.index(), Focus.words(map), constant);
    }

    static boolean locks(MapDefinition map) {
        return map.value().special().anySatisfy(f -> f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK);
    }

    /** {@return the names of the elements that are always there and hold locks} */
    ImmutableIntSet fixedLocks() {
        return fixed().select(f -> locks(object.maps().get(f.map()))).collectInt(Item.Fixed::slot).toSet().toImmutable();
    }

    /** {@return the maps with locks of which a key of so many words is followed} */
    ImmutableIntSet keyedLocks(int words) {
        return keyed().select(m -> locks(m) && Focus.words(m) == words).collectInt(MapDefinition::index).toSet().toImmutable();
    }

    /** {@return an item in words} */
    String told(Item item) {
        return switch (item) {
            case Item.Nothing n -> "the programs by themselves";
            case Item.Fixed f -> object.maps().get(f.map()).name() + (object.maps().get(f.map()).data().isPresent() ? "" : "[" + f.index() + "]");
            case Item.Keyed k -> object.maps().get(k.map()).name() + k.constant().map(c -> "[" + c.words().makeString(", ") + "]").orElse("[any key]");
        };
    }
}
