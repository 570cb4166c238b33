package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.ContentNames;
import bpfmc.explorer.check.witness.Trace;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.StateGraph;
import bpfmc.explorer.verdict.StateGraph.Arc;
import bpfmc.explorer.verdict.StateGraph.Node;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** Draws the states that a search goes through, those in between that it does not store included. */
final class StateGraphs {
    private final BpfSystem system;
    private final Judge<Observation> judge;
    private final ContentNames names;

    StateGraphs(BpfSystem system, Judge<Observation> judge) {
        this.system = system;
        this.judge = judge;
        this.names = new ContentNames(system);
    }

    /** {@return the graph; empty when it has more than {@link StateGraph#MOST} states} @param steps of the system, as the search takes them */
    Optional<StateGraph> of(TransitionSystem steps) {
        StateTable states = new StateTable(steps.width());
        MutableList<int[]> all = Lists.mutable.empty();
        MutableList<Arc> arcs = Lists.mutable.empty();
        int[] state = new int[steps.width()];
        steps.initial(state);
        states.add(state);
        for (int number = 0; number < states.count(); number++) {
            int from = number;
            states.get(number, state);
            all.add(state.clone());
            steps.successors(state, (agent, choice, successor) -> {
                int known = states.add(successor);
                arcs.add(arc(from, known >= 0 ? known : -1 - known, agent, all.get(from)));
            });
            if (states.count() > StateGraph.MOST) {
                return Optional.empty();
            }
        }
        boolean[] left = new boolean[all.size()];
        arcs.each(a -> left[a.from()] = true);
        return Optional.of(new StateGraph(all.collectWithIndex((s, i) -> node(s, !left[i])).toImmutable(), arcs.toImmutable()));
    }

    private Arc arc(int from, int to, int agent, int[] state) {
        if (!system.isAgent(agent)) {
            return visible(from, to, system.bufferOf(agent), state);
        }
        Run run = system.run(agent, state[agent]);
        return new Arc(from, to, system.scenario().agents().get(agent).cpu(), run.program().name(), run.state().pc(), Trace.action(run.state().operation()));
    }

    private Arc visible(int from, int to, int cpu, int[] state) {
        int by = system.buffer(state, cpu).stores().getFirst().agent();
        return new Arc(from, to, cpu, system.scenario().agents().get(by).program().name(), -1, Trace.VISIBLE);
    }

    private Node node(int[] state, boolean terminal) {
        MutableSet<String> faults = Sets.mutable.empty();
        judge.judge(state, terminal, found -> {
            if (found instanceof Finding f) {
                faults.add(f.property());
            }
        });
        return new Node(names.of(state).collect(h -> h.place() + " = " + h.value()), owned(state), faults.toSortedList().toImmutable(), terminal);
    }

    private ImmutableList<String> owned(int[] state) {
        MutableList<String> owned = Lists.mutable.empty();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            if (system.active(state, agent)) {
                Run run = system.run(agent, state[agent]);
                int cpu = system.scenario().agents().get(agent).cpu();
                run.state().held().select(h -> h.ofProgram()).each(h -> owned.add("lock of " + map(run.slots().mapOf(h.element())) + ": CPU" + cpu + " "
                        + run.program().name()));
            }
        }
        return owned.toImmutable();
    }

    private String map(int map) {
        return system.scenario().object().maps().get(map).name();
    }
}
