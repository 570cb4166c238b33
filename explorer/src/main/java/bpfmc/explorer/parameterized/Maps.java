package bpfmc.explorer.parameterized;

import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.system.UnreadMemory;
import bpfmc.model.kernel.Behaviour;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.memory.SequentialConsistency;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Operations on the keys of maps, of which one key is followed: the tracked one. In a map of the focus it is bound or
 * absent; every other key, and every key in other maps, may be there or
 * not, each time anew, and finds an element that is nobody's concern.
 */
final class Maps {
    private static final int MOST_FIXED = 4;

    private final BpfObject object;
    private final Focus focus;
    private final ElementNames names;
    private final CpuRules rules;
    private final MemoryModel model;
    private final Consumer<Key> constants;

    /** @param constants is told of each constant that a program uses as a key where the tracked key is looked for */
    Maps(BpfObject object, Focus focus, ElementNames names, CpuRules rules, Consumer<Key> constants) {
        this.object = object;
        this.focus = focus;
        this.names = names;
        this.rules = rules;
        this.constants = constants;
        this.model = new SequentialConsistency(object, names.ids(), rules.lock(), rules.timeouts(), rules.kernel(), KeptContents.ALL);
    }

    // ---- kinds of maps

    /** {@return whether each index of the map has its own element, followed by its own name} As in the memory model. */
    static boolean fixed(MapDefinition map) {
        return array(map) && !map.sizeUnknown() && map.maxEntries() <= MOST_FIXED;
    }

    static boolean array(MapDefinition map) {
        return map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY || map.type() == MapType.ARRAY_OF_MAPS;
    }

    /** {@return whether every key of the map is bound for good} */
    static boolean always(MapDefinition map) {
        return array(map) || map.type().alwaysThere();
    }

    private static boolean leastRecentlyUsed(MapDefinition map) {
        return map.type() == MapType.LRU_HASH || map.type() == MapType.LRU_PERCPU_HASH;
    }

    private MapDefinition map(int index) {
        return object.maps().get(index);
    }

    String name(int map) {
        return map(map).name();
    }

    boolean perCpu(int map) {
        return map(map).type().perCpu();
    }

    boolean tracked(int map) {
        return focus.keyed().contains(map);
    }

    /** {@return whether the answer depends on the shared part, or changes it} */
    boolean dependsOnShared(VisibleOperation.MapOperation o) {
        return tracked(o.map()) && !((o instanceof VisibleOperation.Lookup || o instanceof VisibleOperation.Walk) && always(map(o.map())));
    }

    // ---- answers

    static Answer result(long value) {
        return new Answer.Of(Value.of(value));
    }

    private static Answer found(int slot) {
        return new Answer.Of(Value.to(new Region.Element(slot, Region.Life.BOUND), 0));
    }

    /** {@return whom taking a plain lock concerns: runs below on the CPU, whose word of flags it overwrites} */
    ImmutableList<Notice> wordOverwritten() {
        return rules.discipline() == LockIrqMode.IRQSAVE ? Lists.immutable.with(new Notice.Told(new Invalidation.WordOverwritten(0), true)) : Lists.immutable.empty();
    }

    /** {@return how taking a resilient lock may fail: at any time, which is more often than it does} */
    ImmutableList<Long> refusals() {
        return Lists.immutable.with(Errno.EDEADLK.result(), Errno.ETIMEDOUT.result());
    }

    // ---- keys

    /** {@return whether the key may be the tracked one, and whether it may be another one} */
    private ImmutableList<Boolean> mayBeTracked(Key key, PrivateState run, KeyTable keys) {
        if (key.words().size() != focus.words()) {
            return Lists.immutable.with(false);
        }
        if (key.isConstant()) {
            constants.accept(key);
            return Lists.immutable.with(focus.constant().equals(Optional.of(key)));
        }
        Optional<Boolean> known = keys.of(key).or(() -> focus.constant().flatMap(c -> equalByFacts(key, c, run)));
        return known.map(Lists.immutable::with).orElseGet(() -> Lists.immutable.with(true, false));
    }

