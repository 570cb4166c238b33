package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.flow.FutureUse;
import bpfmc.model.memory.BufferedStore;
import bpfmc.model.memory.StoreBuffer;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.VisibleOperation;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Whether anybody can notice that a read comes before others see what a helper has changed: somebody on another CPU who may still change what is read, and
 * somebody there who may still look at what the helper has changed.
 */
final class EarlyReads {
    private final SystemParts parts;
    private final FutureUse[] code;

    EarlyReads(SystemParts parts) {
        this.parts = parts;
        this.code = new FutureUse[parts.automata().agents()];
        Map<BpfProgram, FutureUse> known = new IdentityHashMap<>();
        for (int agent = 0; agent < code.length; agent++) {
            Scenario.AgentPlace place = parts.scenario().agents().get(agent);
            code[agent] = known.computeIfAbsent(place.program(), p -> FutureUse.of(parts.scenario().object(), p));
        }
    }

    /** {@return whether a read that an agent stands before can be noticed to be early; true of every other operation} */
    boolean noticed(int[] state, int agent) {
        int cpu = cpu(agent);
        return others(state, cpu, other -> looksAt(state, cpu, other))
                && switch (parts.automata().node(state, agent).operation()) {
                    case VisibleOperation.Access a -> others(state, cpu, other -> reaches(state, other, a.element().slot())) || underway(state, cpu, a.element().slot());
                    case VisibleOperation.MapOperation m -> others(state, cpu, other -> rebinds(state, other, m.map()));
                    case VisibleOperation.Acquire o -> true;
                    case VisibleOperation.Release o -> true;
                    case VisibleOperation.TimerOperation o -> true;
                    case VisibleOperation.ElementOnCpu o -> true;
                    case VisibleOperation.CpuCount o -> true;
                    case VisibleOperation.ReadClock o -> true;
                    case VisibleOperation.UseWrapped o -> true;
                    case VisibleOperation.Fence o -> true;
                    case VisibleOperation.CpuNumber o -> true;
                    case VisibleOperation.Toggle o -> true;
                    case VisibleOperation.Start o -> true;
                    case VisibleOperation.End o -> true;
                    case VisibleOperation.Unsupported o -> true;
                };
    }

    private int cpu(int agent) {
        return parts.scenario().agents().get(agent).cpu();
    }

    private boolean others(int[] state, int cpu, IntPredicate which) {
        for (int other = 0; other < code.length; other++) {
            if (cpu(other) != cpu && !parts.automata().node(state, other).ended() && which.test(other)) {
                return true;
            }
        }
        return false;
    }

    private FutureUse.Uses uses(int[] state, int agent) {
        return code[agent].from(parts.automata().node(state, agent).state());
    }

    private boolean looksAt(int[] state, int cpu, int other) {
        FutureUse.Uses uses = uses(state, other);
        return buffer(state, cpu).stores().anySatisfy(s -> s instanceof BufferedStore.Behind b && (uses.maps().get(b.map())
                || parts.automata().node(state, other).elements().anySatisfy(slot -> parts.dictionary().slots().mapOf(slot) == b.map())));
    }

    private boolean reaches(int[] state, int other, int slot) {
        FutureUse.Uses uses = uses(state, other);
        return uses.sections().get(slot) || uses.maps().get(parts.dictionary().slots().mapOf(slot)) || parts.automata().node(state, other).elements().contains(slot);
    }

    private boolean rebinds(int[] state, int other, int map) {
        FutureUse.Uses uses = uses(state, other);
        return uses.rebinds() && uses.maps().get(map);
    }

    /** {@return whether another CPU has a store to the element on its way} */
    private boolean underway(int[] state, int cpu, int slot) {
        for (int other = 0; other < parts.dictionary().layout().buffers(); other++) {
            if (other != cpu && buffer(state, other).reaches(slot)) {
                return true;
            }
        }
        return false;
    }

    private StoreBuffer buffer(int[] state, int cpu) {
        return parts.dictionary().buffers().value(state[parts.dictionary().layout().buffer(cpu)]);
    }
}
