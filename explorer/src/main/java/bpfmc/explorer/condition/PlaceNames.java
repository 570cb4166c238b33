package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Place;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.kernel.MapType;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.value.Key;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Finds maps, fields and global variables of an object by their C names. */
record PlaceNames(BpfObject object) {
    /** What a value without fields of its own is called. */
    private static final String WHOLE = "value";

    /** {@return a global variable, or a field of one: "counter", "stats.packets"} */
    Place variable(String name) {
        ImmutableList<MapDefinition> sections = object.maps().select(m -> m.data().isPresent());
        ImmutableList<Place> places = sections.flatCollect(s -> s.value().fields().select(f -> f.name().equals(name) || (f.name() + object(s)).equals(name))
                .collect(f -> at(s, Optional.of(Key.of(0)), f, name)));
        if (places.size() > 1) {
            throw new InputException("several objects have a variable '" + name + "'; say which: "
                    + places.collect(p -> '"' + name + object(object.maps().get(p.map())) + '"').makeString(" or "));
        }
        if (places.notEmpty()) {
            return places.getFirst();
        }
        if (object.maps().anySatisfy(m -> m.name().equals(name))) {
            throw new InputException("'" + name + "' is a map; say which element: " + name + "[0], or " + name + "[*]");
        }
        ImmutableList<String> known = sections.flatCollect(m -> m.value().fields().collect(Field::name)).newWithAll(object.maps().collect(MapDefinition::name));
        throw new InputException("there is no variable '" + name + "'" + Nearest.hint(known, name));
    }

    /** {@return "@object" where a section of global variables is one of several of its name} */
    private static String object(MapDefinition section) {
        int at = section.name().lastIndexOf('@');
        return at < 0 ? "" : section.name().substring(at);
    }

    /** {@return how the map's keys are written} */
    KeyNames keys(String map) {
        MapDefinition definition = map(map);
        if (array(definition)) {
            throw new InputException("the keys of " + map + " are numbers: " + map + "[0]");
        }
        return new KeyNames(definition);
    }

    /** {@return the key of up to 8 bytes that a number stands for} */
    Key key(String map, long key) {
        MapDefinition definition = map(map);
        if (definition.keySize() > 8) {
            throw new InputException("the keys of " + map + " have " + definition.keySize() + " bytes; name their fields, " + map + "[{"
                    + keys(map).example() + "}]");
        }
        boolean array = array(definition);
        long most = array && !definition.sizeUnknown() ? definition.maxEntries() : definition.keySize() == 8 ? -1 : 1L << 8 * definition.keySize();
        long unsigned = definition.keySize() == 8 ? key : key & (1L << 8 * definition.keySize()) - 1;
        if (most >= 0 && (array || key >= 0) && (key < 0 || key >= most)) {
            throw new InputException(map + " has no element " + key + "; its keys are 0 to " + (most - 1));
        }
        return Key.of(unsigned);
    }

    /** {@return that the map has no element with the key} */
    Given absent(String map, Key key) {
        MapDefinition definition = map(map);
        if (array(definition)) {
            throw new InputException(map + " is an array: its elements are always there");
        }
        return Given.absent(definition.index(), key);
    }

    private static boolean array(MapDefinition map) {
        return map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY;
    }

    /** {@return a field of the element that the key finds, without one of all elements} @param element as written */
    Place field(String map, Optional<Key> key, String field, String element) {
        return field(map(map), key, field, element);
    }

    boolean perCpu(Place place) {
        return object.maps().get(place.map()).type().perCpu();
    }

    private MapDefinition map(String name) {
        MapDefinition map = object.maps().detect(m -> m.name().equals(name));
        if (map == null || map.data().isPresent()) {
            throw new InputException("there is no map '" + name + "'" + Nearest.hint(object.maps().reject(m -> m.data().isPresent()).collect(MapDefinition::name), name));
        }
        return switch (map.type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> map;
            default -> throw new InputException(name + " is a map of type " + map.type() + ", whose elements cannot be named");
        };
    }

    private Place field(MapDefinition map, Optional<Key> key, String name, String element) {
        String wanted = name.isEmpty() ? WHOLE : name;
        ImmutableList<Field> fields = map.value().fields().reject(f -> map.value().special().anySatisfy(s -> s.overlaps(f.offset(), f.size())));
        Field field = fields.detect(f -> f.name().equals(wanted));
        if (field == null) {
            throw new InputException(name.isEmpty() ? "which field of " + element + "? There " + told(fields.collect(Field::name))
                    : "there is no field '" + name + "' in " + map.name() + Nearest.hint(fields.collect(Field::name), name));
        }
        return at(map, key, field, element + (name.isEmpty() ? "" : "." + name));
    }

    private static Place at(MapDefinition map, Optional<Key> key, Field field, String text) {
        if (field.bits()) {
            throw new InputException(text + " is a bit-field, which has no bytes of its own");
        }
        if (field.size() > 8) {
            throw new InputException(text + " has " + field.size() + " bytes; a number has 8 at most");
        }
        return new Place(map.index(), key, field.offset(), field.size(), field.signed(), text);
    }

    private static String told(ImmutableList<String> names) {
        return names.isEmpty() ? "are none in BTF" : "are " + names.makeString(", ");
    }
}
