package bpfmc.explorer.system.symmetry;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Dictionary;
import bpfmc.explorer.system.StateLayout;
import bpfmc.model.kernel.MapType;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.Renamed;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.KeyPartition.FreeElement;
import bpfmc.model.memory.KeyPartition.KeyClass;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Consistency;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Elements of a map whose keys are followed in classes have numbers by the order in which their keys were met; so states that differ
 * in that order only are alike, whatever programs do. A representative is found by sorting: each class of keys has a sort key, made of
 * its names, of what its element holds and of who knows its address; elements that are bound come in the order of their classes, then those that
 * are free, then those that only somebody's address or an unknown still names. Equal ones stay in their order, so a class of states may
 * keep several representatives. Nothing but the contents of the state decides ({@link Names}), not even the numbers that they have.
 *
 * <p>Not of per-CPU maps, whose elements are several; nor where locks are taken step by step, which gives them numbers too.
 */
public final class ElementSymmetry implements Symmetry {
    private final BpfSystem system;
    private final List<OfMap> maps;
    private final int[] scratch;

    private ElementSymmetry(BpfSystem system, List<OfMap> maps) {
        this.system = system;
        this.maps = maps;
        this.scratch = new int[system.width()];
    }

    /** {@return which states of the system differ in the numbers of elements only} */
    public static Symmetry of(BpfSystem system) {
        List<OfMap> maps = new ArrayList<>();
        movable(system.scenario()).stream().forEach(map -> maps.add(new OfMap(system, map)));
        return maps.isEmpty() ? Symmetry.NONE : new ElementSymmetry(system, maps);
    }

    /** {@return the maps whose elements may change places} */
    static BitSet movable(Scenario scenario) {
        BitSet maps = new BitSet();
        if (scenario.rules().lock() == LockImplementation.SPECIFICATION && scenario.rules().memory() == Consistency.SEQUENTIAL) {
            scenario.object().maps().select(ElementSymmetry::followedInClasses).each(m -> maps.set(m.index()));
        }
        return maps;
    }

    private static boolean followedInClasses(MapDefinition map) {
        return map.data().isEmpty() && (map.type() == MapType.HASH || map.type() == MapType.LRU_HASH || map.type() == MapType.ARRAY);
    }

    @Override
    public boolean marked() {
        return system.dictionary().marked();
    }

    @Override
    public void canonical(int[] state, int last, int[] names) {
        for (OfMap map : maps) {
            if (!marked() && map.arrange(state, scratch)) {
                System.arraycopy(scratch, 0, state, 0, state.length);
            }
        }
        Symmetry.NONE.canonical(state, last, names);
    }

    @Override
    public void rename(int[] state, int[] names, int[] renamed) {
        Symmetry.NONE.rename(state, names, renamed);
    }

    @Override
    public void byAppearance(int[] appearance, int[] names) {
        Symmetry.NONE.byAppearance(appearance, names);
    }

    /** The elements of one map. */
    private static final class OfMap {
        private final BpfSystem system;
        private final Dictionary dictionary;
        private final int map;
        private final StateLayout layout;
        private final ElementNames names;
        private final List<RenamingCache<PrivateState>> nodes = new ArrayList<>();
        private final RenamingCache<Element> elements;
        private final RenamingCache<KeyPartition> bindings;
        private final Map<ImmutableList<Key>, Long> keys = new HashMap<>();
        private final Map<Arrangement, Integer> arranged = new HashMap<>();
        /** How many elements there were when those of this map were looked at last. */
        private int counted = -1;
        /** Those bound before the first step, and those bound by updates, each by rising index. */
        private int[] initial = {};
        private int[] created = {};
        /** All of them, those bound before the first step first. */
        private int[] movable = {};

        private record Arrangement(int bindings, ImmutableIntList order, ImmutableIntList bound, ImmutableIntList free) {}

        OfMap(BpfSystem system, int map) {
            this.system = system;
            this.dictionary = system.dictionary();
            this.map = map;
            this.layout = dictionary.layout();
            this.names = new ElementNames(dictionary.slots(), map);
            for (ThreadAutomaton automaton : system.automata().all()) {
                nodes.add(new RenamingCache<>(names, dictionary, automaton::state, automaton::number, Renamed::of,
                    ContentHash::of, ContentHash::of));
            }
            this.elements = new RenamingCache<>(names, dictionary, dictionary.elements()::value, dictionary.elements()::number, Element::rename,
                ContentHash::of, ContentHash::of);
            this.bindings = new RenamingCache<>(names, dictionary, dictionary.bindings()::value, dictionary.bindings()::number, KeyPartition::rename,
                BindingsHash::inAnyOrder, BindingsHash::inAnyOrder);
        }