    private static Optional<Boolean> equalByFacts(Key key, Key constant, PrivateState run) {
        boolean all = true;
        for (int i = 0; i < key.words().size(); i++) {
            Optional<Boolean> equal = run.facts().decide(Comparison.equal(key.words().get(i), constant.words().get(i), true));
            if (equal.isPresent() && !equal.get()) {
                return equal;
            }
            all &= equal.isPresent();
        }
        return all ? Optional.of(true) : Optional.empty();
    }

    /** {@return the tracked key, where it is a constant} */
    ImmutableList<Key> constant() {
        return focus.constant().map(Lists.immutable::with).orElseGet(Lists.immutable::empty);
    }

    private static KeyTable decided(KeyTable keys, Key key, boolean tracked) {
        return key.isConstant() ? keys : keys.with(key, tracked);
    }

    /** {@return whether the key may be the tracked one} */
    boolean mayBeTracked(int map, Key key, PrivateState run, KeyTable keys) {
        return tracked(map) && mayBeTracked(key, run, keys).contains(true);
    }

    // ---- operations

    /** {@return every way in which the operation can come out} Of an operation that is followed. */
    ImmutableList<Way> step(VisibleOperation.MapOperation operation, Runner by, Shared shared) {
        return switch (operation) {
            case VisibleOperation.Lookup o when fixed(map(o.map())) -> model.step(o, new MemoryModel.Agent(0, 0, by.nmi(), 1, by.run().facts()), new UnreadMemory())
                    .collect(outcome -> new Way(outcome.answer(), shared, by.keys()));
            case VisibleOperation.Lookup o -> keyed(o, by, (tracked, keys) -> tracked ? lookupTracked(o, shared, keys) : lookupOther(o, by, shared, keys));
            case VisibleOperation.Update o -> insideAnother(by, shared).newWithAll(
                    keyed(o, by, (tracked, keys) -> tracked ? updateTracked(o, shared, keys) : updateOther(o, by, shared, keys)));
            case VisibleOperation.Delete o -> insideAnother(by, shared).newWithAll(
                    keyed(o, by, (tracked, keys) -> tracked ? deleteTracked(o, shared, keys) : deleteOther(shared, keys)));
            case VisibleOperation.LookupOnCpu o -> throw new IllegalStateException("not followed: " + o);
            case VisibleOperation.Walk o -> keyed(o, by, (tracked, keys) -> tracked ? walkTracked(o, shared, keys) : walkOther(o, by, shared, keys));
            case VisibleOperation.LockBucket o -> throw new IllegalStateException("not followed: " + o);
            case VisibleOperation.UnlockBucket o -> throw new IllegalStateException("not followed: " + o);
            case VisibleOperation.BeginTimer o -> throw new IllegalStateException("not followed: " + o);
            case VisibleOperation.EndTimer o -> throw new IllegalStateException("not followed: " + o);
        };
    }

    /**
     * The run that performs an operation. @param mentioned tells of names of elements whether the run has a use for
     * them
     */
    record Runner(PrivateState run, KeyTable keys, boolean nmi, Mentions mentions) {}

    private interface Decided {
        ImmutableList<Way> ways(boolean tracked, KeyTable keys);
    }

    private ImmutableList<Way> keyed(VisibleOperation.MapOperation o, Runner by, Decided decided) {
        if (!tracked(o.map())) {
            return decided.ways(false, by.keys());
        }
        return mayBeTracked(o.key(), by.run(), by.keys()).flatCollect(t -> decided.ways(t, decided(by.keys(), o.key(), t)));
    }

