package bpfmc.explorer.confirm;

import bpfmc.explorer.condition.KeyNames;
import bpfmc.explorer.livekernel.MemoryImage;
import bpfmc.explorer.livekernel.Place;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.Field;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What runs leave behind, by the names of the source: the fields that differ from what they held at first in any of the images, and what
 * the runs return where that differs.
 *
 * @param programs of the agents @param initial what memory held at first @param images that are told apart
 */
record ImageNames(BpfObject object, ImmutableList<String> programs, ImmutableMap<Place, Optional<ImmutableByteList>> initial, ImmutableSet<MemoryImage> images) {

    /** {@return "counters[0].cnt = 6, left returns 2"} */
    String of(MemoryImage image) {
        MutableList<String> words = Lists.mutable.empty();
        for (Place place : places()) {
            words.addAllIterable(of(place, image.elements().get(place)));
        }
        for (int i = 0; i < programs.size(); i++) {
            int agent = i;
            if (images.collect(m -> m.returned().get(agent)).size() > 1) {
                words.add(programs.get(i) + (programs.count(programs.get(i)::equals) > 1 ? " on CPU" + i : "") + " returns " + image.returned().get(i));
            }
        }
        return words.isEmpty() ? "nothing was changed" : words.makeString(", ");
    }

    /** {@return what the fields that any image changes held at first} */
    String initially() {
        ImmutableList<String> words = places().flatCollect(p -> of(p, initial.get(p)));
        return words.isEmpty() ? "" : words.makeString(", ");
    }

    private ImmutableList<Place> places() {
        return initial.keysView().select(p -> images.anySatisfy(m -> !initial.get(p).equals(m.elements().get(p))))
                .toSortedListBy(p -> String.format("%09d %s", p.map(), p.key())).toImmutable();
    }

    private ImmutableList<String> of(Place place, Optional<ImmutableByteList> bytes) {
        MapDefinition map = object.maps().get(place.map());
        String element = map.data().isPresent() ? "" : map.name() + "[" + (map.type() == MapType.ARRAY ? place.key().words().getFirst().toString() : new KeyNames(map).of(place.key())) + "]";
        if (bytes.isEmpty()) {
            return Lists.immutable.with(element + " absent");
        }
        ImmutableList<Field> fields = map.value().fields().select(f -> f.size() <= Long.BYTES && !f.bits() && map.value().special().noneSatisfy(s -> s.overlaps(f.offset(), f.size())));
        MutableList<String> words = Lists.mutable.empty();
        boolean[] named = new boolean[map.valueSize()];
        for (Field f : fields) {
            Arrays.fill(named, f.offset(), f.offset() + f.size(), true);
            if (changes(place, f.offset(), f.size())) {
                words.add(name(element, f.name()) + " = " + number(bytes.get(), f));
            }
        }
        for (int at = 0; at < named.length; at++) {
            if (!named[at] && changes(place, at, 1)) {
                words.add((element.isEmpty() ? map.name() : element) + " byte " + at + " = " + (bytes.get().get(at) & 0xff));
            }
        }
        return words.isEmpty() ? Lists.immutable.with(element + " there") : words.toImmutable();
    }

    private static String name(String element, String field) {
        return element.isEmpty() ? field : field.equals("value") ? element : element + "." + field;
    }

    private boolean changes(Place place, int offset, int size) {
        return images.collect(m -> m.elements().get(place)).select(Optional::isPresent).anySatisfy(b -> initial.get(place).isEmpty()
                || !Arrays.equals(b.get().toArray(), offset, offset + size, initial.get(place).get().toArray(), offset, offset + size));
    }

    private static String number(ImmutableByteList bytes, Field field) {
        long value = 0;
        for (int i = field.size() - 1; i >= 0; i--) {
            value = value << 8 | bytes.get(field.offset() + i) & 0xff;
        }
        int unused = 64 - 8 * field.size();
        return field.signed() ? String.valueOf(value << unused >> unused) : Long.toUnsignedString(value);
    }
}
