package bpfmc.explorer.property;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.store.CacheLinePadded;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.InputException;
import bpfmc.model.step.VisibleOperation.Unsupported;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    /**
     * What the properties say of one private state.
     *
     * @param pairs the properties of pairs that it concerns, a bit each @param whole the properties of the whole state that it concerns, a bit each
     */
    private record OfNode(ImmutableList<Observation> observations, long pairs, long whole) {}

    private final BpfSystem system;
    private final ImmutableList<Property> properties;
    private final ImmutableList<Property.OfRun> ofRun;
    private final ImmutableList<Property.OfPair> ofPair;
    private final ImmutableList<Property.OfState> ofState;
    private OfNode[][] nodes = new OfNode[1][0];
    private final MutableLongObjectMap<MutableLongObjectMap<ImmutableList<Finding>>> pairs = LongObjectMaps.mutable.empty();
    private final OfNode[] current;
    private final int agents;
    /** Those that have nothing to say of states with successors. */
    private final long onlyTerminal;

    /** @param properties at most 64 of them of the whole state, and as many of pairs */
    public PropertyJudge(BpfSystem system, ImmutableList<Property> properties) {
        this.system = system;
        this.properties = properties;
        this.ofRun = properties.selectInstancesOf(Property.OfRun.class);
        this.ofPair = properties.selectInstancesOf(Property.OfPair.class);
        this.ofState = properties.selectInstancesOf(Property.OfState.class);
        if (ofState.size() > Long.SIZE) {
            throw new InputException("a scenario may have " + (Long.SIZE - 2) + " conditions, not " + ofState.size());
        }
        if (ofPair.size() > Long.SIZE) {
            throw new IllegalArgumentException(ofPair.size() + " properties of pairs");
        }
        this.agents = system.scenario().agents().size();
        this.current = new OfNode[agents + CacheLinePadded.INTS];
        this.onlyTerminal = those(ofState, Property.OfState::onlyTerminal);
    }

    @Override
    public void judge(int[] state, boolean terminal, Consumer<? super Observation> findings) {
        int paired = 0;
        long whole = 0;
        for (int agent = 0; agent < agents; agent++) {
            OfNode node = null;
            if (system.begun(state, agent)) {
                node = ofNode(agent, state[agent]);
                for (int i = 0; i < node.observations().size(); i++) {
                    findings.accept(node.observations().get(i));
                }
                paired += node.pairs() != 0 ? 1 : 0;
                whole |= node.whole();
            }
            current[agent] = node;
        }
        if (system.buffers() > 0) {
            unfollowed(state, findings);
        }
        if (paired > 1) {
            judgePairs(state, findings);
        }
        boolean over = terminal && whole != 0 && !system.contradicted(state);
        long asked = over ? whole : whole & ~onlyTerminal;
        if (asked != 0) {
            judgeWhole(asked, system.snapshot(state), over, findings);
        }
    }

    /** What an agent's next step may lead to besides what is followed. */
    private void unfollowed(int[] state, Consumer<? super Observation> findings) {
        for (int agent = 0; agent < agents; agent++) {
            Optional<String> what = current[agent] == null ? Optional.empty() : system.unfollowed(state, agent);
            if (what.isPresent()) {
                Run run = system.run(agent, state[agent]);
                int slot = run.state().pc();
                findings.accept(new Gap(what.get(), run.program().name(), run.program().functionAt(slot).name(), slot));
            }
        }
    }

    private void judgeWhole(long asked, Snapshot snapshot, boolean terminal, Consumer<? super Observation> findings) {
        for (long left = asked; left != 0; left &= left - 1) {
            ofState.get(Long.numberOfTrailingZeros(left)).judge(snapshot, terminal).reject(this::ofNobody).each(findings::accept);
        }
    }

    /** {@return whether all that the finding is about are padding bytes, which are nobody's data} */
    private boolean ofNobody(Observation observation) {
        return observation instanceof Finding f && f.subject().size() > 0
                && system.scenario().object().maps().get(f.subject().map()).value().isPadding(f.subject().offset(), f.subject().size());
    }

    /** {@return the properties for which this is so, a bit each} */
    private static <P extends Property> long those(ImmutableList<P> properties, Predicate<P> which) {
        long those = 0;
        for (int i = 0; i < properties.size(); i++) {
            those |= which.test(properties.get(i)) ? 1L << i : 0;
        }
        return those;
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
        ofRun.each(p -> observations.addAllIterable(p.judge(run).reject(this::ofNobody)));
        if (run.state().operation() instanceof Unsupported u) {
            int slot = run.state().pc();
            observations.add(new Gap(u.what(), run.program().name(), run.program().functionAt(slot).name(), slot));
        }
        return new OfNode(observations.toImmutable(), those(ofPair, p -> p.concerns(run)), those(ofState, p -> p.concerns(run)));
    }

    private void judgePairs(int[] state, Consumer<? super Observation> findings) {
        for (int a = 0; a < agents; a++) {
            for (int b = a + 1; b < agents && current[a] != null && current[a].pairs() != 0; b++) {
                long asked = current[b] == null ? 0 : current[a].pairs() & current[b].pairs();
                if (asked != 0) {
                    ImmutableList<Finding> found = ofPair(a, state[a], b, state[b], asked);
                    for (int i = 0; i < found.size(); i++) {
                        findings.accept(found.get(i));
                    }
                }
            }
        }
    }

    /** @param asked the properties that both private states concern, a bit each */
    private ImmutableList<Finding> ofPair(int a, int nodeA, int b, int nodeB, long asked) {
        long first = (long) system.automaton(a) << 32 | nodeA;
        long second = (long) system.automaton(b) << 32 | nodeB;
        MutableLongObjectMap<ImmutableList<Finding>> known = pairs.get(first);
        if (known == null) {
            known = LongObjectMaps.mutable.empty();
            pairs.put(first, known);
        }
        ImmutableList<Finding> found = known.get(second);
        if (found == null) {
            Run x = system.run(a, nodeA);
            Run y = system.run(b, nodeB);
            MutableList<Finding> all = Lists.mutable.empty();
            for (long left = asked; left != 0; left &= left - 1) {
                all.addAllIterable(ofPair.get(Long.numberOfTrailingZeros(left)).judge(x, y).reject(this::ofNobody));
            }
            found = all.toImmutable();
            known.put(second, found);
        }
        return found;
    }
}
