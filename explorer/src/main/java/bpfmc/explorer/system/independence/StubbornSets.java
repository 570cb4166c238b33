package bpfmc.explorer.system.independence;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Selection;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.flow.FutureUse;
import bpfmc.model.kernel.MapType;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.memory.BufferedStore;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.step.VisibleOperation;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Chooses, in a state, agents whose next steps nobody else's future can touch (Godefroid's persistent sets; Valmari's
 * stubborn sets with the lock's owner as what enables a waiter). From one agent that can step: with an agent go all agents
 * of its CPU, whose future may touch what its next step touches, and who owns the lock it waits for. An agent that waits
 * for a lock which a chosen one owns cannot move before that one does, so its future does not count.
 *
 * <p>Races, lost updates and the like are kept, not only terminal states: a fault between two agents is a pair of next steps
 * that touch the same. If one of the two is chosen, the other is, and neither has moved; if none is, the step chosen leaves
 * both as they are. Programs end, so no step is put off for ever.
 *
 * <p>With the agents of a CPU goes its store buffer: its next step is that the oldest store becomes visible, and all that waits in it is what the CPU may still
 * touch. An agent that waits for its own CPU's buffer to be empty waits for nobody else. That a store goes into the buffer is nobody's business, but counts as an
 * access all the same, so that faults between two next steps are kept.
 *
 * <p>That a lock is released by its owner alone is what the kernel's verifier sees to, so this holds where none of its rules
 * is waived; locks taken step by step, resilient locks, which nobody needs to wait for, and maps in maps are explored in full.
 */
public final class StubbornSets implements Selection {
    private final BpfSystem system;
    private final int agents;
    private final FutureUse[] code;
    private final int[] cpus;
    private final FutureFootprint[][] futures;
    private final boolean[] members;
    private final int[] work;
    /** The CPUs whose agents, and buffers, are members. */
    private final boolean[] memberCpus;
    private final int buffers;
    private int found;
    /** Members and buffers that are not empty. */
    private int size;

    private StubbornSets(BpfSystem system) {
        Scenario scenario = system.scenario();
        this.system = system;
        this.agents = scenario.agents().size();
        this.code = new FutureUse[agents];
        this.futures = new FutureFootprint[agents][0];
        Map<Object, FutureUse> known = new IdentityHashMap<>();
        for (int agent = 0; agent < agents; agent++) {
            var program = scenario.agents().get(agent).program();
            code[agent] = known.computeIfAbsent(program, p -> FutureUse.of(scenario.object(), program));
        }
        this.cpus = scenario.agents().collectInt(Scenario.AgentPlace::cpu).toArray();
        this.members = new boolean[agents];
        this.work = new int[agents];
        this.memberCpus = new boolean[scenario.cpus()];
        this.buffers = system.buffers();
    }

    /** {@return the sets for a system; always everybody where waiting is not for one owner or memory is found in ways not followed here} */
    public static Selection of(BpfSystem system) {
        Scenario scenario = system.scenario();
        boolean followed = scenario.rules().lock() == LockImplementation.SPECIFICATION
                && scenario.agents().noneSatisfy(a -> Calls.any(a.program(), Use.RESILIENT_LOCK))
                && scenario.object().maps().noneSatisfy(m -> m.type() == MapType.ARRAY_OF_MAPS || m.type() == MapType.HASH_OF_MAPS);
        return followed ? new StubbornSets(system) : (state, chosen) -> Arrays.fill(chosen, true);
    }

    @Override
    public void choose(int[] state, boolean[] chosen) {
        int best = Integer.MAX_VALUE;
        Arrays.fill(chosen, true);
        for (int agent = 0; agent < agents && best > 1; agent++) {
            if (system.canStep(state, agent)) {
                best = better(state, cpus[agent], best, chosen);
            }
        }
        for (int cpu = 0; cpu < buffers && best > 1; cpu++) {
            if (!system.buffer(state, cpu).isEmpty()) {
                best = better(state, cpu, best, chosen);
            }
        }
    }

    /** {@return how many belong to the best set so far, which is chosen} */
    private int better(int[] state, int seed, int best, boolean[] chosen) {
        close(state, seed);
        if (size >= best) {
            return best;
        }
        System.arraycopy(members, 0, chosen, 0, agents);
        System.arraycopy(memberCpus, 0, chosen, agents, buffers);
        return size;
    }

