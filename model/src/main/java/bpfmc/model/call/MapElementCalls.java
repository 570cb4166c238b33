package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.ReadValues;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Lookups, updates and deletes of map elements (kernel/bpf/helpers.c, arraymap.c, hashtab.c). An array's update copies into the element, a
 * hash map's binds a new one, or copies under the lock of the old one with BPF_F_LOCK.
 */
final class MapElementCalls implements CallFamily {
    private static final String LOOKUP = "bpf_map_lookup_elem";
    private static final String LOOKUP_ON_CPU = "bpf_map_lookup_percpu_elem";
    private static final String UPDATE = "bpf_map_update_elem";
    private static final String DELETE = "bpf_map_delete_elem";

    /** What lookups in maps of sockets find. */
    private static final String SOCKET = "struct bpf_sock *";

    /** Bytes of an entry of a map of maps. */
    private static final int ENTRY = 8;

    @Override
    public String name() {
        return "map elements";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(LOOKUP, LOOKUP_ON_CPU, UPDATE, DELETE);
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return switch (callee.name()) {
            case LOOKUP -> Sets.immutable.with(Use.FINDS_ELEMENT, Use.RETURNS_ELEMENT);
            case LOOKUP_ON_CPU -> Sets.immutable.with(Use.FINDS_ELEMENT, Use.RETURNS_ELEMENT, Use.NAMES_CPUS);
            case UPDATE -> Sets.immutable.with(Use.UPDATES, Use.REBINDS);
            default -> Sets.immutable.with(Use.REBINDS);
        };
    }

    @Override
    public boolean enter(Call call) {
        return switch (call.callee().name()) {
            case LOOKUP -> lookup(call);
            case LOOKUP_ON_CPU -> lookupOnCpu(call);
            case UPDATE -> update(call);
            default -> delete(call);
        };
    }

    // ---- lookups

