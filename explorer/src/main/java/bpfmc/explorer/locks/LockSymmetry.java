package bpfmc.explorer.locks;

import bpfmc.explorer.locks.LockScenario.Agent;
import bpfmc.explorer.space.Symmetry;
import bpfmc.model.lock.LockLayout;
import bpfmc.model.lock.LockMachine;
import bpfmc.model.lock.LockMachine.Context;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CPUs that do the same may change places. A representative is found by sorting them by what they know and keep, apart from whom
 * they name: where two differ in that alone, a class of states keeps several.
 */
final class LockSymmetry implements Symmetry {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final LockSystem system;
    private final LockMachine machine;
    private final LockLayout layout;
    private final int[][] agents;
    private final int[] cpuOf;
    private final int[][] classes;
    private final int[] erased;
    private final long[] keys;
    private final int[] order;
    private final int[] places;
    private final int[] scratch;

    private LockSymmetry(LockScenario scenario, LockSystem system, LockMachine machine) {
        int cpus = scenario.cpus();
        this.system = system;
        this.machine = machine;
        this.layout = scenario.layout();
        this.agents = IntStream.range(0, cpus).mapToObj(cpu -> IntStream.range(0, scenario.agents().size())
                .filter(a -> scenario.agents().get(a).cpu() == cpu).toArray()).toArray(int[][]::new);
        this.cpuOf = scenario.agents().collectInt(Agent::cpu).toArray();
        this.classes = classes(scenario);
        this.erased = new int[cpus];
        this.keys = new long[cpus];
        this.order = new int[cpus];
        this.places = new int[cpus];
        this.scratch = new int[system.width()];
    }

    /** {@return which states differ in the numbers of CPUs only} */
    static Symmetry of(LockScenario scenario, LockSystem system, LockMachine machine) {
        var symmetry = new LockSymmetry(scenario, system, machine);
        return symmetry.classes.length == 0 ? Symmetry.NONE : symmetry;
    }

    /** {@return the CPUs of each kind that has several} */
    private int[][] classes(LockScenario scenario) {
        List<List<Agent>> does = Arrays.stream(agents).map(on -> Arrays.stream(on).mapToObj(scenario.agents()::get)
                .map(a -> new Agent(new Context(0, a.context().nmi()), a.level(), a.masked(), a.takes(), a.sections())).toList()).toList();
        return does.stream().distinct().map(kind -> IntStream.range(0, does.size()).filter(cpu -> does.get(cpu).equals(kind)).toArray())
                .filter(alike -> alike.length > 1).toArray(int[][]::new);
    }

    @Override
    public void canonical(int[] state, int last, int[] names) {
        for (int cpu = 0; cpu < keys.length; cpu++) {
            keys[cpu] = key(state, cpu) - (last >= 0 && cpuOf[last] == cpu ? 1 : 0);
        }
        sortByKeys();
        tell(names);
        move(state, places, scratch);
        System.arraycopy(scratch, 0, state, 0, state.length);
    }

    @Override
    public void byAppearance(int[] appearance, int[] names) {
        Arrays.fill(keys, Long.MAX_VALUE);
        for (int i = appearance.length - 1; i >= 0; i--) {
            keys[cpuOf[appearance[i]]] = i;
        }
        sortByKeys();
        tell(names);
    }

    @Override
    public void rename(int[] state, int[] names, int[] renamed) {
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = agents[cpu].length == 0 ? cpu : cpuOf[names[agents[cpu][0]]];
        }
        move(state, places, renamed);
    }

    /** What the CPU and its agents know, with the names of all CPUs taken for one. */
    private long key(int[] state, int cpu) {
        long key = 0;
        for (int agent : agents[cpu]) {
            int at = system.at(agent);
            for (int i = 0; i < LockSystem.AGENT_WORDS; i++) {
                key = mix(key, i < LockMachine.LOCALS ? machine.renamedLocal(i, state[at + i], erased) : state[at + i]);
            }
            key = mix(key, system.place(state, agent));
        }
        for (int place = 0; place < LockLayout.CPU_WORDS; place++) {
            key = mix(key, machine.renamedOfCpu(place, state[layout.cpu(cpu) + place], erased));
        }
        return key >>> 1;
    }

    private static long mix(long key, int value) {
        long mixed = (key ^ value) * MIX;
        return mixed ^ mixed >>> 29;
    }

    private void sortByKeys() {
        for (int cpu = 0; cpu < places.length; cpu++) {
            places[cpu] = cpu;
        }
        for (int[] alike : classes) {
            for (int i = 0; i < alike.length; i++) {
                int at = i;
                for (; at > 0 && keys[order[at - 1]] > keys[alike[i]]; at--) {
                    order[at] = order[at - 1];
                }
                order[at] = alike[i];
            }
            for (int i = 0; i < alike.length; i++) {
                places[order[i]] = alike[i];
            }
        }
    }

    private void tell(int[] names) {
        for (int cpu = 0; cpu < agents.length; cpu++) {
            for (int i = 0; i < agents[cpu].length; i++) {
                names[agents[cpu][i]] = agents[places[cpu]][i];
            }
        }
    }

    private void move(int[] state, int[] to, int[] result) {
        for (int lock = 0; lock < layout.locks(); lock++) {
            result[lock] = machine.renamedWord(state[lock], to);
        }
        for (int cpu = 0; cpu < agents.length; cpu++) {
            for (int place = 0; place < LockLayout.CPU_WORDS; place++) {
                result[layout.cpu(to[cpu]) + place] = machine.renamedOfCpu(place, state[layout.cpu(cpu) + place], to);
            }
            for (int i = 0; i < agents[cpu].length; i++) {
                int from = system.at(agents[cpu][i]);
                int at = system.at(agents[to[cpu]][i]);
                for (int w = 0; w < LockSystem.AGENT_WORDS; w++) {
                    result[at + w] = w < LockMachine.LOCALS ? machine.renamedLocal(w, state[from + w], to) : state[from + w];
                }
            }
        }
        system.renameQueue(state, result, agent -> agents[to[cpuOf[agent]]][indexOf(agent)]);
    }

    private int indexOf(int agent) {
        int index = 0;
        while (agents[cpuOf[agent]][index] != agent) {
            index++;
        }
        return index;
    }
}
