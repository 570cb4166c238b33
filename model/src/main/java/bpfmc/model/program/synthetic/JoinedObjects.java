package bpfmc.model.program.synthetic;

import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.eclipse.collections.impl.tuple.Tuples;

/**
 * Several objects that are loaded together, as one. Maps that both pin by name are one map, as libbpf makes them when the second object is
 * loaded (tools/lib/bpf/libbpf.c, bpf_object__reuse_map), and so are those that the user names, as a loader that calls bpf_map__reuse_fd
 * makes them; all others, and all global variables, are each object's own. Where two programs, or two maps, have one name, the name of the
 * object follows it: {@code count@ingress}. No name in C holds an @.
 */
public final class JoinedObjects {
    private final ImmutableList<BpfObject> objects;
    private final ImmutableList<String> share;
    private final MutableList<MapDefinition> maps = Lists.mutable.empty();
    private final MutableList<MutableList<BpfObject>> users = Lists.mutable.empty();
    private final MutableList<BpfProgram> programs = Lists.mutable.empty();

    private JoinedObjects(ImmutableList<BpfObject> objects, ImmutableList<String> share) {
        this.objects = objects;
        this.share = share;
    }

    /**
     * {@return the objects as one}
     *
     * @param share names of maps that are one map besides those that are pinned
     * @throws InputException when maps that are to be one differ, or a name of {@code share} is in one object only
     */
    public static BpfObject of(ImmutableList<BpfObject> objects, ImmutableList<String> share) {
        return objects.size() == 1 && share.isEmpty() ? objects.getFirst() : new JoinedObjects(objects, share).joined();
    }

    private BpfObject joined() {
        ImmutableList<String> names = objects.flatCollect(o -> o.maps().reject(m -> m.data().isPresent()).collect(MapDefinition::name));
        for (String name : share) {
            if (names.count(name::equals) < 2) {
                throw new InputException("map '" + name + "' cannot be shared: " + (names.contains(name) ? "only one object has it"
                        : "no object has it" + Nearest.hint(names.distinct(), name)));
            }
        }
        objects.each(this::add);
        return new BpfObject(objects.collect(BpfObject::name).makeString(" + "), objects.getFirst().license(), programs.toImmutable(),
                maps.collect(this::named).toImmutable(), objects.allSatisfy(o -> o.btf().isPresent()) ? objects.getFirst().btf() : Optional.empty(),
                objects.flatCollect(o -> o.notes().collect(n -> o.name() + ": " + n)));
    }

    private void add(BpfObject object) {
        Map<Integer, Integer> moved = new HashMap<>();
        int first = maps.size();
        for (MapDefinition map : object.maps()) {
            int known = maps.detectIndex(m -> m.index() < first && one(m, map));
            moved.put(map.index(), known >= 0 ? known : maps.size());
            if (known < 0) {
                maps.add(map.withIndex(maps.size()));
                users.add(Lists.mutable.empty());
            }
            users.get(moved.get(map.index())).add(object);
        }
        for (MapDefinition map : object.maps()) {
            int at = moved.get(map.index());
            MapDefinition contents = map.withInner(map.initialInner().collect(i -> moved.getOrDefault(i, i)))
                    .withPrograms(each(map.initialPrograms(), p -> programName(object, p)));
            maps.set(at, at < first ? shared(maps.get(at), users.get(at).getFirst(), contents, object) : contents.withIndex(at));
        }
        object.programs().each(p -> programs.add(moved(p, object, moved)));
    }

    private boolean one(MapDefinition one, MapDefinition other) {
        return one.name().equals(other.name()) && one.data().isEmpty() && other.data().isEmpty()
                && (share.contains(one.name()) || one.pinned() && other.pinned());
    }

    private static MapDefinition shared(MapDefinition one, BpfObject owner, MapDefinition other, BpfObject object) {
        if (one.type() != other.type() || one.keySize() != other.keySize() || one.valueSize() != other.valueSize()
                || one.maxEntries() != other.maxEntries() || one.flags() != other.flags()) {
            throw new InputException("map '" + one.name() + "' cannot be shared: it is " + told(one) + " in " + owner.name() + ", and " + told(other)
                    + " in " + object.name());
        }
        if (!one.value().special().equals(other.value().special())) {
            throw new InputException("map '" + one.name() + "' cannot be shared: its values have other locks, or other special fields, in " + owner.name()
                    + " than in " + object.name());
        }
        return one.withInner(one.initialInner().isEmpty() ? other.initialInner() : one.initialInner())
                .withPrograms(one.initialPrograms().isEmpty() ? other.initialPrograms() : one.initialPrograms());
    }

    private static String told(MapDefinition map) {
        return "a " + map.type() + " of " + map.maxEntries() + " entries, keys of " + map.keySize() + " and values of " + map.valueSize() + " bytes, flags "
                + map.flags();
    }

    /** {@return the map by its own name, which a shared one keeps} */
    private MapDefinition named(MapDefinition map) {
        boolean own = users.get(map.index()).size() == 1 && maps.count(m -> m.name().equals(map.name())) > 1;
        return own ? map.withName(map.name() + "@" + stem(users.get(map.index()).getFirst())) : map;
    }

    private String programName(BpfObject object, String name) {
        return objects.anySatisfy(o -> o != object && o.programs().anySatisfy(p -> p.name().equals(name))) ? name + "@" + stem(object) : name;
    }

    private String functionName(BpfObject object, String name) {
        return objects.anySatisfy(o -> o != object && o.programs().anySatisfy(p -> p.functions().anySatisfy(f -> f.name().equals(name))))
                ? name + "@" + stem(object) : name;
    }

    /** Objects of one name, from several folders, are told apart by their place in the list. */
    private String stem(BpfObject object) {
        String stem = object.name().replaceFirst("(\\.bpf)?\\.o$", "");
        return objects.count(o -> o.name().equals(object.name())) > 1 ? stem + "." + (objects.detectIndex(o -> o == object) + 1) : stem;
    }

    private BpfProgram moved(BpfProgram program, BpfObject object, Map<Integer, Integer> moved) {
        ImmutableIntObjectMap<Reference> references = each(program.references(), r -> moved(r, moved));
        ImmutableList<Function> functions = program.functions().collect(f ->
                new Function(functionName(object, f.name()), f.start(), f.end(), f.global()));
        return new BpfProgram(programName(object, program.name()), program.section(), program.code(), functions, references, program.lines(),
                program.entries().collect((name, slot) -> Tuples.pair(programName(object, name), slot)), program.types(), program.origin());
    }

    private static <V> ImmutableIntObjectMap<V> each(ImmutableIntObjectMap<V> map, UnaryOperator<V> change) {
        MutableIntObjectMap<V> changed = IntObjectMaps.mutable.empty();
        map.forEachKeyValue((key, value) -> changed.put(key, change.apply(value)));
        return changed.toImmutable();
    }

    private static Reference moved(Reference reference, Map<Integer, Integer> moved) {
        return switch (reference) {
            case Reference.Map m -> new Reference.Map(moved.get(m.map()));
            case Reference.Data d -> new Reference.Data(moved.get(d.map()), d.offset());
            case Reference.Function f -> f;
            case Reference.Kfunc k -> k;
            case Reference.Kernel k -> k;
            case Reference.KernelSymbol k -> k;
        };
    }
}
