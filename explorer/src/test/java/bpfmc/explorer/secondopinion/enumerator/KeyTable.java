package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Operations of one agent on the keys of a hash map. */
final class KeyTable {
    static final long NOEXIST = 1;
    static final long EXIST = 2;
    private static final long F_LOCK = 4;
    private static final long ENOENT = -2;
    private static final long EEXIST = -17;
    private static final long EINVAL = -22;
    private static final long EDEADLK = -35;
    private static final long E2BIG = -7;
    private static final long ENOMEM = -12;

    private final World w;
    private final int agent;
    private final Run run;
    private final int map;
    private final MapSpec spec;
    private final Choices choices;

    KeyTable(World w, int agent, int map, Choices choices) {
        this.w = w;
        this.agent = agent;
        this.run = w.mine(agent);
        this.map = map;
        this.spec = w.setup.maps().get(map);
        this.choices = choices;
    }

    /** {@return the key's element or {@link World#ABSENT}; of a key met for the first time both are tried} */
    private int find(long key) {
        World.Keys keys = w.keys[map];
        Integer known = keys.met().get(key);
        if (known != null) {
            return known;
        }
        boolean room = keys.peak() < spec.maxEntries() && (!spec.preallocated() || allocated() < spec.maxEntries());
        if (room && choices.of(2) == 1) {
            w.elements.add(Element.unseen(map, spec.valueSize()).boundTo(key));
            w.keys[map] = keys.with(key, w.elements.size() - 1, keys.peak() + 1);
        } else {
            w.keys[map] = keys.with(key, World.ABSENT, keys.peak());
        }
        return w.keys[map].met().get(key);
    }

    /** {@return the keys of the map, those never asked for included} */
    List<Long> keys() {
        for (long key : w.setup.unknowns().numbers(Source.KEY, -1, 0, spec.keySize())) {
            find(Arithmetic.cut(key, spec.keySize()));
        }
        return w.keys[map].met().entrySet().stream().filter(e -> e.getValue() != World.ABSENT).map(java.util.Map.Entry::getKey).toList();
    }

    Value address(long key) {
        int element = find(key);
        return Value.toElement(element, w.elements.get(element).binding());
    }

    /** {@return how many of the map's elements are known, spare ones aside} */
    private int allocated() {
        return (int) w.elements.stream().filter(e -> e.map() == map && e.spareOf() == Element.NOBODY).count();
    }

    Value lookup(long key) {
        int element = find(key);
        List<Miss> misses = new ArrayList<>(run.misses);
        misses.removeIf(m -> m.map() == map && m.key() == key);
        if (element == World.ABSENT) {
            misses.add(new Miss(map, key, run.pc, false));
        }
        run.misses = List.copyOf(misses);
        return element == World.ABSENT ? Value.ZERO : Value.toElement(element, w.elements.get(element).binding());
    }

    long delete(long key) {
        if (insideAnother()) {
            return EDEADLK;
        }
        int element = find(key);
        if (element == World.ABSENT) {
            return ENOENT;
        }
        w.disturb(map);
        int cpu = spec.preallocated() ? Element.NOBODY : w.agent(agent).cpu();
        w.change(element, e -> e.unbound(cpu));
        w.keys[map] = w.keys[map].with(key, World.ABSENT, w.keys[map].peak());
        return 0;
    }

    /** {@return the flags of an update} */
    static long known(long flags) {
        if ((flags & F_LOCK) != 0) {
            throw new NotEnumerated("an update that takes the lock");
        }
        return flags;
    }

    long update(long key, Bytes value, long flags) {
        if (known(flags) > EXIST || flags < 0) {
            return EINVAL;
        }
        if (insideAnother()) {
            return EDEADLK;
        }
        int old = find(key);
        if (old == World.ABSENT) {
            return flags == EXIST ? ENOENT : insert(key, value);
        }
        if (flags == NOEXIST) {
            return EEXIST;
        }
        int cpu = w.agent(agent).cpu();
        List<Integer> spare = those(e -> e.spareOf() == cpu);
        boolean others = !spec.preallocated() || spare.isEmpty();
        int way = choices.of(spare.size() + (others ? 1 : 0) + (spec.preallocated() ? 0 : 1));
        if (way == spare.size() + (others ? 1 : 0)) {
            return ENOMEM;
        }
        w.change(old, e -> e.unbound(cpu));
        bind(key, way < spare.size() ? spare.get(way) : unseen(), value);
        return 0;
    }

    /** An NMI may come while the run below it has a bucket of the map locked. */
    private boolean insideAnother() {
        boolean below = w.agent(agent).level() == Setup.Level.NMI && w.stacks.get(w.agent(agent).cpu()).stream()
                .anyMatch(other -> other != agent && Helpers.changesKeysOf(w, other) == map);
        return below && choices.of(2) == 1;
    }

    private long insert(long key, Bytes value) {
        World.Keys keys = w.keys[map];
        if (keys.bound() == spec.maxEntries()) {
            return E2BIG;
        }
        int freedOn = spec.preallocated() ? Element.NOBODY : w.agent(agent).cpu();
        List<Integer> free = those(e -> !e.bound() && e.spareOf() == freedOn);
        boolean others = !spec.preallocated() || allocated() < spec.maxEntries();
        int way = choices.of(1 + free.size() + (others ? 1 : 0));
        if (way == 0) {
            return E2BIG;
        }
        w.keys[map] = keys.with(key, World.ABSENT, Math.max(keys.peak(), keys.bound() + 1));
        bind(key, way <= free.size() ? free.get(way - 1) : unseen(), value);
        run.misses = run.misses.stream().filter(m -> m.map() != map || m.key() != key).toList();
        for (int other = 0; other < w.runs.length; other++) {
            if (other != agent && !w.runs[other].misses.isEmpty()) {
                Run its = w.mine(other);
                its.misses = its.misses.stream().map(m -> m.map() == map && m.key() == key ? new Miss(map, key, m.slot(), true) : m).toList();
            }
        }
        return 0;
    }

    private List<Integer> those(java.util.function.Predicate<Element> which) {
        List<Integer> those = new ArrayList<>();
        for (int i = 0; i < w.elements.size(); i++) {
            if (w.elements.get(i).map() == map && which.test(w.elements.get(i))) {
                those.add(i);
            }
        }
        return those;
    }

    private int unseen() {
        w.elements.add(Element.unseen(map, spec.valueSize()));
        return w.elements.size() - 1;
    }

    private void bind(long key, int element, Bytes value) {
        w.disturb(map);
        Bytes bytes = Objects.requireNonNull(w.elements.get(element)).bytes();
        for (int i = 0; i < spec.valueSize(); i++) {
            if (!spec.special(i)) {
                bytes = bytes.storing(agent, w.runs.length, i, 1, value.number(i, 1), value.loads(0, i, 1));
            }
        }
        Bytes filled = bytes;
        w.change(element, e -> e.with(filled).boundTo(key));
        w.keys[map] = w.keys[map].with(key, element, w.keys[map].peak());
        for (int other = 0; other < w.runs.length; other++) {
            if (other != agent && !w.runs[other].loads.isEmpty()) {
                Run its = w.mine(other);
                its.loads = its.loads.stream().map(l -> l.valueStoredTo(map, key, 0, spec.valueSize())).toList();
            }
        }
    }
}
