package bpfmc.explorer.system.symmetry;

import bpfmc.explorer.scenario.AlikeCpus;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Dictionary;
import bpfmc.explorer.system.Node;
import bpfmc.explorer.system.StateLayout;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.Renamed;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CPUs that are {@linkplain AlikeCpus alike} may change places. A representative is found by sorting: each CPU has
 * a key, made of what its agents' nodes and all parts of shared memory look like from there, in which no other CPU has a
 * number. Elements that may change places themselves ({@link ElementSymmetry}) are told apart only where that decides: then the order of CPUs does not
 * depend on that of elements. CPUs with equal keys stay in their order, so a class of states may keep several representatives where two CPUs
 * differ in nothing but how they relate to third ones. Which ones depends on the contents of states only ({@link Names}).
 */
public final class CpuSymmetry implements Symmetry {
    private final BpfSystem system;
    private final CpuNames names;
    private final StateLayout layout;
    private final int[][] classes;
    private final List<RenamingCache<PrivateState>> nodes;
    private final RenamingCache<Element> elements;
    private final RenamingCache<KeyPartition> bindings;
    private final int[] ranks;
    /** What CPUs see where elements are not told apart, and what they see. */
    private final long[] rough;
    private final long[] keys;
    private final int[] places;
    private final int[] order;
    private final int[] scratch;
    /** Whether CPUs of one kind had equal keys when they were last sorted. */
    private boolean equals;

    private CpuSymmetry(BpfSystem system, int[] kinds) {
        Dictionary dictionary = system.dictionary();
        this.system = system;
        this.names = new CpuNames(system.scenario(), dictionary.slots(), kinds, ElementSymmetry.movable(system.scenario()));
        this.layout = dictionary.layout();
        this.classes = classes(kinds);
        this.nodes = new ArrayList<>();
        for (ThreadAutomaton automaton : system.automata().all()) {
            nodes.add(new RenamingCache<>(names, dictionary, automaton::state, automaton::number, Renamed::of,
                    ContentHash::of, ContentHash::of));
        }
        this.elements = new RenamingCache<>(names, dictionary, dictionary.elements()::value, dictionary.elements()::number, Element::rename,
                ContentHash::of, ContentHash::of);
        this.bindings = new RenamingCache<>(names, dictionary, dictionary.bindings()::value, dictionary.bindings()::number, KeyPartition::rename,
                b -> BindingsHash.exactly(b, dictionary.slots()), BindingsHash::inAnyOrder);
        this.ranks = new int[kinds.length];
        this.rough = new long[kinds.length];
        this.keys = new long[kinds.length];
        this.places = new int[kinds.length];
        this.order = new int[kinds.length];
        this.scratch = new int[system.width()];
    }

    /** {@return which states of the system differ in the numbers of CPUs only; none are told where lock words name CPUs} */
    public static Symmetry of(BpfSystem system) {
        int[] kinds = AlikeCpus.kinds(system.scenario());
        return classes(kinds).length == 0 || system.scenario().rules().lock().keepsCpuWords() || system.buffers() > 0 ? Symmetry.NONE : new CpuSymmetry(system, kinds);
    }

    /** {@return for each kind of more than one CPU the CPUs, ascending} */
    private static int[][] classes(int[] kinds) {
        return Arrays.stream(kinds).distinct()
                .mapToObj(kind -> java.util.stream.IntStream.range(0, kinds.length).filter(cpu -> kinds[cpu] == kind).toArray())
                .filter(cpus -> cpus.length > 1).toArray(int[][]::new);
    }

    @Override
    public boolean marked() {
        return system.dictionary().marked();
    }

    // ---- representatives