        /** {@return whether the state's representative is another one, which is written then} */
        boolean arrange(int[] state, int[] result) {
            refresh();
            KeyPartition known = dictionary.bindings().value(state[layout.bindings(map)]);
            int[] slots = movable.length + known.classes().size() < 2 ? movable : mentioned(state, known);
            if (slots.length < 2 && known.classes().size() < 2) {
                return false;
            }
            int[] places = new int[system.scenario().object().maps().size() + system.slots().count()];
            int[] order = arrange(state, known, slots, places);
            boolean same = true;
            for (int i = 0; i < order.length && same; i++) {
                same = order[i] == i;
            }
            for (int i = 0; i < slots.length && same; i++) {
                same = places[slots[i]] == slots[i];
            }
            if (!same) {
                move(state, result, order, places);
            }
            return !same;
        }

        /** {@return the elements that anything in the state names, in the order of all of them} */
        private int[] mentioned(int[] state, KeyPartition known) {
            BitSet slots = new BitSet();
            known.classes().each(c -> {
                if (c.element() != KeyPartition.ABSENT) {
                    slots.set(c.element());
                }
            });
            known.free().each(f -> slots.set(f.element()));
            each(state, (mentions, number, where, role) -> {
                for (int slot : mentions.named(number)) {
                    slots.set(slot);
                }
            });
            for (int slot : movable) {
                int component = layout.elementIfAny(slot);
                if (component >= 0 && state[component] != 0) {
                    slots.set(slot);
                }
            }
            int[] found = new int[movable.length];
            int count = 0;
            for (int slot : movable) {
                if (slots.get(slot)) {
                    found[count++] = slot;
                }
            }
            return Arrays.copyOf(found, count);
        }

        /** Is shown a part of a state. */
        private interface Part {
            void see(RenamingCache<?> mentions, int number, int where, int role);
        }

        /** Shows the parts of a state that may name elements, elements of this map themselves aside. */
        private void each(int[] state, Part part) {
            for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
                part.see(nodes.get(system.automaton(agent)), state[agent], agent, 1);
            }
            for (int slot : layout.slots()) {
                int component = layout.element(slot);
                if (state[component] != 0) {
                    part.see(elements, state[component], system.slots().mapOf(slot) == map ? 0 : Names.code(system.slots().name(slot)), 2);
                }
            }
            for (int other = 0; other < system.scenario().object().maps().size(); other++) {
                part.see(bindings, state[layout.bindings(other)], other, 3);
            }
        }

        /**
         * Finds the representative: what is bound in the order of its classes, then what is free, then the rest.
         *
         * @param places is told the new numbers of elements by the old ones @return the old places of classes by the new ones
         */
        private int[] arrange(int[] state, KeyPartition known, int[] slots, int[] places) {
            int[] at = new int[places.length];
            Arrays.fill(at, -1);
            for (int i = 0; i < slots.length; i++) {
                at[slots[i]] = i;
            }
            long[] keyOf = elementKeys(state, slots, at);
            ImmutableList<KeyClass> classes = known.classes();
            long[] classKeys = new long[classes.size()];
            for (int i = 0; i < classKeys.length; i++) {
                int slot = classes.get(i).element();
                classKeys[i] = Names.part(namesOf(classes.get(i).keys()), slot == KeyPartition.ABSENT ? 0 : 1, 5)
                        + (slot == KeyPartition.ABSENT ? 0 : keyOf[at[slot]] * 3);
            }
            for (FreeElement free : known.free()) {
                keyOf[at[free.element()]] += Names.part(free.cpu(), 0, 6);
                classKeys[free.lastClass()] += keyOf[at[free.element()]] * 5;
            }
            int[] order = sorted(classKeys.length, (a, b) -> Long.compare(classKeys[a], classKeys[b]));
            int[] ranks = ranks(known, at, order, slots.length);
            int[] byRank = sorted(slots.length, (a, b) -> ranks[a] != ranks[b] ? Integer.compare(ranks[a], ranks[b]) : Long.compare(keyOf[a], keyOf[b]));
            Arrays.setAll(places, slot -> slot);
            assign(initial, slots, byRank, places);
            assign(created, slots, byRank, places);
            return order;
        }

