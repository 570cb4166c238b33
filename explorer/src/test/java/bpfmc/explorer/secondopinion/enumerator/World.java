package bpfmc.explorer.secondopinion.enumerator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One state of everything. A step changes a copy. */
final class World {
    static final int ABSENT = -1;
    /** Elements of larger arrays are noted when they are first met. */
    private static final int MOST_AT_ONCE = 4;

    /**
     * Which keys of a hash map find which elements.
     *
     * @param met keys that anybody has asked for, {@link #ABSENT} those that find nothing
     * @param peak how many keys the map has held at once at least, those met later than they were there included
     */
    record Keys(Map<Long, Integer> met, int peak) {
        Keys with(long key, int element, int most) {
            Map<Long, Integer> now = new TreeMap<>(met);
            now.put(key, element);
            return new Keys(now, most);
        }

        int bound() {
            return (int) met.values().stream().filter(e -> e != ABSENT).count();
        }
    }

    final Setup setup;
    final Run[] runs;
    final List<Element> elements;
    final Keys[] keys;
    final boolean[] interrupts;
    /** What bpf_spin_unlock will make of interrupts, one word a CPU. */
    final boolean[] lockWord;
    final List<List<Integer>> stacks;
    private final boolean[] copied;

    World(Setup setup) {
        this.setup = setup;
        int agents = setup.agents().size();
        runs = new Run[agents];
        Arrays.setAll(runs, i -> new Run());
        copied = new boolean[agents];
        elements = new ArrayList<>();
        keys = new Keys[setup.maps().size()];
        Arrays.fill(keys, new Keys(new TreeMap<>(), 0));
        interrupts = new boolean[setup.cpus()];
        Arrays.fill(interrupts, true);
        lockWord = new boolean[setup.cpus()];
        stacks = new ArrayList<>();
        for (int cpu = 0; cpu < setup.cpus(); cpu++) {
            stacks.add(List.of());
        }
        for (int map = 0; map < setup.maps().size(); map++) {
            for (long i = 0; !setup.maps().get(map).hash() && i < Math.min(MOST_AT_ONCE, setup.maps().get(map).maxEntries()); i++) {
                for (int cpu = 0; cpu < setup.cpus(); cpu++) {
                    ofArray(map, i, cpu);
                }
            }
        }
    }

    World(World other) {
        setup = other.setup;
        runs = other.runs.clone();
        copied = new boolean[runs.length];
        elements = new ArrayList<>(other.elements);
        keys = other.keys.clone();
        interrupts = other.interrupts.clone();
        lockWord = other.lockWord.clone();
        stacks = new ArrayList<>(other.stacks);
    }

    /** {@return the agent's run, to be changed} */
    Run mine(int agent) {
        if (!copied[agent]) {
            runs[agent] = new Run(runs[agent]);
            copied[agent] = true;
        }
        return runs[agent];
    }

    Setup.Agent agent(int agent) {
        return setup.agents().get(agent);
    }

    MapSpec mapOf(int element) {
        return setup.maps().get(elements.get(element).map());
    }

    boolean underway(int agent) {
        return runs[agent].status == Run.Status.UNDERWAY;
    }

    /** {@return whether another agent runs on top of this one} */
    boolean suspended(int agent) {
        List<Integer> stack = stacks.get(agent(agent).cpu());
        return stack.contains(agent) && stack.getLast() != agent;
    }

    void change(int element, UnaryOperator<Element> how) {
        elements.set(element, how.apply(elements.get(element)));
    }

    /** A key has come into the map, or gone. */
    void disturb(int map) {
        for (int agent = 0; agent < runs.length; agent++) {
            if (runs[agent].walks(map)) {
                mine(agent).disturb(map);
            }
        }
    }

    /** {@return the element of an array's index} */
    int ofArray(int map, long index, int cpu) {
        MapSpec spec = setup.maps().get(map);
        int own = spec.perCpu() ? cpu : 0;
        for (int i = 0; i < elements.size(); i++) {
            Element e = elements.get(i);
            if (e.map() == map && e.index() == index && e.cpu() == own) {
                return i;
            }
        }
        elements.add(Element.ofArray(map, index, own, spec.valueSize()));
        return elements.size() - 1;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof World w && Arrays.equals(runs, w.runs) && elements.equals(w.elements) && Arrays.equals(keys, w.keys)
                && Arrays.equals(interrupts, w.interrupts) && Arrays.equals(lockWord, w.lockWord) && stacks.equals(w.stacks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs) * 31 + elements.hashCode() * 17 + Arrays.hashCode(keys) * 7 + stacks.hashCode();
    }
}