    private static boolean lookup(Call call) {
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty()) {
            return call.unsupported("a lookup in a map that is not known at load time");
        }
        return switch (MapSupport.elements(map.get().type())) {
            case INDEXED, KEYED -> find(call, map.get());
            case MAPS -> lookupInner(call, map.get());
            case SOCKETS -> lookupObject(call, map.get(), new Region.Kernel(SOCKET));
            case READ -> lookupObject(call, map.get(), ReadValues.of(map.get()));
            case PROGRAMS, OF_OBJECTS, COPIED, HIDDEN, UNFOLLOWED -> call.unsupported("a lookup in a map of type " + map.get().type());
        };
    }

    /** The lookup finds an object of the kernel, or nothing. */
    private static boolean lookupObject(Call call, MapDefinition map, Region.Kernel object) {
        if (call.arguments().key(call.machine(), 2, map.keySize()).isEmpty()) {
            return true;
        }
        Call none = call.fork();
        none.finish(Value.of(0));
        none.follow();
        return call.finish(Value.to(object, 0).from(found(call, map)));
    }

    private static boolean find(Call call, MapDefinition map) {
        return call.arguments().key(call.machine(), 2, map.keySize())
                .map(key -> call.stop(new VisibleOperation.Lookup(map.index(), key), found(call, map))).orElse(true);
    }

    /** {@return the loads that what a lookup finds comes from: those of the key, and of the map} */
    private static long found(Call call, MapDefinition map) {
        return call.argument(1).loads() | call.loads(2, map.keySize());
    }

    /**
     * Inner maps that the object itself puts into the outer one are taken as constant where nobody in the scenario replaces them; an
     * index without one finds nothing. Where somebody does, the entry is found, then read.
     */
    private static boolean lookupInner(Call call, MapDefinition outer) {
        if (outer.replacements().notEmpty()) {
            return find(call, outer);
        }
        if (outer.initialInner().noneSatisfy(i -> i >= 0) || outer.type() == MapType.HASH_OF_MAPS) {
            return call.unsupported("a lookup in map of maps " + outer.name() + " whose inner maps the object does not name");
        }
        var key = call.arguments().key(call.machine(), 2, outer.keySize());
        if (key.isEmpty()) {
            return true;
        }
        var index = key.get().words().getFirst();
        for (int i = 0; i < outer.initialInner().size(); i++) {
            int inner = outer.initialInner().get(i);
            Call one = call.fork();
            if (inner >= 0 && one.machine().assume(Comparison.equal(index, Terms.constant(i), true))) {
                one.finish(Value.to(new Region.MapHandle(inner), 0).from(found(call, outer)));
                one.follow();
            }
        }
        for (int i = 0; i < outer.initialInner().size(); i++) {
            if (outer.initialInner().get(i) >= 0 && !call.machine().assume(Comparison.equal(index, Terms.constant(i), false))) {
                return false;
            }
        }
        return call.finish(Value.of(0));
    }

    private static boolean lookupOnCpu(Call call) {
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty() || !map.get().type().perCpu()) {
            return call.unsupported("a per-CPU lookup in a map that is not known at load time");
        }
        Machine m = call.machine();
        return call.arguments().key(m, 2, map.get().keySize()).map(key -> call.stop(new VisibleOperation.LookupOnCpu(map.get().index(), key,
                Terms.extract(m.number(call.argument(3)).term(), 0, 4)), found(call, map.get()) | call.argument(3).loads())).orElse(true);
    }

    // ---- updates and deletes

    private static boolean update(Call call) {
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty()) {
            return call.unsupported("an update of a map that is not known at load time");
        }
        Optional<Long> flags = call.constant(4);
        if (flags.isEmpty()) {
            return call.unsupported("a map update with flags that are not known");
        }
        var key = call.arguments().key(call.machine(), 2, map.get().keySize());
        if (key.isEmpty()) {
            return true;
        }
        var value = call.arguments().bytes(call.machine(), 3, map.get().valueSize());
        if (value.isEmpty()) {
            return true;
        }
        var look = new VisibleOperation.Lookup(map.get().index(), key.get());
        boolean locked = map.get().type() == MapType.HASH && locked(flags.get());
        return switch (MapSupport.elements(map.get().type())) {
            case INDEXED -> call.stop(look);
            case KEYED -> call.stop(locked ? look : bind(call, map.get(), key.get(), value.get(), flags.get()));
            case SOCKETS -> call.finish(call.config().result(call.machine(), UPDATE, Long.BYTES));
            case MAPS, PROGRAMS, OF_OBJECTS, READ, COPIED, HIDDEN, UNFOLLOWED -> call.unsupported("an update of a map of type " + map.get().type());
        };
    }

    private static VisibleOperation bind(Call call, MapDefinition map, Key key, Cells value, long flags) {
        return new VisibleOperation.Update(map.index(), key, call.plainBytes(map, value), flags);
    }

    private static boolean locked(long flags) {
        return (flags & Flags.LOCK) != 0;
    }

    private static boolean delete(Call call) {
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty()) {
            return call.unsupported("a delete in a map that is not known at load time");
        }
        return switch (MapSupport.elements(map.get().type())) {
            case INDEXED -> call.finish(Value.of(Errno.EINVAL.result()));
            case KEYED -> call.arguments().key(call.machine(), 2, map.get().keySize())
                    .map(key -> call.stop(new VisibleOperation.Delete(map.get().index(), key))).orElse(true);
            case SOCKETS -> call.arguments().key(call.machine(), 2, map.get().keySize())
                    .map(key -> call.finish(call.config().result(call.machine(), DELETE, Long.BYTES))).orElse(true);
            case MAPS, PROGRAMS, OF_OBJECTS, READ, COPIED, HIDDEN, UNFOLLOWED -> call.unsupported("a delete in a map of type " + map.get().type());
        };
    }

    // ---- answers

    /** An update first looks whether the key is there, where it copies into the element. */
    @Override
    public boolean reexecutes(Call call, VisibleOperation operation) {
        return call.callee().name().equals(UPDATE) && (operation instanceof VisibleOperation.Lookup
                || operation instanceof VisibleOperation.Update u && locked(u.flags()));
    }

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        boolean update = call.callee().name().equals(UPDATE);
        if (call.callee().name().equals(LOOKUP) && findsInner(call, operation)) {
            resumeInner(call, ((Answer.Of) answer).value());
        } else if (update && (operation instanceof VisibleOperation.Lookup || answer instanceof Answer.Of of && of.value() instanceof Value.Pointer)) {
            updateInPlace(call, ((Answer.Of) answer).value());
        } else {
            if (operation instanceof VisibleOperation.Lookup l) {
                noteLookup(call.machine(), l, ((Answer.Of) answer).value());
            } else if (operation instanceof VisibleOperation.Update u && answer instanceof Answer.Bound bound) {
                Script.stored(call.machine(), bound.element(), 0, u.value());
            }
            call.finish(answer);
        }
    }

    private static boolean findsInner(Call call, VisibleOperation operation) {
        return operation instanceof VisibleOperation.Load
                || operation instanceof VisibleOperation.Lookup l && call.config().map(l.map()).replacements().notEmpty();
    }

    private static void resumeInner(Call call, Value answer) {
        if (answer instanceof Value.Pointer entry) {
            call.stop(new VisibleOperation.Load((Region.Element) entry.region(), 0, ENTRY, true));
        } else {
            long inner = ((Constant) ((Value.Scalar) answer).term()).value();
            call.finish(new Answer.Of(inner == 0 ? Value.of(0) : Value.to(new Region.MapHandle((int) inner - 1), 0)));
        }
    }

    /**
     * A lookup that finds nothing is remembered, one that finds something settles older misses of the same key: at once, or, where they
     * name it otherwise, once it is known to be theirs.
     */
    static void noteLookup(Machine m, VisibleOperation.Lookup lookup, Value found) {
        m.misses = m.misses.reject(x -> x.map() == lookup.map() && x.key().equals(lookup.key()));
        if (found.is(0) || m.misses.anySatisfy(x -> x.map() == lookup.map() && !x.found())) {
            m.misses = m.misses.newWith(new MissedLookup(lookup.map(), lookup.key(), m.pc, false, !found.is(0)));
        }
    }

    /** An update that copies into the element found: always in arrays, with BPF_F_LOCK in hash maps. */
    private static void updateInPlace(Call call, Value found) {
        MapDefinition map = call.map(1).orElseThrow();
        long flags = call.constant(4).orElseThrow();
        Optional<ValueLayout.SpecialField> lock = map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK);
        boolean array = map.type() != MapType.HASH;
        if ((flags & ~Flags.LOCK) > Flags.EXIST || locked(flags) && lock.isEmpty()) {
            call.finish(Value.of(Errno.EINVAL.result()));
        } else if (found instanceof Value.Pointer p && (flags & Flags.NOEXIST) == 0) {
            Cells value = call.arguments().bytes(call.machine(), 3, map.valueSize()).orElseThrow();
            call.finishAfter(copy(call, map, (Region.Element) p.region(), value, locked(flags) ? lock : Optional.empty()), Value.of(0));
        } else if (found instanceof Value.Pointer) {
            call.finish(Value.of(Errno.EEXIST.result()));
        } else if (array) {
            call.finish(Value.of(Errno.E2BIG.result()));
        } else if ((flags & Flags.EXIST) != 0) {
            call.finish(Value.of(Errno.ENOENT.result()));
        } else {
            var key = call.arguments().key(call.machine(), 2, map.keySize()).orElseThrow();
            Cells value = call.arguments().bytes(call.machine(), 3, map.valueSize()).orElseThrow();
            call.stop(bind(call, map, key, value, flags));
        }
    }

    private static ImmutableList<VisibleOperation> copy(Call call, MapDefinition map, Region.Element element, Cells value,
            Optional<ValueLayout.SpecialField> lock) {
        var steps = Lists.mutable.<VisibleOperation>empty();
        lock.ifPresent(l -> steps.add(new VisibleOperation.Acquire(element, l.offset(), LockCall.PLAIN)));
        steps.addAllIterable(ArgumentMemory.copyIn(element, 0, call.plainBytes(map, value), map.valueSize()));
        lock.ifPresent(l -> steps.add(new VisibleOperation.Release(element, l.offset(), LockCall.PLAIN)));
        return steps.toImmutable();
    }
}
