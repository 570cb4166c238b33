package bpfmc.explorer.system.symmetry;

import bpfmc.explorer.scenario.AlikeCpus;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.value.Renaming;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** The names by which shared memory and private states speak of CPUs: agents, CPUs, and elements of per-CPU maps. */
final class CpuNames implements Names {
    /** Stands for the CPU that looks. */
    private static final int ME = 1 << 20;
    /** Stands for any other CPU of one kind; the kind is added. */
    private static final int OTHER = 1 << 21;

    /** Stands for any element of a map; the map is added. */
    private static final int ANY = 1 << 22;

    private final Scenario scenario;
    private final ElementIds slots;
    private final int[] cpuOf;
    private final int[] positionOf;
    private final int[][] agentsOf;
    private final int[] kindOf;
    private final int longest;
    private final BitSet movable;

    /** @param kindOf equal numbers for CPUs that nothing but their number tells apart @param movable maps whose elements may change places themselves */
    CpuNames(Scenario scenario, ElementIds slots, int[] kindOf, BitSet movable) {
        this.movable = movable;
        this.scenario = scenario;
        this.slots = slots;
        this.kindOf = kindOf;
        int agents = scenario.agents().size();
        cpuOf = new int[agents];
        positionOf = new int[agents];
        agentsOf = new int[scenario.cpus()][];
        int most = 0;
        for (int cpu = 0; cpu < agentsOf.length; cpu++) {
            agentsOf[cpu] = AlikeCpus.agentsOf(scenario, cpu);
            most = Math.max(most, agentsOf[cpu].length);
            for (int i = 0; i < agentsOf[cpu].length; i++) {
                cpuOf[agentsOf[cpu][i]] = cpu;
                positionOf[agentsOf[cpu][i]] = i;
            }
        }
        longest = most;
    }

    int cpu(int agent) {
        return cpuOf[agent];
    }

    /** {@return the agents on a CPU, in their order; not to be modified} */
    int[] agents(int cpu) {
        return agentsOf[cpu];
    }

    /** {@return the agent in this one's place on another CPU} */
    int agentOn(int agent, int cpu) {
        return agentsOf[cpu][positionOf[agent]];
    }

    /** {@return the CPU that an element of a per-CPU map belongs to, -1 for elements of other maps} */
    int cpuOfSlot(int slot) {
        ElementIds.Name name = slots.name(slot);
        return scenario.object().maps().get(name.map()).type().perCpu() ? name.cpu() : -1;
    }

    private int slotOn(int slot, IntUnaryOperator cpus) {
        int cpu = cpuOfSlot(slot);
        return cpu < 0 ? slot : slots.onCpu(slot, cpus.applyAsInt(cpu));
    }

    @Override
    public Renaming moved(int[] places) {
        return new Renaming(a -> agentOn(a, places[cpuOf[a]]), c -> places[c], s -> slotOn(s, c -> places[c]));
    }

    int slotMoved(int slot, int[] places) {
        return slotOn(slot, c -> places[c]);
    }

    @Override
    public Renaming seenFrom(int cpu) {
        IntUnaryOperator cpus = c -> c == cpu ? ME : OTHER + kindOf[c];
        return new Renaming(a -> cpus.applyAsInt(cpuOf[a]) * longest + positionOf[a], cpus, s -> code(s, cpus));
    }

    @Override
    public boolean tellsElementsApart() {
        return movable.length() > 0;
    }

    @Override
    public Renaming roughlySeenFrom(int cpu) {
        Renaming exact = seenFrom(cpu);
        return new Renaming(exact.agents(), exact.cpus(), s -> movable.get(slots.mapOf(s)) ? ANY + slots.mapOf(s) : exact.slots().applyAsInt(s));
    }

    /** {@return whether elements of the slot's map may change places} */
    boolean movable(int slot) {
        return movable.get(slots.mapOf(slot));
    }

    /** {@return the code of an element, or of another one in its place on another CPU} */
    private int code(int slot, IntUnaryOperator cpus) {
        ElementIds.Name name = slots.name(slot);
        int cpu = cpuOfSlot(slot);
        return Names.code(cpu < 0 ? name : new ElementIds.Name(name.map(), name.series(), name.index(), cpus.applyAsInt(cpu)));
    }

    /** {@return the same number for an element on every CPU} */
    int family(int slot) {
        return code(slot, c -> 0);
    }

    @Override
    public int[] named(Consumer<Renaming> rename) {
        BitSet named = new BitSet();
        rename.accept(new Renaming(a -> {
            named.set(cpuOf[a]);
            return a;
        }, c -> {
            named.set(c);
            return c;
        }, s -> {
            int cpu = cpuOfSlot(s);
            if (cpu >= 0) {
                named.set(cpu);
            }
            return s;
        }));
        return named.stream().toArray();
    }
}
