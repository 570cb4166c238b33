package bpfmc.explorer.search;

import bpfmc.explorer.space.ManyGoals;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTableFullException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * Dijkstra's algorithm for costs that are pairs (switches, steps), compared in this order. A step costs (0, 1) if its
 * actor moved last too, else (1, 1), so that two queues do for a heap:
 *
 * <pre>
 * level k  = all nodes of k switches, settled layer by layer in the order of their steps
 * seeds    = nodes of k + 1 switches met meanwhile; met in the order of steps, so they need no sorting
 * </pre>
 *
 * <p>A node may be met again at a lower cost before it is settled; it then stands in a queue twice, and the entry whose
 * cost is no longer the node's is passed over. Ways of equal cost have equally many steps, and of those the one that
 * comes first in the order of successors is kept; its prefixes are first among theirs, so keeping one way a node is
 * enough.
 */
final class PathSearch implements Successors {
    private static final int NONE = -1;

    private final TransitionSystem system;
    private final Symmetry symmetry;
    private final ManyGoals goals;
    private final LimitMonitor monitor;
    private final PathNodes nodes;
    private final int[] state;
    private final int[] met;
    private final int[] names;

    /** Nodes of the level at hand, of the next number of steps. */
    private IntArrayList nextLayer = new IntArrayList();
    /** Nodes of the next level, and the steps each had when it was entered. */
    private IntArrayList seeds = new IntArrayList();
    private IntArrayList seedSteps = new IntArrayList();

    /** The node being expanded, its last actor + 1, and how many successors it has had. */
    private int current;
    private int lastActor;
    private int successors;
    private int expanded;
    /** The node of the best way to each goal so far, and how many goals have none. */
    private final int[] best;
    private int missing;
    /** Goals that were met in the layer at hand: a way to them that comes first may still turn up. */
    private final BitSet open = new BitSet();
    private Optional<LimitReached> limit = Optional.empty();

    /** @param symmetry by which one state stands for several @param actors how many actors the system has, 0 without symmetry @param count of the goals */
    PathSearch(TransitionSystem system, Symmetry symmetry, int actors, ManyGoals goals, int count, Limits limits) {
        this.system = system;
        this.symmetry = symmetry;
        this.goals = goals;
        this.best = new int[count];
        this.missing = count;
        Arrays.fill(best, NONE);
        monitor = new LimitMonitor(limits);
        nodes = new PathNodes(system.width(), limits.maxMemoryBytes());
        state = new int[system.width()];
        met = new int[system.width()];
        names = new int[actors];
    }

    /** {@return what came of each goal} */
    ImmutableList<PathResult> run() {
        try {
            search();
        } catch (OutOfMemoryError noRoom) {
            LimitReached full = monitor.heapFull();
            return Lists.immutable.fromStream(Arrays.stream(best).mapToObj(b -> full));
        }
        if (limit.isPresent()) {
            open.stream().forEach(goal -> best[goal] = NONE);
        }
        return Lists.immutable.fromStream(Arrays.stream(best).mapToObj(this::result));
    }

    private PathResult result(int node) {
        return node != NONE ? new PathResult.Found(replayed(node)) : limit.isPresent() ? limit.get() : new PathResult.NotFound();
    }

    private void search() {
        system.initial(state);
        symmetry.canonical(state, NONE, names);
        if (add(state, 0) >= 0) {
            nodes.enter(NONE, 0, 0, 0, 0);
            seeds.add(0);
            seedSteps.add(0);
        }
        for (int level = 0; seeds.notEmpty() && !isOver(); level++) {
            settleLevel(level);
        }
    }

    private void settleLevel(int level) {
        IntArrayList entering = seeds;
        IntArrayList enteringSteps = seedSteps;
        seeds = new IntArrayList();
        seedSteps = new IntArrayList();
        int entered = 0;
        IntArrayList layer = new IntArrayList();
        int step = 0;
        while ((layer.notEmpty() || entered < entering.size()) && !isOver()) {
            if (layer.isEmpty()) {
                step = enteringSteps.get(entered);
            }
            while (entered < entering.size() && enteringSteps.get(entered) == step) {
                layer.add(entering.get(entered++));
            }
            nextLayer = new IntArrayList();
            settleLayer(layer, level, step);
            layer = nextLayer;
            step++;
        }
    }

