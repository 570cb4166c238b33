package bpfmc.model.memory;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.memory.ElementIds.Series;
import bpfmc.model.memory.Outcome.Change;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Operations on the keys of maps.
 *
 * <p>Small arrays are followed index by index. In all other maps keys are followed in classes ({@link KeyPartition}); a key
 * met for the first time may have been in the map from the start or not, so one search covers both. An insertion may
 * always fail with -E2BIG, because the map may be full of other keys.
 *
 * <p>Which element an update binds (kernel/bpf/hashtab.c, alloc_htab_elem, free_htab_elem, htab_map_delete_elem): a
 * preallocated map that replaces a key's element takes the CPU's spare one and keeps the old one as the next spare;
 * inserted keys take any element that was deleted before, or one that nobody has seen; with BPF_F_NO_PREALLOC memory
 * freed on a CPU may come back on that CPU at once.
 */
final class KeyedMaps {
    private static final int MOST_FIXED = 4;

    private static final long ANY = 0;

    private final BpfObject object;
    private final ElementIds slots;

    private final LockSteps locks;
    private final Kept kept;
    private final KernelVersion kernel;
    private final boolean walks;

    KeyedMaps(BpfObject object, ElementIds slots, LockSteps locks, Kept kept, KernelVersion kernel) {
        this.kernel = kernel;
        this.walks = object.programs().anySatisfy(p -> Calls.any(p, Use.WALKS));
        this.kept = kept;
        this.object = object;
        this.slots = slots;
        this.locks = locks;
    }

    /** {@return whether each index of the map has its own element from the start} */
    boolean fixed(int map) {
        return array(map) && !map(map).sizeUnknown() && map(map).maxEntries() <= MOST_FIXED;
    }

    private boolean array(int map) {
        MapType type = map(map).type();
        return type == MapType.ARRAY || type == MapType.PERCPU_ARRAY || type == MapType.ARRAY_OF_MAPS;
    }

    private MapDefinition map(int index) {
        return object.maps().get(index);
    }

    ImmutableList<Outcome> step(VisibleOperation.MapOperation operation, MemoryModel.Agent agent, MemoryModel.View view) {
        return switch (operation) {
            case VisibleOperation.Lookup o when fixed(o.map()) -> fixedLookup(o.map(), o.key(), agent, agent.cpu());
            case VisibleOperation.Lookup o -> lookup(o, agent, view);
            case VisibleOperation.LookupOnCpu o -> lookupOnCpu(o, agent, view);
            case VisibleOperation.Walk o -> walk(o, agent, view);
            case VisibleOperation.Update o -> update(o, agent, view);
            case VisibleOperation.Delete o -> delete(o, agent, view);
            case VisibleOperation.LockBucket o -> lockBucket(o, agent, view);
            case VisibleOperation.BeginTimer o -> beginTimer(o, agent, view);
            case VisibleOperation.EndTimer o -> Lists.immutable.with(Outcome.of(result(0)));
            case VisibleOperation.UnlockBucket o -> unlockBucket(o, agent, view);
        };
    }

    // ---- elements by known keys

    ImmutableList<Change> initially(ImmutableList<Given> given, int cpus) {
        Map<Integer, KeyPartition> bindings = new TreeMap<>();
        Map<Integer, Element> elements = new TreeMap<>();
        for (Given g : given.select(Given::isAbsent)) {
            KeyPartition known = bindings.getOrDefault(g.map(), KeyPartition.NONE);
            bindings.put(g.map(), known.classOf(g.key()) >= 0 ? known : known.founded(g.key(), KeyPartition.ABSENT, false));
        }
        for (Given g : given.reject(Given::isAbsent).newWithAll(innerMaps())) {
            if (!fixed(g.map())) {
                KeyPartition known = bindings.getOrDefault(g.map(), KeyPartition.NONE);
                boolean met = known.classOf(g.key()) >= 0;
                int slot = slots.of(new ElementIds.Name(g.map(), Series.INITIAL, known.initial(), 0));
                bindings.put(g.map(), met ? known : known.founded(g.key(), slot, true));
            }
            for (int slot : find(g.map(), g.key(), cpus, m -> bindings.getOrDefault(m, KeyPartition.NONE)).orElseThrow()) {
                elements.merge(slot, Element.UNTOUCHED, (old, none) -> old);
                elements.computeIfPresent(slot, (s, e) -> !kept.keeps(s, g.offset(), g.size()) ? e : e.write(s, g.offset(), g.size(), Terms.extract(Terms.constant(g.value()), 0, g.size())));
            }
        }
        MutableList<Change> changes = Lists.mutable.empty();
        bindings.forEach((map, b) -> changes.add(new Change.OfBindings(map, b)));
        elements.forEach((slot, e) -> changes.add(new Change.OfElement(slot, e)));
        return changes.toImmutable();
    }

