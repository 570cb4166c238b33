package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.space.Symmetry;
import bpfmc.model.Reading;
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
import bpfmc.model.value.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Elements of a map whose keys are followed in classes have numbers by the order in which their keys were met; so states that differ
 * in that order only are alike, whatever programs do. A representative is found by sorting: each class of keys has a sort key, made of
 * its names, of what its element holds and of who knows its address; elements that are bound come in the order of their classes, then those that
 * are free, then those that only somebody's address or an unknown still names. Equal ones stay in their order, so a class of states may
 * keep several representatives. Nothing but the state decides, so several threads come to the same one.
 *
 * <p>Not of per-CPU maps, whose elements are several; nor where locks are taken step by step, which gives them numbers too.
 */
final class ElementSymmetry implements Symmetry {
    private final BpfSystem system;
    private final List<OfMap> maps;
    private final int[] scratch;

    private ElementSymmetry(BpfSystem system, List<OfMap> maps) {
        this.system = system;
        this.maps = maps;
        this.scratch = new int[system.width()];
    }

    /** {@return which states of the system differ in the numbers of elements only} */
    static Symmetry of(BpfSystem system) {
        List<OfMap> maps = new ArrayList<>();
        if (system.scenario().rules().lock() == LockImplementation.SPECIFICATION) {
            system.scenario().object().maps().select(ElementSymmetry::followedInClasses).each(m -> maps.add(new OfMap(system, m.index())));
        }
        return maps.isEmpty() ? Symmetry.NONE : new ElementSymmetry(system, maps);
    }

    private static boolean followedInClasses(MapDefinition map) {
        return map.data().isEmpty() && (map.type() == MapType.HASH || map.type() == MapType.LRU_HASH || map.type() == MapType.ARRAY);
    }

    @Override
    public Symmetry reader() {
        return new ElementSymmetry(system, maps);
    }

    @Override
    public long named() {
        return maps.stream().mapToLong(OfMap::named).sum();
    }