    @Override
    public void canonical(int[] state, int last, int[] renamed) {
        Arrays.fill(keys, 0);
        computeKeys(state, rough, true);
        if (last >= 0) {
            rough[names.cpu(last)] -= 1;
        }
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = cpu;
        }
        boolean moved = sort();
        if (equals && names.tellsElementsApart()) {
            computeKeys(state, keys, false);
            moved = sort();
        }
        for (int agent = 0; agent < renamed.length; agent++) {
            renamed[agent] = names.agentOn(agent, places[names.cpu(agent)]);
        }
        if (moved) {
            move(state, places, scratch);
            System.arraycopy(scratch, 0, state, 0, state.length);
        }
    }

    private boolean sort() {
        boolean moved = false;
        equals = false;
        for (int[] alike : classes) {
            moved |= sort(alike);
        }
        return moved;
    }

    /** Gives the CPUs of one kind new places by their keys, equal ones in their order. {@return whether any has moved} */
    private boolean sort(int[] alike) {
        boolean moved = false;
        for (int i = 0; i < alike.length; i++) {
            int at = i;
            for (; at > 0 && comesAfter(order[at - 1], alike[i]); at--) {
                order[at] = order[at - 1];
            }
            order[at] = alike[i];
            moved |= at != i;
        }
        for (int i = 0; i < alike.length; i++) {
            places[order[i]] = alike[i];
        }
        return moved;
    }

    private boolean comesAfter(int cpu, int other) {
        if (ranks[cpu] != ranks[other]) {
            return ranks[cpu] > ranks[other];
        }
        if (rough[cpu] != rough[other]) {
            return rough[cpu] > rough[other];
        }
        equals |= keys[cpu] == keys[other];
        return keys[cpu] > keys[other];
    }

    /** @param into is told what each CPU sees @param roughly whether elements that may change places themselves are not told apart */
    private void computeKeys(int[] state, long[] into, boolean roughly) {
        Arrays.fill(into, 0);
        for (int cpu = 0; cpu < into.length; cpu++) {
            int[] agents = names.agents(cpu);
            ranks[cpu] = agents.length == 0 ? 0 : rank(system.node(state, agents[0]));
            for (int i = 0; i < agents.length; i++) {
                addOwn(nodes.get(system.automaton(agents[i])), state[agents[i]], cpu, i, into, roughly);
            }
        }
        for (int map = 0; map < system.scenario().object().maps().size(); map++) {
            addNamed(bindings, state[layout.bindings(map)], map, 5, into, roughly);
        }
        List<Integer> slots = layout.slots();
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.get(i);
            int number = state[layout.element(slot)];
            if (number != 0) {
                int where = roughly && names.movable(slot) ? 0 : names.family(slot);
                int cpu = names.cpuOfSlot(slot);
                if (cpu < 0) {
                    addNamed(elements, number, where, 4, into, roughly);
                } else {
                    addOwn(elements, number, cpu, where, into, roughly);
                }
            }
        }
    }

    /** Adds a part of the state that is a CPU's own, and that may name others. @param where in that CPU */
    private static void addOwn(RenamingCache<?> of, int number, int cpu, int where, long[] into, boolean roughly) {
        int[] named = of.named(number);
        into[cpu] += Names.part(where, roughly ? of.roughlySeenBy(number, cpu) : of.seenBy(number, cpu), 0);
        for (int n = 0; n < named.length; n++) {
            if (named[n] != cpu) {
                into[named[n]] += Names.part(where, roughly ? of.roughlySeen(number, n) : of.seen(number, n), 1);
            }
        }
    }

    private static void addNamed(RenamingCache<?> of, int number, int where, int role, long[] into, boolean roughly) {
        int[] named = of.named(number);
        for (int n = 0; n < named.length; n++) {
            into[named[n]] += Names.part(where, roughly ? of.roughlySeen(number, n) : of.seen(number, n), role);
        }
    }

    /** {@return how far a run has come, roughly} CPUs in this order have small numbers of private states first, which packs better. */
    private static int rank(Node node) {
        return node.ended() ? 0 : node.operation() instanceof VisibleOperation.Start ? 1 : 2 + node.state().pc();
    }

    // ---- renaming

    @Override
    public void byAppearance(int[] appearance, int[] renamed) {
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = cpu;
        }
        Arrays.fill(ranks, 0);
        Arrays.fill(rough, 0);
        Arrays.fill(keys, Long.MAX_VALUE);
        for (int i = appearance.length - 1; i >= 0; i--) {
            keys[names.cpu(appearance[i])] = i;
        }
        sort();
        for (int agent = 0; agent < renamed.length; agent++) {
            renamed[agent] = names.agentOn(agent, places[names.cpu(agent)]);
        }
    }

    @Override
    public void rename(int[] state, int[] renamed, int[] result) {
        for (int cpu = 0; cpu < places.length; cpu++) {
            int[] agents = names.agents(cpu);
            places[cpu] = agents.length == 0 ? cpu : names.cpu(renamed[agents[0]]);
        }
        move(state, places, result);
    }

    private void move(int[] state, int[] to, int[] result) {
        Arrays.fill(result, 0);
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            result[names.agentOn(agent, to[names.cpu(agent)])] = nodes.get(system.automaton(agent)).renamed(state[agent], to);
        }
        for (int map = 0; map < system.scenario().object().maps().size(); map++) {
            int component = layout.bindings(map);
            result[component] = bindings.renamed(state[component], to);
        }
        for (int i = 0, known = layout.slots().size(); i < known; i++) {
            int slot = layout.slots().get(i);
            int number = state[layout.element(slot)];
            if (number != 0) {
                result[layout.element(names.slotMoved(slot, to))] = elements.renamed(number, to);
            }
        }
    }
}