    /** {@return the inner maps that are there at first, where any of them may be replaced} */
    private ImmutableList<Given> innerMaps() {
        return object.maps().select(m -> m.replacements().notEmpty()).flatCollect(m -> Lists.immutable.withAll(LongStream.range(0, m.maxEntries())
                .mapToObj(i -> new Given(m.index(), Key.of(i), 0, Long.BYTES, MapDefinition.descriptor(i < m.initialInner().size() ? m.initialInner().get((int) i) : -1)))
                .toList()));
    }

    /** @param key of known bytes */
    Optional<ImmutableList<Integer>> find(int map, Key key, int cpus, IntFunction<KeyPartition> bindings) {
        if (fixed(map)) {
            return Optional.of(Lists.immutable.withAll(IntStream.range(0, map(map).type().perCpu() ? cpus : 1)
                    .mapToObj(cpu -> fixedSlot(map, ((Constant) key.words().getFirst()).value(), cpu)).toList()));
        }
        KeyPartition known = bindings.apply(map);
        int index = known.classOf(key);
        return index < 0 ? Optional.empty() : Optional.of(onCpus(map, known.classes().get(index).element(), cpus));
    }

    ImmutableList<Integer> all(int map, int cpus, IntFunction<KeyPartition> bindings) {
        if (fixed(map)) {
            return Lists.immutable.withAll(LongStream.range(0, map(map).maxEntries()).boxed().toList())
                    .flatCollect(i -> find(map, Key.of(i), cpus, bindings).orElseThrow());
        }
        return bindings.apply(map).classes().flatCollect(c -> onCpus(map, c.element(), cpus));
    }

    private ImmutableList<Integer> onCpus(int map, int element, int cpus) {
        if (element == KeyPartition.ABSENT) {
            return Lists.immutable.empty();
        }
        return map(map).type().perCpu() ? Lists.immutable.withAll(IntStream.range(0, cpus).mapToObj(cpu -> slots.onCpu(element, cpu)).toList())
                : Lists.immutable.with(element);
    }

    // ---- arrays followed index by index

    private ImmutableList<Outcome> fixedLookup(int map, Key key, MemoryModel.Agent agent, int cpu) {
        Term index = key.words().getFirst();
        Range range = agent.facts().range(index);
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        long entries = map(map).maxEntries();
        for (long i = 0; i < entries; i++) {
            if (range.contains(i)) {
                outcomes.add(found(fixedSlot(map, i, cpu), Comparison.equal(index, Terms.constant(i), true)));
            }
        }
        if (Long.compareUnsigned(range.umax(), entries) >= 0) {
            outcomes.add(notFound(outside(map, index)));
        }
        return outcomes.toImmutable();
    }

    /** {@return that the index is one of the array's} */
    private Literal inside(int map, Term index) {
        return new Literal(new Comparison(Comparison.Order.LESS_UNSIGNED, index, entries(map)), true);
    }

    /**
     * {@return how many entries the map may have} Where the loader decides that, it is an unknown as what elements hold at first. It goes
     * by the place that the map's data would have if it were a data section, which it is not.
     */
    private Term entries(int map) {
        return map(map).sizeUnknown() ? new Symbol(Symbol.INITIAL, Symbol.Kind.ELEMENT, map, Symbol.LENGTH, Integer.BYTES) : Terms.constant(map(map).maxEntries());
    }

    /** {@return what an index outside of the array tells: of an array whose size is not known also that it has an entry at all} */
    private ImmutableList<Literal> outside(int map, Term index) {
        ImmutableList<Literal> outside = Lists.immutable.with(inside(map, index).negated());
        return map(map).sizeUnknown() ? outside.newWith(inside(map, Constant.ZERO)) : outside;
    }

    /** {@return whether the index is surely one of the array's, or surely none; empty where both can be} */
    private Optional<Boolean> surelyInside(VisibleOperation.Lookup o, MemoryModel.Agent agent, KeyPartition bindings) {
        Term index = o.key().words().getFirst();
        return map(o.map()).sizeUnknown() && (bindings.classOf(shared(o.key(), agent)) >= 0 || before(agent.facts().range(index), bindings))
                ? Optional.of(true) : agent.facts().decide(inside(o.map(), index));
    }

    /** {@return whether the index is the first, or not behind one that was found} */
    private static boolean before(Range index, KeyPartition bindings) {
        return index.umax() == 0 || bindings.classes().anySatisfy(c -> c.keys().anySatisfy(k -> k.words().getFirst() instanceof Constant found
                && Long.compareUnsigned(index.umax(), found.value()) <= 0));
    }