        /** {@return for each of the elements a number made of who names it how, and of what it holds} @param at the index of each */
        private long[] elementKeys(int[] state, int[] slots, int[] at) {
            long[] keyOf = new long[slots.length];
            each(state, (mentions, number, where, role) -> {
                int[] named = mentions.named(number);
                for (int n = 0; n < named.length; n++) {
                    if (at[named[n]] >= 0) {
                        keyOf[at[named[n]]] += Names.part(where, mentions.seen(number, n), role);
                    }
                }
            });
            for (int i = 0; i < slots.length; i++) {
                int component = layout.elementIfAny(slots[i]);
                keyOf[i] += component < 0 || state[component] == 0 ? 0 : Names.part(0, elements.seenBy(state[component], slots[i]), 4);
            }
            return keyOf;
        }

        /** {@return for each element its place in the order, by what it is and by its class; equal ones are sorted by their keys} */
        private static int[] ranks(KeyPartition known, int[] at, int[] order, int elements) {
            int[] ranks = new int[elements];
            Arrays.fill(ranks, 2 * order.length);
            for (int place = 0; place < order.length; place++) {
                int slot = known.classes().get(order[place]).element();
                if (slot != KeyPartition.ABSENT) {
                    ranks[at[slot]] = place;
                }
                for (FreeElement free : known.free()) {
                    if (free.lastClass() == order[place]) {
                        ranks[at[free.element()]] = order.length + place;
                    }
                }
            }
            return ranks;
        }

        /** Gives the elements of a series the lowest numbers, by their ranks. The numbers that nothing names any more go to whoever is left. */
        private static void assign(int[] series, int[] slots, int[] byRank, int[] places) {
            BitSet ofSeries = new BitSet();
            for (int slot : series) {
                ofSeries.set(slot);
            }
            int next = 0;
            for (int i : byRank) {
                if (ofSeries.get(slots[i])) {
                    places[slots[i]] = series[next++];
                    ofSeries.clear(slots[i]);
                }
            }
            for (int slot : series) {
                if (ofSeries.get(slot)) {
                    places[slot] = series[next++];
                }
            }
        }

        /** Looks at the elements that the map has by now. */
        private void refresh() {
            if (system.slots().count() != counted) {
                counted = system.slots().count();
                initial = series(ElementIds.Series.INITIAL);
                created = series(ElementIds.Series.CREATED);
                movable = IntStream.concat(Arrays.stream(initial), Arrays.stream(created)).toArray();
            }
        }

        private int[] series(ElementIds.Series series) {
            return IntStream.range(0, system.scenario().object().maps().size() + counted)
                    .filter(s -> system.slots().mapOf(s) == map && system.slots().name(s).series() == series).boxed()
                    .sorted(Comparator.comparingLong(s -> system.slots().name(s).index())).mapToInt(s -> s).toArray();
        }

        /** {@return a hash of the names of a class of keys} */
        private long namesOf(ImmutableList<Key> keyNames) {
            return keys.computeIfAbsent(keyNames, k -> ContentHash.of(k.collect(names.coded()::of).toSortedList()));
        }

        /** {@return the numbers from 0 on, sorted; equal ones in their order} */
        private static int[] sorted(int count, IntBinaryOperator comparison) {
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                int at = i;
                for (; at > 0 && comparison.applyAsInt(order[at - 1], i) > 0; at--) {
                    order[at] = order[at - 1];
                }
                order[at] = i;
            }
            return order;
        }

        private void move(int[] state, int[] result, int[] order, int[] places) {
            Arrays.fill(result, 0);
            for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
                result[agent] = nodes.get(system.automaton(agent)).renamed(state[agent], places);
            }
            for (int other = 0; other < system.scenario().object().maps().size(); other++) {
                int component = layout.bindings(other);
                result[component] = bindings.renamed(other == map ? arranged(state[component], order, places) : state[component], places);
            }
            for (int i = 0, known = layout.slots().size(); i < known; i++) {
                int slot = layout.slots().get(i);
                int number = state[layout.element(slot)];
                if (number != 0) {
                    result[layout.element(places[slot])] = elements.renamed(number, places);
                }
            }
        }

        /** {@return the number of the bindings with their classes in this order, and their elements in these places} */
        private int arranged(int number, int[] order, int[] places) {
            KeyPartition known = dictionary.bindings().value(number);
            var arrangement = new Arrangement(number, IntLists.immutable.of(order), known.classes().collectInt(c ->
                    c.element() == KeyPartition.ABSENT ? KeyPartition.ABSENT : places[c.element()]), known.free().collectInt(f -> places[f.element()]));
            Integer result = arranged.get(arrangement);
            if (result == null) {
                result = dictionary.bindings().number(known.arranged(order, slot -> places[slot]));
                if (!dictionary.marked()) {
                    arranged.put(arrangement, result);
                }
            }
            return result;
        }
    }
}
