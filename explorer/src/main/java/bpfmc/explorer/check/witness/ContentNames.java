package bpfmc.explorer.check.witness;

import bpfmc.explorer.condition.KeyNames;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.FinalState.Held;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.value.Cells.Cell;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Key;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** What the maps hold in a state, by the names of the user's source. */
public record ContentNames(BpfSystem system) {

    /** {@return what was touched in the state, map by map, in the order of the names} */
    public ImmutableList<Held> of(int[] state) {
        Snapshot snapshot = system.snapshot(state);
        MutableList<Held> held = Lists.mutable.empty();
        MutableIntSet named = IntSets.mutable.empty();
        for (MapDefinition map : system.scenario().object().maps()) {
            MutableList<Held> here = Lists.mutable.empty();
            for (KeyPartition.KeyClass group : snapshot.bindings(map.index()).classes()) {
                String element = map.name() + "[" + keys(map, group) + "]";
                if (group.element() == KeyPartition.ABSENT) {
                    here.add(new Held(element, "absent"));
                } else {
                    named.add(group.element());
                    here.addAllIterable(fields(map, group.element(), element, snapshot));
                }
            }
            for (int slot : system.touchedElements()) {
                ElementIds.Name name = system.slots().name(slot);
                if (name.map() == map.index() && name.series() == ElementIds.Series.FIXED && named.add(slot)) {
                    here.addAllIterable(fields(map, slot, fixed(map, name), snapshot));
                }
            }
            held.addAllIterable(here.sortThisBy(Held::place));
        }
        return held.toImmutable();
    }

    /** {@return what the unknowns of a state are called} */
    public TermNames terms(int[] state) {
        return terms(system.snapshot(state));
    }

    private TermNames terms(Snapshot snapshot) {
        return new TermNames(system, slot -> element(snapshot, slot));
    }

    /** {@return what an element is called; one that no key finds any more by the key that did} */
    private String element(Snapshot snapshot, int slot) {
        ElementIds.Name name = system.slots().name(slot);
        MapDefinition map = system.scenario().object().maps().get(name.map());
        if (name.series() == ElementIds.Series.FIXED) {
            return fixed(map, name);
        }
        KeyPartition bindings = snapshot.bindings(map.index());
        int found = map.type().perCpu() ? system.slots().onCpu(slot, 0) : slot;
        String element = bindings.classes().detectOptional(c -> c.element() == found)
                .or(() -> bindings.free().detectOptional(f -> f.element() == found).map(f -> bindings.classes().get(f.lastClass())))
                .map(c -> "[" + keys(map, c) + "]").orElse("[of a key that is gone]");
        return map.name() + element + (map.type().perCpu() ? " of CPU" + name.cpu() : "");
    }

    private static String fixed(MapDefinition map, ElementIds.Name name) {
        String element = map.data().isPresent() ? "" : map.name() + "[" + name.index() + "]";
        return map.type().perCpu() ? element + " of CPU" + name.cpu() : element;
    }

    private String keys(MapDefinition map, KeyPartition.KeyClass group) {
        ImmutableList<String> texts = group.keys().collect(k -> key(map, k)).distinct().toImmutable();
        return texts.detectOptional(t -> !t.startsWith("key of")).orElseGet(() -> texts.isEmpty() ? "a key" : "key of "
                + texts.collect(t -> t.substring("key of ".length())).toSortedList().makeString(" and "));
    }

    private String key(MapDefinition map, Key key) {
        if (key.words().allSatisfy(Constant.class::isInstance)) {
            return new KeyNames(map).of(key);
        }
        int[] owner = {-1};
        key.words().each(w -> Terms.forEachSymbol(w, s -> owner[0] = s.owner() >= 0 ? s.owner() : owner[0]));
        return owner[0] < 0 ? key.words().makeString(":") : "key of CPU" + system.scenario().agents().get(owner[0]).cpu();
    }

    /** The fields of which any byte was written; bytes outside of fields by their offsets. */
    private ImmutableList<Held> fields(MapDefinition map, int slot, String element, Snapshot snapshot) {
        TermNames names = terms(snapshot);
        Element content = snapshot.element(slot);
        ImmutableList<Field> leaves = map.value().fields().select(f -> f.size() <= 8 && map.value().special().noneSatisfy(s -> s.overlaps(f.offset(), f.size())));
        MutableList<Held> held = Lists.mutable.empty();
        MutableIntSet named = IntSets.mutable.empty();
        for (Cell cell : content.cells().cells()) {
            ImmutableList<Field> touched = leaves.select(f -> f.offset() < cell.offset() + cell.size() && cell.offset() < f.offset() + f.size());
            touched.select(f -> named.add(f.offset())).each(f -> held.add(new Held(named(element, f.name()), value(names, content, slot, f.offset(), f.size(), f.signed()))));
            boolean lock = map.value().special().anySatisfy(s -> s.overlaps(cell.offset(), cell.size()));
            if (touched.isEmpty() && !lock) {
                held.add(new Held((element.isEmpty() ? map.name() : element) + " bytes " + cell.offset() + " to " + (cell.offset() + cell.size() - 1),
                        value(names, content, slot, cell.offset(), cell.size(), false)));
            }
        }
        return held.toImmutable();
    }

    private static String named(String element, String field) {
        return element.isEmpty() ? field : field.equals("value") ? element : element + "." + field;
    }

    private static String value(TermNames names, Element content, int slot, int offset, int size, boolean signed) {
        Term value = content.read(slot, offset, size);
        if (value instanceof Constant) {
            return names.of(value, signed, size);
        }
        return change(value, Element.UNTOUCHED.read(slot, offset, size)) instanceof Constant c
                ? c.value() == 0 ? "old" : c.value() > 0 ? "old + " + c.value() : "old - " + -c.value() : names.of(value);
    }

    /** What was added; to the lowest bytes of a word as well as to the word. */
    private static Term change(Term value, Term old) {
        return value instanceof Extract v && old instanceof Extract o && v.offset() == 0 && o.offset() == 0 && v.bytes() == o.bytes()
                ? Terms.subtract(v.term(), o.term()) : Terms.subtract(value, old);
    }
}