    /** A layer is settled as a whole even if it has a goal, so that the first of its goals in order can be told. */
    private void settleLayer(IntArrayList layer, int level, int step) {
        for (int i = 0; i < layer.size() && limit.isEmpty(); i++) {
            int node = layer.get(i);
            if (nodes.switches(node) == level && nodes.steps(node) == step) {
                expand(node);
            }
        }
        if (limit.isEmpty()) {
            open.clear();
        }
    }

    private void expand(int node) {
        current = node;
        successors = 0;
        lastActor = nodes.read(node, state);
        system.successors(state, this);
        goals.reached(state, successors == 0, goal -> reach(goal, node));
        checkLimits();
        expanded++;
    }

    /** A goal that was met in an earlier layer has a better way. */
    private void reach(int goal, int node) {
        if (best[goal] == NONE) {
            missing--;
            open.set(goal);
            best[goal] = node;
        } else if (open.get(goal) && nodes.compareWays(node, best[goal]) < 0) {
            best[goal] = node;
        }
    }

    @Override
    public void accept(int actor, int choice, int[] successor) {
        int position = successors++;
        if (limit.isPresent()) {
            return;
        }
        int switches = nodes.switches(current) + (lastActor == 0 || lastActor == actor + 1 ? 0 : 1);
        if (symmetry.trivial()) {
            meet(successor, actor + 1, position, choice, switches, nodes.steps(current) + 1);
        } else {
            System.arraycopy(successor, 0, met, 0, met.length);
            symmetry.canonical(met, actor, names);
            meet(met, names[actor] + 1, position, choice, switches, nodes.steps(current) + 1);
        }
    }

    private void meet(int[] reached, int actor, int position, int choice, int switches, int steps) {
        int added = add(reached, actor);
        if (added >= 0) {
            nodes.enter(current, position, choice, switches, steps);
            queue(added, switches, steps);
        } else if (limit.isEmpty()) {
            meetAgain(-1 - added, position, choice, switches, steps);
        }
    }

    /** Does not throw, as the system that calls may not be ready for that; without room the limit is set. */
    private int add(int[] reached, int actor) {
        try {
            return nodes.add(reached, actor);
        } catch (StateTableFullException noRoom) {
            limit = Optional.of(LimitMonitor.noRoom(noRoom));
            return NONE;
        }
    }

    private void meetAgain(int node, int position, int choice, int switches, int steps) {
        int better = Integer.compare(switches, nodes.switches(node));
        if (better == 0) {
            better = Integer.compare(steps, nodes.steps(node));
        }
        if (better < 0) {
            nodes.replace(node, current, position, choice, switches, steps);
            queue(node, switches, steps);
        } else if (better == 0 && comesFirst(position, node)) {
            nodes.replace(node, current, position, choice, switches, steps);
        }
    }

    /** {@return whether the way by the current node comes before the known way, which has the same cost} */
    private boolean comesFirst(int position, int node) {
        int order = nodes.compareWays(current, nodes.predecessor(node));
        return order < 0 || order == 0 && position < nodes.position(node);
    }

    private void queue(int node, int switches, int steps) {
        if (switches == nodes.switches(current)) {
            nextLayer.add(node);
        } else {
            seeds.add(node);
            seedSteps.add(steps);
        }
    }

    private boolean isOver() {
        return missing == 0 || limit.isPresent();
    }

    private void checkLimits() {
        if (limit.isEmpty()) {
            limit = monitor.states(nodes.count());
        }
        if (limit.isEmpty() && monitor.isDue(expanded)) {
            limit = monitor.memory(nodes.bytesUsed()).or(() -> monitor.clock(false));
        }
    }

    private Path replayed(int node) {
        Path found = nodes.path(node);
        Path path = symmetry.trivial() ? found : new UnquotientPath(system, symmetry, names.length).of(found, nodes.positions(node));
        path.replay(system);
        return path;
    }
}