    /** {@return that an index is one of an array's; empty for other maps} */
    private Optional<Literal> inside(VisibleOperation.Lookup o) {
        MapDefinition map = map(o.map());
        return array(map) && !map.sizeUnknown() ? Optional.of(new Literal(new Comparison(Comparison.Order.LESS_UNSIGNED, o.key().words().getFirst(),
                Terms.constant(map.maxEntries())), true)) : Optional.empty();
    }

    private static Answer learning(Answer answer, Optional<Literal> literal) {
        return literal.<Answer>map(l -> new Answer.Of(((Answer.Of) answer).value(), Lists.immutable.with(l))).orElse(answer);
    }

    private ImmutableList<Way> lookupTracked(VisibleOperation.Lookup o, Shared shared, KeyTable keys) {
        MapDefinition map = map(o.map());
        int current = names.current(o.map());
        if (always(map)) {
            return Lists.immutable.with(new Way(learning(found(current), inside(o)), shared, keys));
        }
        if (!shared.bound().contains(o.map())) {
            return Lists.immutable.with(new Way(result(0), shared, keys));
        }
        Way there = new Way(found(current), shared, keys);
        return !leastRecentlyUsed(map) ? Lists.immutable.with(there)
                : Lists.immutable.with(there, new Way(result(0), shared.unbinding(o.map(), current), gone(o.map()), keys, current));
    }

    private ImmutableList<Notice> gone(int map) {
        return Lists.immutable.with(new Notice.Told(new Invalidation.Unlinked(names.current(map)), false));
    }

    private ImmutableList<Way> lookupOther(VisibleOperation.Lookup o, Runner by, Shared shared, KeyTable keys) {
        MapDefinition map = map(o.map());
        MutableList<Way> ways = others(o.map(), by).collect(slot -> new Way(learning(found(slot), inside(o)), shared, keys)).toList();
        if (array(map)) {
            ways.add(new Way(learning(result(0), inside(o).map(Literal::negated)), shared, keys));
        } else if (!map.type().alwaysThere()) {
            ways.add(new Way(result(0), shared, keys));
        }
        return ways.toImmutable();
    }

    /**
     * {@return names for an element of another key: a new one, or one in which the run has put what it had loaded: it
     * may be the same element}
     */
    private ImmutableList<Integer> others(int map, Runner by) {
        return by.mentions().parkedIn(names, map).newWith(unused(map, by));
    }

    private int unused(int map, Runner by) {
        for (int i = 0;; i++) {
            int slot = names.untracked(map, i);
            if (!by.mentions().contains(slot)) {
                return slot;
            }
        }
    }

    /** A walk may come to the key at any time, and again: keys may have come and gone. */
    private ImmutableList<Way> walkTracked(VisibleOperation.Walk o, Shared shared, KeyTable keys) {
        boolean there = always(map(o.map())) || shared.bound().contains(o.map());
        return there ? Lists.immutable.with(new Way(found(names.current(o.map())), shared, keys)) : Lists.immutable.empty();
    }

    private ImmutableList<Way> walkOther(VisibleOperation.Walk o, Runner by, Shared shared, KeyTable keys) {
        return others(o.map(), by).collect(slot -> new Way(found(slot), shared, keys)).newWith(new Way(result(0), shared, by.keys()));
    }

    private ImmutableList<Way> insideAnother(Runner by, Shared shared) {
        return by.nmi() ? Lists.immutable.with(new Way(result((Behaviour.BUCKET_GUARD_BUSY.in(rules.kernel()) ? Errno.EBUSY : Errno.EDEADLK).result()), shared, by.keys()))
                : Lists.immutable.empty();
    }

    private static long mode(VisibleOperation.Update o) {
        return o.flags() & ~Flags.LOCK;
    }

    private static boolean knownMode(VisibleOperation.Update o) {
        return mode(o) == 0 || mode(o) == Flags.NOEXIST || mode(o) == Flags.EXIST;
    }