    @Override
    public void canonical(int[] state, int last, int[] names) {
        for (OfMap map : maps) {
            if (map.arrange(state, scratch)) {
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
        private final int map;
        private final StateLayout layout;
        private final List<RenamingCache<PrivateState>> nodes = new ArrayList<>();
        private final RenamingCache<Element> elements;
        private final RenamingCache<KeyPartition> bindings;
        private final Map<ImmutableList<Key>, Integer> keys = new HashMap<>();
        private final Map<Arrangement, Integer> arranged = new HashMap<>();
        /** How many elements there were when those of this map were looked at last. */
        private int counted = -1;
        private int[] initial = {};
        private int[] created = {};
        private int[] movable = {};

        private record Arrangement(int bindings, ImmutableIntList order, ImmutableIntList bound, ImmutableIntList free) {}

        OfMap(BpfSystem system, int map) {
            var names = new ElementNames(system.slots(), map);
            this.system = system;
            this.map = map;
            this.layout = system.layout();
            ImmutableList<AgentPlace> agents = system.scenario().agents();
            for (int agent = 0; agent < agents.size(); agent++) {
                if (system.automaton(agent) == nodes.size()) {
                    var automaton = system.automatonOf(agent);
                    nodes.add(new RenamingCache<>(names, automaton::state, automaton::number, Renamed::of));
                }
            }
            this.elements = new RenamingCache<>(names, system.elements()::value, system.elements()::number, Element::rename);
            this.bindings = new RenamingCache<>(names, system.bindings()::value, system.bindings()::number, KeyPartition::rename);
        }

        long named() {
            long views = elements.views() + bindings.views() + keys.size() + arranged.size();
            for (RenamingCache<PrivateState> one : nodes) {
                views += one.views();
            }
            return views;
        }

        /** {@return whether the state's representative is another one, which is written then} */
        boolean arrange(int[] state, int[] result) {
            refresh();
            KeyPartition known = system.bindings().value(state[layout.bindings(map)]);
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

        /** {@return the elements that anything in the state names, ascending} */
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
            for (int agent = 0; agent < system.actors(); agent++) {
                part.see(nodes.get(system.automaton(agent)), state[agent], agent, 1);
            }
            for (int slot : layout.slots()) {
                int component = layout.element(slot);
                if (state[component] != 0) {
                    part.see(elements, state[component], system.slots().mapOf(slot) == map ? 0 : component, 2);
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
            long[] keyOf = new long[slots.length];
            each(state, (mentions, number, where, role) -> {
                int[] named = mentions.named(number);
                for (int n = 0; n < named.length; n++) {
                    int at = Arrays.binarySearch(slots, named[n]);
                    if (at >= 0) {
                        keyOf[at] += Names.part(where, mentions.seen(number, n), role);
                    }
                }
            });
            for (int i = 0; i < slots.length; i++) {
                int component = layout.elementIfAny(slots[i]);
                keyOf[i] += component < 0 || state[component] == 0 ? 0 : Names.part(0, elements.seenBy(state[component], slots[i]), 4);
            }
            ImmutableList<KeyClass> classes = known.classes();
            long[] classKeys = new long[classes.size()];
            for (int i = 0; i < classKeys.length; i++) {
                int slot = classes.get(i).element();
                classKeys[i] = Names.part(number(classes.get(i).keys()), slot == KeyPartition.ABSENT ? 0 : 1, 5)
                        + (slot == KeyPartition.ABSENT ? 0 : keyOf[Arrays.binarySearch(slots, slot)] * 3);
            }
            for (FreeElement free : known.free()) {
                keyOf[Arrays.binarySearch(slots, free.element())] += Names.part(free.cpu(), 0, 6);
                classKeys[free.lastClass()] += keyOf[Arrays.binarySearch(slots, free.element())] * 5;
            }
            int[] order = sorted(classKeys);
            assign(slots, ranks(known, slots, order, keyOf), places);
            return order;
        }

        /** {@return for each element a number by which those of a series are sorted: by what they are, their class, and their key} */
        private static long[] ranks(KeyPartition known, int[] slots, int[] order, long[] keyOf) {
            long[] ranks = new long[slots.length];
            for (int i = 0; i < slots.length; i++) {
                ranks[i] = rank(2, 0, keyOf[i]);
            }
            for (int at = 0; at < order.length; at++) {
                int slot = known.classes().get(order[at]).element();
                if (slot != KeyPartition.ABSENT) {
                    ranks[Arrays.binarySearch(slots, slot)] = rank(0, at, 0);
                }
                for (FreeElement free : known.free()) {
                    if (free.lastClass() == order[at]) {
                        int i = Arrays.binarySearch(slots, free.element());
                        ranks[i] = rank(1, at, keyOf[i]);
                    }
                }
            }
            return ranks;
        }

        private static long rank(int what, int at, long key) {
            return (long) what << 60 | (long) at << 44 | key >>> 20;
        }

        /** Gives the elements of each series the lowest numbers, by their ranks; equal ones in their order. */
        private void assign(int[] slots, long[] ranks, int[] places) {
            Arrays.setAll(places, slot -> slot);
            int[] byRank = sorted(ranks);
            assign(initial, slots, byRank, places);
            assign(created, slots, byRank, places);
        }

        /** The numbers of a series that nothing names any more go to whoever is left. */
        private static void assign(int[] series, int[] slots, int[] byRank, int[] places) {
            BitSet given = new BitSet();
            int next = 0;
            for (int i : byRank) {
                if (Arrays.binarySearch(series, slots[i]) >= 0) {
                    places[slots[i]] = series[next++];
                    given.set(slots[i]);
                }
            }
            for (int slot : series) {
                if (!given.get(slot)) {
                    places[slot] = series[next++];
                }
            }
        }

        /** Learns of the elements that the map has by now. */
        private void refresh() {
            if (system.slots().count() != counted) {
                Reading.mayLearn();
                counted = system.slots().count();
                initial = series(ElementIds.Series.INITIAL);
                created = series(ElementIds.Series.CREATED);
                movable = IntStream.concat(Arrays.stream(initial), Arrays.stream(created)).sorted().toArray();
            }
        }

        private int[] series(ElementIds.Series series) {
            return IntStream.range(0, system.scenario().object().maps().size() + counted)
                    .filter(s -> system.slots().mapOf(s) == map && system.slots().name(s).series() == series).toArray();
        }

        private int number(ImmutableList<Key> names) {
            Integer known = keys.get(names);
            if (known == null) {
                Reading.mayLearn();
                known = keys.size();
                keys.put(names, known);
            }
            return known;
        }

        /** {@return the old places of what stands at the new ones} */
        private static int[] sorted(long[] sortKeys) {
            int[] order = new int[sortKeys.length];
            for (int i = 0; i < order.length; i++) {
                int at = i;
                for (; at > 0 && sortKeys[order[at - 1]] > sortKeys[i]; at--) {
                    order[at] = order[at - 1];
                }
                order[at] = i;
            }
            return order;
        }

        private void move(int[] state, int[] result, int[] order, int[] places) {
            Arrays.fill(result, 0);
            for (int agent = 0; agent < system.actors(); agent++) {
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
            KeyPartition known = system.bindings().value(number);
            var arrangement = new Arrangement(number, IntLists.immutable.of(order), known.classes().collectInt(c ->
                    c.element() == KeyPartition.ABSENT ? KeyPartition.ABSENT : places[c.element()]), known.free().collectInt(f -> places[f.element()]));
            Integer result = arranged.get(arrangement);
            if (result == null) {
                Reading.mayLearn();
                result = system.bindings().number(known.arranged(order, slot -> places[slot]));
                arranged.put(arrangement, result);
            }
            return result;
        }
    }
}