    /** Finds the set that begins with one CPU: fills {@link #members}, {@link #memberCpus}, {@link #found} and {@link #size}. */
    private void close(int[] state, int seed) {
        Arrays.fill(members, false);
        Arrays.fill(memberCpus, false);
        found = 0;
        size = 0;
        addCpu(state, seed);
        for (int next = 0; next < found; next++) {
            int agent = work[next];
            if (!system.begun(state, agent)) {
                continue;
            }
            VisibleOperation operation = system.node(state, agent).operation();
            int owner = operation instanceof VisibleOperation.Acquire a ? system.owner(state, a) : -1;
            if (owner >= 0) {
                add(state, owner);
            } else if (system.blocked(state, agent)) {
                if (buffers > 0 && !system.buffer(state, cpus[agent]).isEmpty()) {
                    continue;
                }
                addAll(state);
                return;
            } else {
                addTouching(state, agent, operation);
            }
        }
    }

    private void add(int[] state, int agent) {
        if (!members[agent]) {
            addCpu(state, cpus[agent]);
        }
    }

    /** Adds the agents of a CPU and its buffer, and whoever may touch what becomes visible next. */
    private void addCpu(int[] state, int cpu) {
        boolean more = !memberCpus[cpu];
        memberCpus[cpu] = true;
        addAgents(state, cpu);
        if (more && buffers > 0 && !system.buffer(state, cpu).isEmpty()) {
            size++;
            addTouching(state, system.buffer(state, cpu).stores().getFirst());
        }
    }

    private void addTouching(int[] state, BufferedStore store) {
        int slot = switch (store) {
            case BufferedStore.Bytes b -> b.slot();
            case BufferedStore.Unlock u -> u.slot();
            case BufferedStore.Behind b -> -1;
        };
        for (int other = 0; other < agents && slot >= 0; other++) {
            if (!members[other] && !system.node(state, other).ended() && future(state, other).reaches(slot, system.slots().mapOf(slot))) {
                addCpu(state, cpus[other]);
            }
        }
        for (int cpu = 0; cpu < buffers && slot >= 0; cpu++) {
            if (!memberCpus[cpu] && system.buffer(state, cpu).reaches(slot)) {
                addCpu(state, cpu);
            }
        }
    }

    private void addAgents(int[] state, int cpu) {
        for (int agent = 0; agent < agents; agent++) {
            if (cpus[agent] == cpu && !members[agent] && !system.node(state, agent).ended()) {
                members[agent] = true;
                work[found++] = agent;
                size++;
            }
        }
    }

    private void addAll(int[] state) {
        for (int agent = 0; agent < agents; agent++) {
            add(state, agent);
        }
        for (int cpu = 0; cpu < buffers; cpu++) {
            addCpu(state, cpu);
        }
    }

    private void addTouching(int[] state, int agent, VisibleOperation operation) {
        FutureFootprint own = future(state, agent);
        for (int other = 0; other < agents; other++) {
            if (!members[other] && !system.node(state, other).ended() && touches(state, own, operation, other)) {
                addCpu(state, cpus[other]);
            }
        }
        for (int cpu = 0; cpu < buffers; cpu++) {
            if (!memberCpus[cpu] && touches(operation, system.buffer(state, cpu))) {
                addCpu(state, cpu);
            }
        }
    }

    /** {@return whether what waits in the buffer has to do with this operation} */
    private static boolean touches(VisibleOperation operation, StoreBuffer buffer) {
        return switch (operation) {
            case VisibleOperation.Access a -> buffer.reaches(a.element().slot());
            case VisibleOperation.Acquire a -> buffer.reaches(a.element().slot());
            case VisibleOperation.Release r -> buffer.reaches(r.element().slot());
            case VisibleOperation.TimerOperation t -> !buffer.isEmpty();
            case VisibleOperation.MapOperation m -> !buffer.isEmpty();
            case VisibleOperation.ReadClock c -> false;
            case VisibleOperation.UseWrapped u -> false;
            case VisibleOperation.Fence f -> false;
            case VisibleOperation.CpuNumber c -> false;
            case VisibleOperation.CpuCount c -> false;
            case VisibleOperation.ElementOnCpu e -> false;
            case VisibleOperation.Toggle t -> false;
            case VisibleOperation.Start s -> false;
            case VisibleOperation.End e -> false;
            case VisibleOperation.Unsupported u -> false;
        };
    }

    /** {@return whether anything that the other agent may do before a chosen one steps has to do with this operation} */
    private boolean touches(int[] state, FutureFootprint own, VisibleOperation operation, int other) {
        if (waitsForMember(state, other)) {
            return meetsLock(state, operation, other);
        }
        FutureFootprint future = future(state, other);
        return future.rebindsUnder(own) || touches(operation, future);
    }

    private boolean waitsForMember(int[] state, int other) {
        int owner = system.begun(state, other) && system.node(state, other).operation() instanceof VisibleOperation.Acquire a
                ? system.owner(state, a) : -1;
        return owner >= 0 && (members[owner] || buffers > 0 && memberCpus[cpus[owner]]);
    }

