package bpfmc.explorer.property;

import bpfmc.explorer.scenario.BpfSystem;
import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.thread.VisibleOperation.Access;
import bpfmc.model.thread.VisibleOperation.Unsupported;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableLongObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.LongObjectMaps;

/**
 * Asks the properties. What depends on one private state or on two is asked once and remembered, so that most states cost
 * one look at each agent.
 */
public final class PropertyJudge implements Judge<Observation> {
    /** What the properties say of one private state. @param pairs whether a pair with it may be at fault @param whole likewise the whole state */
    private record OfNode(ImmutableList<Observation> observations, boolean pairs, boolean whole) {}

    private final BpfSystem system;
    private final ImmutableList<Property.OfRun> ofRun;
    private final ImmutableList<Property.OfPair> ofPair;
    private final ImmutableList<Property.OfState> ofState;
    private OfNode[][] nodes = new OfNode[1][0];
    private final MutableLongObjectMap<MutableLongObjectMap<ImmutableList<Finding>>> pairs = LongObjectMaps.mutable.empty();
    private final OfNode[] current;

    public PropertyJudge(BpfSystem system, ImmutableList<Property> properties) {
        this.system = system;
        this.ofRun = properties.selectInstancesOf(Property.OfRun.class);
        this.ofPair = properties.selectInstancesOf(Property.OfPair.class);
        this.ofState = properties.selectInstancesOf(Property.OfState.class);
        this.current = new OfNode[system.scenario().agents().size()];
    }

    @Override
    public void judge(int[] state, boolean terminal, Consumer<? super Observation> findings) {
        int paired = 0;
        boolean whole = false;
        for (int agent = 0; agent < current.length; agent++) {
            OfNode node = null;
            if (system.begun(state, agent)) {
                node = ofNode(agent, state[agent]);
                for (int i = 0; i < node.observations().size(); i++) {
                    findings.accept(node.observations().get(i));
                }
                paired += node.pairs() ? 1 : 0;
                whole |= node.whole();
            }
            current[agent] = node;
        }
        if (paired > 1) {
            judgePairs(state, findings);
        }
        if (whole) {
            Snapshot snapshot = system.snapshot(state);
            ofState.each(p -> p.judge(snapshot, terminal).each(findings::accept));
        }
    }

    private OfNode ofNode(int agent, int node) {
        int automaton = system.automaton(agent);
        if (automaton < nodes.length && node < nodes[automaton].length && nodes[automaton][node] != null) {
            return nodes[automaton][node];
        }
        if (automaton >= nodes.length) {
            int before = nodes.length;
            nodes = Arrays.copyOf(nodes, automaton + 1);
            Arrays.fill(nodes, before, nodes.length, new OfNode[0]);
        }
        if (node >= nodes[automaton].length) {
            nodes[automaton] = Arrays.copyOf(nodes[automaton], 2 * node + 1);
        }
        nodes[automaton][node] = judgeNode(system.run(agent, node));
        return nodes[automaton][node];
    }

    private OfNode judgeNode(Run run) {
        MutableList<Observation> observations = Lists.mutable.empty();
        ofRun.each(p -> observations.addAllIterable(p.judge(run)));
        if (run.state().operation() instanceof Unsupported u) {
            int slot = run.state().pc();
            observations.add(new Gap(u.what(), run.program().name(), run.program().functionAt(slot).name(), slot));
        }
        boolean mayRace = run.state().operation() instanceof Access || run.state().held().notEmpty();
        return new OfNode(observations.toImmutable(), mayRace, ofState.anySatisfy(p -> p.concerns(run)));
    }

    private void judgePairs(int[] state, Consumer<? super Observation> findings) {
        for (int a = 0; a < current.length; a++) {
            for (int b = a + 1; b < current.length && current[a] != null && current[a].pairs(); b++) {
                if (current[b] != null && current[b].pairs()) {
                    ImmutableList<Finding> found = ofPair(a, state[a], b, state[b]);
                    for (int i = 0; i < found.size(); i++) {
                        findings.accept(found.get(i));
                    }
                }
            }
        }
    }

    private ImmutableList<Finding> ofPair(int a, int nodeA, int b, int nodeB) {
        long first = (long) system.automaton(a) << 32 | nodeA;
        long second = (long) system.automaton(b) << 32 | nodeB;
        var known = pairs.getIfAbsentPut(first, LongObjectMaps.mutable::empty);
        ImmutableList<Finding> found = known.get(second);
        if (found == null) {
            Run x = system.run(a, nodeA);
            Run y = system.run(b, nodeB);
            found = ofPair.flatCollect(p -> p.judge(x, y));
            known.put(second, found);
        }
        return found;
    }
}
