package bpfmc.explorer.system;

import bpfmc.explorer.scenario.AlikeCpus;
import bpfmc.explorer.space.Symmetry;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.Renamed;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CPUs that are {@linkplain AlikeCpus alike} may change places. A representative is found by sorting: each CPU has
 * a key, made of what its agents' nodes and all parts of shared memory look like from there, in which no other CPU has a
 * number. CPUs with equal keys stay in their order, so a class of states may keep several representatives where two CPUs
 * differ in nothing but how they relate to third ones.
 */
final class CpuSymmetry implements Symmetry {
    private static final int NODE_SHIFT = 40;

    private final BpfSystem system;
    private final CpuNames names;
    private final StateLayout layout;
    private final int[][] classes;
    private final List<RenamingCache<PrivateState>> nodes;
    private final RenamingCache<Element> elements;
    private final RenamingCache<KeyPartition> bindings;
    private final long[] keys;
    private final int[] places;
    private final int[] order;
    private final int[] scratch;

    private CpuSymmetry(BpfSystem system, int[] kinds) {
        this.system = system;
        this.names = new CpuNames(system.scenario(), system.slots(), kinds);
        this.layout = system.layout();
        this.classes = classes(kinds);
        this.nodes = new ArrayList<>();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            if (system.automaton(agent) == nodes.size()) {
                var automaton = system.automatonOf(agent);
                nodes.add(new RenamingCache<>(names, automaton::state, automaton::number, Renamed::of));
            }
        }
        this.elements = new RenamingCache<>(names, system.elements()::value, system.elements()::number, Element::rename);
        this.bindings = new RenamingCache<>(names, system.bindings()::value, system.bindings()::number, KeyPartition::rename);
        this.keys = new long[kinds.length];
        this.places = new int[kinds.length];
        this.order = new int[kinds.length];
        this.scratch = new int[system.width()];
    }

    private CpuSymmetry(CpuSymmetry original) {
        this.system = original.system;
        this.names = original.names;
        this.layout = original.layout;
        this.classes = original.classes;
        this.nodes = original.nodes;
        this.elements = original.elements;
        this.bindings = original.bindings;
        this.keys = new long[original.keys.length];
        this.places = new int[keys.length];
        this.order = new int[keys.length];
        this.scratch = new int[system.width()];
    }

    @Override
    public Symmetry reader() {
        return new CpuSymmetry(this);
    }

    /** {@return which states of the system differ in the numbers of CPUs only} */
    static Symmetry of(BpfSystem system) {
        int[] kinds = AlikeCpus.kinds(system.scenario());
        return classes(kinds).length == 0 ? Symmetry.NONE : new CpuSymmetry(system, kinds);
    }

    /** {@return for each kind of more than one CPU the CPUs, ascending} */
    private static int[][] classes(int[] kinds) {
        return Arrays.stream(kinds).distinct()
                .mapToObj(kind -> java.util.stream.IntStream.range(0, kinds.length).filter(cpu -> kinds[cpu] == kind).toArray())
                .filter(cpus -> cpus.length > 1).toArray(int[][]::new);
    }

    @Override
    public long named() {
        long views = elements.views() + bindings.views();
        for (RenamingCache<PrivateState> one : nodes) {
            views += one.views();
        }
        return views;
    }

    // ---- representatives

    @Override
    public void canonical(int[] state, int last, int[] renamed) {
        computeKeys(state);
        if (last >= 0) {
            keys[names.cpu(last)] -= 1;
        }
        boolean moved = false;
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = cpu;
        }
        for (int[] alike : classes) {
            moved |= sort(alike);
        }
        for (int agent = 0; agent < renamed.length; agent++) {
            renamed[agent] = names.agentOn(agent, places[names.cpu(agent)]);
        }
        if (moved) {
            move(state, places, scratch);
            System.arraycopy(scratch, 0, state, 0, state.length);
        }
    }

    /** Gives the CPUs of one kind new places by their keys, equal ones in their order. {@return whether any has moved} */
    private boolean sort(int[] alike) {
        boolean moved = false;
        for (int i = 0; i < alike.length; i++) {
            int at = i;
            for (; at > 0 && keys[order[at - 1]] > keys[alike[i]]; at--) {
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

    private void computeKeys(int[] state) {
        Arrays.fill(keys, 0);
        for (int cpu = 0; cpu < keys.length; cpu++) {
            int[] agents = names.agents(cpu);
            for (int i = 0; i < agents.length; i++) {
                int number = state[agents[i]];
                RenamingCache<PrivateState> of = nodes.get(system.automaton(agents[i]));
                int[] named = of.named(number);
                keys[cpu] += i == 0 && named.length == 0 ? (long) number << NODE_SHIFT : part(i, of.seenBy(number, cpu), 0);
                for (int n = 0; n < named.length; n++) {
                    if (named[n] != cpu) {
                        keys[named[n]] += part(i, of.seen(number, n), 1);
                    }
                }
            }
        }
        for (int map = 0; map < system.scenario().object().maps().size(); map++) {
            addNamed(bindings, layout.bindings(map), state);
        }
        addElements(state);
    }

    private void addElements(int[] state) {
        List<Integer> slots = layout.slots();
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.get(i);
            int component = layout.element(slot);
            if (state[component] == 0) {
                continue;
            }
            int cpu = names.cpuOfSlot(slot);
            if (cpu < 0) {
                addNamed(elements, component, state);
            } else {
                int family = system.slots().onCpu(slot, 0);
                int number = state[component];
                int[] named = elements.named(number);
                for (int n = 0; n < named.length; n++) {
                    if (named[n] != cpu) {
                        keys[named[n]] += part(family, elements.seen(number, n), 2);
                    }
                }
                keys[cpu] += part(family, elements.seenBy(number, cpu), 3);
            }
        }
    }

    private <T> void addNamed(RenamingCache<T> mentions, int component, int[] state) {
        int[] named = mentions.named(state[component]);
        for (int n = 0; n < named.length; n++) {
            keys[named[n]] += part(component, mentions.seen(state[component], n), 4);
        }
    }

    /** {@return a number below that of any node, much the same for nothing else; sums of them tell sets apart} */
    private static long part(int where, int view, int role) {
        return Names.part(where, view, role) >>> Long.SIZE - NODE_SHIFT + 4;
    }

    // ---- renaming

    @Override
    public void byAppearance(int[] appearance, int[] renamed) {
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = cpu;
        }
        Arrays.fill(keys, Long.MAX_VALUE);
        for (int i = appearance.length - 1; i >= 0; i--) {
            keys[names.cpu(appearance[i])] = i;
        }
        for (int[] alike : classes) {
            sort(alike);
        }
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