    private int fixedSlot(int map, long index, int cpu) {
        return map(map).data().isPresent() ? map
                : slots.of(new ElementIds.Name(map, Series.FIXED, index, map(map).type().perCpu() ? cpu : 0));
    }

    private ImmutableList<Outcome> lookupOnCpu(VisibleOperation.LookupOnCpu o, MemoryModel.Agent agent, MemoryModel.View view) {
        Range range = agent.facts().range(o.cpu());
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        for (int i = 0; i < agent.cpus(); i++) {
            if (range.contains(i)) {
                int cpu = i;
                ImmutableList<Outcome> found = fixed(o.map()) ? fixedLookup(o.map(), o.key(), agent, cpu)
                        : lookup(new VisibleOperation.Lookup(o.map(), o.key()),
                                new MemoryModel.Agent(agent.number(), cpu, agent.nmi(), agent.cpus(), agent.facts()), view);
                Literal chosen = Comparison.equal(o.cpu(), Terms.constant(cpu), true);
                outcomes.addAllIterable(found.collect(f -> f.learning(chosen)));
            }
        }
        Literal online = new Literal(new Comparison(Comparison.Order.LESS_UNSIGNED, o.cpu(), Terms.constant(agent.cpus())), true);
        return (Long.compareUnsigned(range.umax(), agent.cpus()) >= 0 ? outcomes.with(notFound(Lists.immutable.with(online.negated()))) : outcomes).toImmutable();
    }

    Answer onCpu(VisibleOperation.ElementOnCpu o, MemoryModel.Agent agent) {
        return o.cpu() >= agent.cpus() ? result(0)
                : new Answer.Of(Value.to(new Region.Element(slots.onCpu(o.element().slot(), o.cpu()), o.element().life()), 0));
    }

    private static Outcome found(int slot, Literal learned) {
        return Outcome.of(new Answer.Of(Value.to(new Region.Element(slot, Region.Life.BOUND), 0), Lists.immutable.with(learned)));
    }

    private static Outcome notFound(ImmutableList<Literal> learned) {
        return Outcome.of(new Answer.Of(Value.of(0), learned));
    }

    private static Answer found(int slot) {
        return new Answer.Of(Value.to(new Region.Element(slot, Region.Life.BOUND), 0));
    }