    /** {@return whether the operation has to do with the very lock, or the element, that the other one waits for} */
    private boolean meetsLock(int[] state, VisibleOperation operation, int other) {
        var wanted = (VisibleOperation.Acquire) system.node(state, other).operation();
        int slot = wanted.element().slot();
        return switch (operation) {
            case VisibleOperation.Access a -> a.element().slot() == slot && a.offset() < wanted.offset() + Integer.BYTES
                    && wanted.offset() < a.offset() + a.size();
            case VisibleOperation.Update u -> true;
            case VisibleOperation.Delete d -> true;
            case VisibleOperation.LockBucket l -> true;
            case VisibleOperation.UnlockBucket u -> true;
            case VisibleOperation.Acquire o -> false;
            case VisibleOperation.Release o -> false;
            case VisibleOperation.Lookup o -> false;
            case VisibleOperation.Walk o -> false;
            case VisibleOperation.LookupOnCpu o -> false;
            case VisibleOperation.BeginTimer o -> false;
            case VisibleOperation.EndTimer o -> false;
            case VisibleOperation.TimerOperation o -> false;
            case VisibleOperation.ElementOnCpu o -> false;
            case VisibleOperation.CpuCount o -> false;
            case VisibleOperation.ReadClock o -> false;
            case VisibleOperation.UseWrapped o -> false;
            case VisibleOperation.Fence o -> false;
            case VisibleOperation.CpuNumber o -> false;
            case VisibleOperation.Toggle o -> false;
            case VisibleOperation.Start o -> false;
            case VisibleOperation.End o -> false;
            case VisibleOperation.Unsupported o -> false;
        };
    }

    private boolean touches(VisibleOperation operation, FutureFootprint future) {
        return switch (operation) {
            case VisibleOperation.Access a -> future.reaches(a.element().slot(), system.slots().mapOf(a.element().slot()));
            case VisibleOperation.Acquire a -> future.reaches(a.element().slot(), system.slots().mapOf(a.element().slot()));
            case VisibleOperation.Release r -> future.rebinds(system.slots().mapOf(r.element().slot()));
            case VisibleOperation.Lookup l -> looksUp(l.map(), future);
            case VisibleOperation.LookupOnCpu l -> looksUp(l.map(), future);
            case VisibleOperation.Walk w -> looksUp(w.map(), future);
            case VisibleOperation.Update u -> rebinds(u.map(), future);
            case VisibleOperation.Delete d -> rebinds(d.map(), future);
            case VisibleOperation.BeginTimer b -> rebinds(b.map(), future);
            case VisibleOperation.EndTimer e -> rebinds(e.map(), future);
            case VisibleOperation.CancelTimer c when c.own() >= 0 && future.reaches(c.own(), system.slots().mapOf(c.own())) -> true;
            case VisibleOperation.TimerOperation t -> future.reaches(t.element().slot(), system.slots().mapOf(t.element().slot()));
            case VisibleOperation.LockBucket l -> rebinds(l.map(), future);
            case VisibleOperation.UnlockBucket u -> rebinds(u.map(), future);
            case VisibleOperation.ReadClock c -> future.clocks();
            case VisibleOperation.UseWrapped u -> future.clocks();
            case VisibleOperation.Fence f -> false;
            case VisibleOperation.CpuNumber c -> false;
            case VisibleOperation.CpuCount c -> false;
            case VisibleOperation.ElementOnCpu e -> false;
            case VisibleOperation.Toggle t -> false;
            case VisibleOperation.Start s -> false;
            case VisibleOperation.End e -> false;
            case VisibleOperation.Unsupported u -> false;
        };
    }

    /** Lookups of one map come in any order, but for names of elements that nobody minds. */
    private boolean looksUp(int map, FutureFootprint future) {
        return system.memory().dependsOnMore(map) ? !future.maps().isEmpty() : future.rebinds(map);
    }

    private boolean rebinds(int map, FutureFootprint future) {
        return system.memory().dependsOnMore(map) ? !future.maps().isEmpty() || !future.elements().isEmpty() : future.concerns(map);
    }

    private FutureFootprint future(int[] state, int agent) {
        int automaton = system.automaton(agent);
        int number = state[agent];
        if (number >= futures[automaton].length) {
            futures[automaton] = Arrays.copyOf(futures[automaton], Math.max(number + 1, 2 * futures[automaton].length));
        }
        FutureFootprint known = futures[automaton][number];
        if (known == null) {
            known = FutureFootprint.of(system.node(state, agent), code[agent], system.slots());
            futures[automaton][number] = known;
        }
        return known;
    }
}