    private ImmutableList<Way> updateTracked(VisibleOperation.Update o, Shared shared, KeyTable keys) {
        if (!knownMode(o)) {
            return Lists.immutable.with(new Way(result(Errno.EINVAL.result()), shared, keys));
        }
        MapDefinition map = map(o.map());
        int current = names.current(o.map());
        boolean bound = shared.bound().contains(o.map());
        boolean locked = mode(o) != o.flags();
        if (bound && mode(o) == Flags.NOEXIST) {
            return Lists.immutable.with(new Way(result(Errno.EEXIST.result()), shared, keys));
        }
        if (!bound && mode(o) == Flags.EXIST) {
            return Lists.immutable.with(new Way(result(Errno.ENOENT.result()), shared, keys));
        }
        if (bound && locked) {
            return Lists.immutable.with(new Way(found(current), shared, keys));
        }
        if (bound && map.type().perCpu()) {
            return Lists.immutable.with(new Way(new Answer.Bound(current), shared,
                    Lists.immutable.with(new Notice.Told(new Invalidation.Written(current, 0, map.valueSize()), true)), keys));
        }
        Notice told = bound ? new Notice.Told(new Invalidation.Replaced(current, current), false) : new Notice.Inserted(o.map(), map.type().perCpu());
        Way put = new Way(new Answer.Bound(current), shared.binding(o.map(), current), Lists.immutable.with(told), keys);
        return Lists.immutable.with(put, new Way(result((bound ? Errno.ENOMEM : Errno.E2BIG).result()), shared, keys));
    }

    private ImmutableList<Way> updateOther(VisibleOperation.Update o, Runner by, Shared shared, KeyTable keys) {
        if (!knownMode(o)) {
            return Lists.immutable.with(new Way(result(Errno.EINVAL.result()), shared, keys));
        }
        MutableList<Way> ways = Lists.mutable.empty();
        Lists.immutable.with(Errno.EEXIST, Errno.ENOENT, Errno.ENOMEM, Errno.E2BIG)
                .select(e -> e != Errno.EEXIST || mode(o) == Flags.NOEXIST).select(e -> e != Errno.ENOENT || mode(o) == Flags.EXIST)
                .each(e -> ways.add(new Way(result(e.result()), shared, keys)));
        if (mode(o) != o.flags() && mode(o) != Flags.NOEXIST) {
            others(o.map(), by).each(slot -> ways.add(new Way(found(slot), shared, keys)));
        }
        others(o.map(), by).each(slot -> ways.addAllIterable(putOther(o, slot, shared, keys)));
        return ways.toImmutable();
    }

    /**
     * An element that the tracked key had before may be the one that another key gets; of a full LRU map also the one
     * that it has now.
     */
    private ImmutableList<Way> putOther(VisibleOperation.Update o, int slot, Shared shared, KeyTable keys) {
        Answer answer = new Answer.Bound(slot);
        MutableList<Way> ways = Lists.mutable.with(new Way(answer, shared, keys));
        if (tracked(o.map()) && !map(o.map()).type().ofObjects()) {
            Notice recycled = new Notice.Recycled(o.map());
            ways.add(new Way(answer, shared, Lists.immutable.with(recycled), keys));
            if (leastRecentlyUsed(map(o.map())) && shared.bound().contains(o.map())) {
                ways.add(new Way(answer, shared.unbinding(o.map(), names.current(o.map())), gone(o.map()).newWith(recycled), keys));
            }
        }
        return ways.toImmutable();
    }

    private ImmutableList<Way> deleteTracked(VisibleOperation.Delete o, Shared shared, KeyTable keys) {
        return Lists.immutable.with(shared.bound().contains(o.map())
                ? new Way(result(0), shared.unbinding(o.map(), names.current(o.map())), gone(o.map()), keys)
                : new Way(result(Errno.ENOENT.result()), shared, keys));
    }

    private static ImmutableList<Way> deleteOther(Shared shared, KeyTable keys) {
        return Lists.immutable.with(new Way(result(0), shared, keys), new Way(result(Errno.ENOENT.result()), shared, keys));
    }
}