    private static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }

    private static Answer result(Errno error) {
        return result(error.result());
    }

    // ---- keys followed in classes

    /** A key resolved: the class it belongs to under these bindings. */
    private record Resolved(KeyPartition bindings, int index) {
        int element() {
            return bindings.classes().get(index).element();
        }
    }

    /** {@return the ways in which the key can relate to the keys met so far} */
    private MutableList<Resolved> resolve(int map, Key shared, MemoryModel.Agent agent, KeyPartition bindings, MemoryModel.View view) {
        int known = bindings.classOf(shared);
        if (known >= 0) {
            return Lists.mutable.with(new Resolved(bindings, known));
        }
        MutableList<Resolved> ways = Lists.mutable.empty();
        boolean sure = false;
        for (int i = 0; i < bindings.classes().size() && !sure; i++) {
            KeyPartition.KeyClass group = bindings.classes().get(i);
            Optional<Boolean> equal = equalElsewhere(map, shared, group, view).or(() -> equalByFacts(shared, group, agent));
            if (equal.orElse(true) && bindings.mayJoin(shared, i) && group.keys().noneSatisfy(k -> ofDifferentInputs(shared, k, view))) {
                sure = equal.isPresent();
                if (sure) {
                    ways.clear();
                }
                ways.add(new Resolved(bindings.joined(shared, i), i));
            }
        }
        return sure ? ways : ways.withAll(founded(map, shared, bindings));
    }

    /** {@return the ways in which the key can be one not met before} */
    private MutableList<Resolved> founded(int map, Key shared, KeyPartition bindings) {
        MutableList<Resolved> ways = Lists.mutable.empty();
        int founded = bindings.classes().size();
        if (!bindings.complete() && hasRoom(map, bindings) && (boundless(map) || bindings.initial() < map(map).maxEntries())) {
            int element = slots.of(new ElementIds.Name(map, Series.INITIAL, bindings.initial(), 0));
            ways.add(new Resolved(bindings.founded(shared, element, true), founded));
        }
        if (!array(map) && !map(map).type().alwaysThere()) {
            ways.add(new Resolved(bindings.founded(shared, KeyPartition.ABSENT, false), founded));
        }
        return ways;
    }

    /** {@return whether the key was assumed equal, or unequal, to a key of the class when both were met in another map} */
    private Optional<Boolean> equalElsewhere(int map, Key key, KeyPartition.KeyClass group, MemoryModel.View view) {
        for (int other = 0; other < object.maps().size(); other++) {
            KeyPartition bindings = other == map || fixed(other) ? KeyPartition.NONE : view.bindings(other);
            int mine = bindings.classOf(key);
            for (int k = 0; mine >= 0 && k < group.keys().size(); k++) {
                int theirs = bindings.classOf(group.keys().get(k));
                if (theirs >= 0) {
                    return Optional.of(mine == theirs);
                }
            }
        }
        return Optional.empty();
    }

    /** {@return whether keys of the map may also be met in another map whose keys are followed in classes: a u32 is one as a u64 too} */
    boolean keysElsewhere(int map) {
        return object.maps().anySatisfy(m -> m.index() != map && words(m) == words(map(map)) && followed(m) && !fixed(m.index()));
    }

    private static int words(MapDefinition map) {
        return (map.keySize() + Long.BYTES - 1) / Long.BYTES;
    }

    private static boolean followed(MapDefinition map) {
        return switch (map.type()) {
            case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> true;
            default -> map.type().ofObjects();
        };
    }

    /** {@return whether the keys hold, at the same place, inputs of two agents that are surely different} */
    private static boolean ofDifferentInputs(Key a, Key b, MemoryModel.View view) {
        for (int i = 0; i < a.words().size(); i++) {
            Term x = a.words().get(i);
            Term y = b.words().get(i);
            if (view.different(x, y) || view.different(Terms.extract(x, 0, 4), Terms.extract(y, 0, 4)) || view.different(Terms.extract(x, 4, 4), Terms.extract(y, 4, 4))) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the key is equal to those of the class, or unlike them, by what the agent knows of its unknowns} */
    private static Optional<Boolean> equalByFacts(Key shared, KeyPartition.KeyClass group, MemoryModel.Agent agent) {
        Optional<Boolean> known = Optional.empty();
        for (int k = 0; k < group.keys().size() && !known.equals(Optional.of(false)); k++) {
            Optional<Boolean> one = equalByFacts(shared, group.keys().get(k), agent);
            known = one.isPresent() ? one : known;
        }
        return known;
    }

    private static Optional<Boolean> equalByFacts(Key a, Key b, MemoryModel.Agent agent) {
        boolean all = true;
        for (int i = 0; i < a.words().size(); i++) {
            Optional<Boolean> word = agent.facts().decide(Comparison.equal(Element.toAgent(a.words().get(i), agent.number()),
                    Element.toAgent(b.words().get(i), agent.number()), true));
            if (word.isPresent() && !word.get()) {
                return word;
            }
            all &= word.isPresent();
        }
        return all ? Optional.of(true) : Optional.empty();
    }

    /** {@return the classes of keys, by index, that the key may be of} @param own by its name for the agent */
    ImmutableList<Integer> mayFind(int map, Key own, MemoryModel.Agent agent, MemoryModel.View view) {
        KeyPartition bindings = view.bindings(map);
        return resolve(map, shared(own, agent), agent, bindings, view).collect(Resolved::index)
                .select(i -> i < bindings.classes().size()).toImmutable();
    }

    private static Key shared(Key key, MemoryModel.Agent agent) {
        return new Key(key.words().collect(w -> Element.toShared(w, agent.number())));
    }

    private ImmutableList<Outcome> lookup(VisibleOperation.Lookup o, MemoryModel.Agent agent, MemoryModel.View view) {
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        Optional<Literal> inside = array(o.map()) ? Optional.of(inside(o.map(), o.key().words().getFirst())) : Optional.empty();
        Optional<Boolean> known = inside.flatMap(l -> surelyInside(o, agent, view.bindings(o.map())));
        if (inside.isPresent() && !known.orElse(false)) {
            outcomes.add(notFound(outside(o.map(), o.key().words().getFirst())));
        }
        if (known.isPresent() && !known.get()) {
            return outcomes.toImmutable();
        }
        for (Resolved way : resolve(o.map(), shared(o.key(), agent), agent, view.bindings(o.map()), view)) {
            Change change = new Change.OfBindings(o.map(), way.bindings());
            if (way.element() == KeyPartition.ABSENT) {
                outcomes.add(Outcome.of(result(0), change));
                continue;
            }
            int slot = map(o.map()).type().perCpu() ? slots.onCpu(way.element(), agent.cpu()) : way.element();
            Outcome found = Outcome.of(found(slot), change);
            outcomes.add(inside.map(found::learning).orElse(found));
            if (mayVanish(o.map(), way, agent, view)) {
                outcomes.add(vanished(o.map(), way));
            }
        }
        return outcomes.toImmutable();
    }

    // ---- walks

    private ImmutableList<Outcome> walk(VisibleOperation.Walk o, MemoryModel.Agent agent, MemoryModel.View view) {
        KeyPartition bindings = view.bindings(o.map());
        ImmutableList<Integer> been = o.changed() ? Lists.immutable.empty() : o.visited().collect(k -> bindings.classOf(shared(k, agent)));
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        for (Resolved way : resolve(o.map(), shared(o.key(), agent), agent, bindings, view)) {
            if (way.element() != KeyPartition.ABSENT && !been.contains(way.index())) {
                int slot = map(o.map()).type().perCpu() ? slots.onCpu(way.element(), agent.cpu()) : way.element();
                outcomes.add(Outcome.of(found(slot), new Change.OfBindings(o.map(), way.bindings())));
            }
        }
        boolean all = bindings.classes().zipWithIndex().allSatisfy(c -> c.getOne().element() == KeyPartition.ABSENT || been.contains(c.getTwo()));
        if (o.ahead() || o.changed()) {
            outcomes.add(Outcome.of(result(0)));
        } else if (all) {
            outcomes.add(Outcome.of(result(0), new Change.OfBindings(o.map(), bindings.completed())));
        }
        return outcomes.toImmutable();
    }

    private ImmutableList<Invalidation> rearranged(int map) {
        return walks ? Lists.immutable.with(new Invalidation.Rearranged(map)) : Lists.immutable.empty();
    }

    private boolean mayVanish(int map, Resolved way, MemoryModel.Agent agent, MemoryModel.View view) {
        return leastRecentlyUsed(map) && !watched(map, way.element(), agent, view) && view.bucketOwner(way.element()) < 0;
    }

    private static Outcome vanished(int map, Resolved way) {
        return Outcome.of(result(0), new Change.OfBindings(map, way.bindings().bound(way.index(), KeyPartition.ABSENT)));
    }

    /**
     * An entry of an LRU map may vanish at any time. Where a program of the scenario inserts, that may be any entry
     * ({@link #evicting}); entries that vanish because of others are only followed while nobody holds their address.
     */
    boolean leastRecentlyUsed(int map) {
        return map(map).type() == MapType.LRU_HASH || map(map).type() == MapType.LRU_PERCPU_HASH;
    }

    private ImmutableList<Outcome> update(VisibleOperation.Update o, MemoryModel.Agent agent, MemoryModel.View view) {
        long flags = o.flags() & ~Flags.LOCK;
        boolean locked = flags != o.flags();
        if (flags != ANY && flags != Flags.NOEXIST && flags != Flags.EXIST) {
            return Lists.immutable.with(Outcome.of(result(Errno.EINVAL)));
        }
        MutableList<Outcome> outcomes = Lists.mutable.withAll(insideAnother(o.map(), agent, view));
        for (Resolved way : resolve(o.map(), shared(o.key(), agent), agent, collected(o.map(), agent, view), view)) {
            Change met = new Change.OfBindings(o.map(), way.bindings());
            boolean bound = way.element() != KeyPartition.ABSENT;
            if (bound && !locked && busy(way, view)) {
                outcomes.addAllIterable(refused(way, met, agent, view));
            } else if (bound && flags == Flags.NOEXIST) {
                outcomes.add(Outcome.of(result(Errno.EEXIST), met));
            } else if (!bound && flags == Flags.EXIST) {
                outcomes.add(Outcome.of(result(Errno.ENOENT), met));
            } else if (bound && locked) {
                outcomes.add(Outcome.of(found(way.element()), met));
            } else if (bound && map(o.map()).type().perCpu()) {
                outcomes.add(writeOwn(o, way, agent, view));
            } else {
                if (bound || hasRoom(o.map(), way.bindings()) || leastRecentlyUsed(o.map())) {
                    outcomes.addAllIterable(bind(o, way, agent, view));
                }
                if (!bound || !preallocated(o.map())) {
                    outcomes.add(Outcome.of(result(bound ? Errno.ENOMEM : Errno.E2BIG), met));
                }
            }
        }
        return outcomes.toImmutable();
    }

    /** {@return whether one more key can be in the map besides those that are known to be (kernel/bpf/hashtab.c, is_map_full, and the free list of preallocated elements)} */
    private boolean hasRoom(int map, KeyPartition bindings) {
        return boundless(map) || bindings.boundCount() < map(map).maxEntries();
    }

    /** {@return whether no number of entries is known to be the most} Storage of kernel objects has none (kernel/bpf/bpf_local_storage.c). */
    private boolean boundless(int map) {
        return map(map).sizeUnknown() || map(map).type().ofObjects();
    }

    private boolean preallocated(int map) {
        return (map(map).flags() & MapDefinition.NO_PREALLOC) == 0;
    }

    /** {@return the outcomes of binding the key to each element that the allocator can give out} */
    private MutableList<Outcome> bind(VisibleOperation.Update o, Resolved way, MemoryModel.Agent agent, MemoryModel.View view) {
        boolean replaces = way.element() != KeyPartition.ABSENT;
        boolean spare = preallocated(o.map()) && replaces;
        int cpu = preallocated(o.map()) && !replaces ? KeyPartition.ANY_CPU : agent.cpu();
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        var reusable = way.bindings().free().select(f -> f.cpu() == cpu);
        if (!replaces && leastRecentlyUsed(o.map())) {
            outcomes.addAllIterable(evicting(o, way, agent, view));
        }
        if (!replaces && !hasRoom(o.map(), way.bindings())) {
            return outcomes;
        }
        reusable.each(f -> outcomes.add(bindTo(f.element(), f.lastClass() == way.index(), true, o, way, agent, view)));
        if (!spare || reusable.isEmpty()) {
            outcomes.add(bindTo(unusedSlot(o.map(), way.bindings(), agent, view), false, false, o, way, agent, view));
        }
        return outcomes;
    }

    /** {@return the outcomes of an insertion into a full LRU map: it takes the element of any other key, held or not} */
    private MutableList<Outcome> evicting(VisibleOperation.Update o, Resolved way, MemoryModel.Agent agent, MemoryModel.View view) {
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        for (int i = 0; i < way.bindings().classes().size(); i++) {
            int victim = way.bindings().classes().get(i).element();
            if (i != way.index() && victim != KeyPartition.ABSENT && view.bucketOwner(victim) < 0) {
                Outcome bound = bindTo(victim, false, true, o, new Resolved(way.bindings().bound(i, KeyPartition.ABSENT), way.index()), agent, view);
                outcomes.add(new Outcome(bound.answer(), bound.changes(), gone(o.map(), victim, agent).newWithAll(bound.notices())));
            }
        }
        return outcomes;
    }

    private ImmutableList<Invalidation> gone(int map, int element, MemoryModel.Agent agent) {
        return elements(map, element, agent).<Invalidation>collect(Invalidation.Unlinked::new).newWithAll(rearranged(map));
    }

    private ImmutableList<Integer> elements(int map, int element, MemoryModel.Agent agent) {
        return onCpus(map, element, agent.cpus());
    }

    /** {@return whether any agent may still use an address of this element, on whatever CPU} */
    private boolean watched(int map, int element, MemoryModel.Agent agent, MemoryModel.View view) {
        return elements(map, element, agent).anySatisfy(view::watched);
    }

    private int unusedSlot(int map, KeyPartition bindings, MemoryModel.Agent agent, MemoryModel.View view) {
        for (int i = 0;; i++) {
            int slot = slots.of(new ElementIds.Name(map, Series.CREATED, i, 0));
            if (!bindings.uses(slot) && !watched(map, slot, agent, view)) {
                return slot;
            }
        }
    }

    private Outcome bindTo(int slot, boolean sameKey, boolean reused, VisibleOperation.Update o, Resolved way,
            MemoryModel.Agent agent, MemoryModel.View view) {
        int old = way.element();
        KeyPartition after = way.bindings().withoutFree(slot).bound(way.index(), slot);
        MutableList<Invalidation> notices = Lists.mutable.withAll(rearranged(o.map()));
        if (reused) {
            notices.addAllIterable(elements(o.map(), slot, agent).collect(s -> new Invalidation.Reused(s, sameKey)));
        }
        if (old != KeyPartition.ABSENT) {
            after = freed(o.map(), after, new KeyPartition.FreeElement(old, agent.cpu(), way.index()));
            notices.add(new Invalidation.Replaced(old, slot));
        } else {
            notices.add(new Invalidation.Inserted(o.map(), way.bindings().classes().get(way.index()).keys()));
        }
        ImmutableList<Change> changes = elements(o.map(), slot, agent).collect(s -> new Change.OfElement(s, withNewTimer(s, contents(o, s, reused, agent, view))));
        return new Outcome(bound(o.map(), slot, agent), changes.newWith(new Change.OfBindings(o.map(), after)), notices.toImmutable());
    }

    private Answer bound(int map, int slot, MemoryModel.Agent agent) {
        return new Answer.Bound(map(map).type().perCpu() ? slots.onCpu(slot, agent.cpu()) : slot);
    }

    private Element withNewTimer(int slot, Element element) {
        MapDefinition map = map(slots.mapOf(slot));
        return Lists.immutable.with(Async.values()).select(a -> a.in(map)).injectInto(element, (e, a) -> TimerState.NEW.into(e, a, slot, map));
    }

    /** {@return what an element holds once it is bound} Of a per-CPU map the other CPUs' values are zero (pcpu_init_value). */
    private Element contents(VisibleOperation.Update o, int slot, boolean reused, MemoryModel.Agent agent, MemoryModel.View view) {
        Element before = reused ? view.element(slot) : Element.UNTOUCHED;
        if (o.onAllCpus()) {
            return filled(slot, before, o.value().from(slots.name(slot).cpu() * map(o.map()).valueStride(), map(o.map()).valueSize()), agent);
        }
        boolean other = map(o.map()).type().perCpu() && slot != slots.onCpu(slot, agent.cpu());
        return other ? zeroed(slot, map(o.map()).valueSize()) : filled(slot, before, o.value(), agent);
    }

    private Element filled(int slot, Element element, Cells value, MemoryModel.Agent agent) {
        return element.copyIn(slot, 0, kept.of(slot, 0, value).map(v -> Value.of(Element.toShared(((Value.Scalar) v).term(), agent.number()))));
    }

    /** A program's update of a key that is in a per-CPU map writes its own CPU's value where it is. */
    private Outcome writeOwn(VisibleOperation.Update o, Resolved way, MemoryModel.Agent agent, MemoryModel.View view) {
        int own = slots.onCpu(way.element(), agent.cpu());
        return new Outcome(new Answer.Bound(own), Lists.immutable.with(new Change.OfElement(own, filled(own, view.element(own), o.value(), agent)),
                new Change.OfBindings(o.map(), way.bindings())), Lists.immutable.with(new Invalidation.Written(own, 0, map(o.map()).valueSize())));
    }

    private Element zeroed(int slot, int bytes) {
        Element element = Element.UNTOUCHED;
        for (int at = 0; at < bytes; at += 8) {
            if (kept.keeps(slot, at, Math.min(8, bytes - at))) {
                element = element.write(slot, at, Math.min(8, bytes - at), Constant.ZERO);
            }
        }
        return element;
    }

    private ImmutableList<Outcome> delete(VisibleOperation.Delete o, MemoryModel.Agent agent, MemoryModel.View view) {
        if (array(o.map())) {
            return Lists.immutable.with(Outcome.of(result(Errno.EINVAL)));
        }
        return resolve(o.map(), shared(o.key(), agent), agent, collected(o.map(), agent, view), view).flatCollect(way -> {
            Change met = new Change.OfBindings(o.map(), way.bindings());
            if (way.element() == KeyPartition.ABSENT) {
                return Lists.immutable.with(Outcome.of(result(Errno.ENOENT), met));
            }
            return busy(way, view) ? refused(way, met, agent, view) : Lists.immutable.with(unlinked(o.map(), way, agent));
        }).withAll(insideAnother(o.map(), agent, view)).toImmutable();
    }

    private Outcome unlinked(int map, Resolved way, MemoryModel.Agent agent) {
        int cpu = preallocated(map) ? KeyPartition.ANY_CPU : agent.cpu();
        KeyPartition after = freed(map, way.bindings().bound(way.index(), KeyPartition.ABSENT), new KeyPartition.FreeElement(way.element(), cpu, way.index()));
        return new Outcome(result(0), Lists.immutable.with(new Change.OfBindings(map, after)),
                gone(map, way.element(), agent));
    }

    /**
     * {@return the bindings when the element can be given out again} That of a kernel object's storage only is when nobody holds its address any more: it is
     * freed after a grace period (kernel/bpf/bpf_local_storage.c, bpf_selem_free).
     */
    private KeyPartition freed(int map, KeyPartition bindings, KeyPartition.FreeElement element) {
        return map(map).type().ofObjects() ? bindings : bindings.withFree(element);
    }

    // ---- timers

    private ImmutableList<Outcome> beginTimer(VisibleOperation.BeginTimer o, MemoryModel.Agent agent, MemoryModel.View view) {
        ImmutableList<Outcome> found = fixed(o.map()) ? fixedLookup(o.map(), o.key(), agent, agent.cpu())
                : lookup(new VisibleOperation.Lookup(o.map(), o.key()), agent, view);
        return found.collect(f -> f.answer() instanceof Answer.Of of && of.value() instanceof Value.Pointer p
                ? expired(o, ((Region.Element) p.region()).slot(), f, of, view) : f);
    }

    private Outcome expired(VisibleOperation.BeginTimer o, int slot, Outcome found, Answer.Of answer, MemoryModel.View view) {
        TimerState timer = TimerState.in(view.element(slot), o.async(), slot, map(o.map()));
        if (view.runs(o.async(), slot) || !timer.mayRun(TimerState.of(o.callback()))) {
            return new Outcome(new Answer.Of(Value.of(0), answer.learned()), found.changes(), found.notices());
        }
        return new Outcome(answer, found.changes().newWith(new Change.OfElement(slot, timer.expired().into(view.element(slot), o.async(), slot, map(o.map())))),
                found.notices());
    }

    // ---- locks of buckets that are held over several steps

    private static boolean busy(Resolved way, MemoryModel.View view) {
        return view.bucketOwner(way.element()) >= 0;
    }

    /**
     * {@return none while the lock of the bucket is owned on another CPU; an error where a run below this one owns it}
     * The lock finds that out by itself, or a guard before it does ({@link Behaviour#BUCKET_GUARD_BUSY}); before Linux 5.11 the run waits for ever.
     */
    private ImmutableList<Outcome> refused(Resolved way, Change met, MemoryModel.Agent agent, MemoryModel.View view) {
        boolean guard = Behaviour.BUCKET_GUARD_BUSY.in(kernel);
        boolean noticed = guard || kernel.atLeast(6, 15);
        return noticed && view.cpuOf(view.bucketOwner(way.element())) == agent.cpu() ? Lists.immutable.with(Outcome.of(result(guard ? Errno.EBUSY : Errno.EDEADLK), met))
                : Lists.immutable.empty();
    }

    /**
     * {@return how an NMI may find the bucket where the run that it has interrupted is in the middle of what is one step here: locked, by its own CPU} The keys need not be the same:
     * buckets are shared. With interrupts off nobody else comes there. What the interrupted run does then comes after the NMI.
     */
    private ImmutableList<Outcome> insideAnother(int map, MemoryModel.Agent agent, MemoryModel.View view) {
        if (!agent.nmi() || !view.changesBelow(agent.number(), map)) {
            return Lists.immutable.empty();
        }
        if (!Behaviour.BUCKET_GUARD_BUSY.in(kernel) && !kernel.atLeast(6, 15)) {
            return Lists.immutable.with(Outcome.of(new Answer.Underway(new VisibleOperation.Unsupported("an NMI that waits for ever for a bucket which its own CPU has locked (Linux before 5.11)"))));
        }
        return Lists.immutable.with(Outcome.of(result(Behaviour.BUCKET_GUARD_BUSY.in(kernel) ? Errno.EBUSY : Errno.EDEADLK)));
    }

    /** Only system calls do this, and none of them begins on a CPU where another one has interrupts off. */
    private ImmutableList<Outcome> lockBucket(VisibleOperation.LockBucket o, MemoryModel.Agent agent, MemoryModel.View view) {
        MutableList<Outcome> outcomes = Lists.mutable.empty();
        for (Resolved way : resolve(o.map(), shared(o.key(), agent), agent, view.bindings(o.map()), view)) {
            Change met = new Change.OfBindings(o.map(), way.bindings());
            if (way.element() == KeyPartition.ABSENT) {
                outcomes.add(Outcome.of(result(0), met));
            } else if (!busy(way, view)) {
                outcomes.add(Outcome.of(found(way.element()), met));
                if (mayVanish(o.map(), way, agent, view)) {
                    outcomes.add(vanished(o.map(), way));
                }
            }
        }
        return outcomes.toImmutable();
    }

    /** The owner's key is where it was: nobody else can unbind it. */
    private ImmutableList<Outcome> unlockBucket(VisibleOperation.UnlockBucket o, MemoryModel.Agent agent, MemoryModel.View view) {
        return o.unlinks() ? resolve(o.map(), shared(o.key(), agent), agent, view.bindings(o.map()), view)
                .collect(way -> unlinked(o.map(), way, agent)).toImmutable() : Lists.immutable.with(Outcome.of(result(0)));
    }

    /** {@return the bindings without free elements that nobody can tell from new ones} */
    private KeyPartition collected(int map, MemoryModel.Agent agent, MemoryModel.View view) {
        KeyPartition bindings = view.bindings(map);
        for (KeyPartition.FreeElement free : bindings.free()) {
            if (!watched(map, free.element(), agent, view)
                    && !locks.leavesTrace(view.element(free.element()), free.element(), map(map).value().special())) {
                bindings = bindings.withoutFree(free.element());
            }
        }
        return bindings;
    }
}
