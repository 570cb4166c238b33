package bpfmc.explorer.search;

import bpfmc.explorer.space.Goal;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTableFullException;
import java.util.Optional;
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
    private final Goal goal;
    private final Watch watch;
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
    private int best = NONE;
    private Optional<LimitReached> limit = Optional.empty();

    /** @param symmetry by which one state stands for several @param actors how many actors the system has, 0 without symmetry */
    PathSearch(TransitionSystem system, Symmetry symmetry, int actors, Goal goal, Limits limits) {
        this.system = system;
        this.symmetry = symmetry;
        this.goal = goal;
        watch = new Watch(limits);
        nodes = new PathNodes(system.width(), limits.maxMemoryBytes());
        state = new int[system.width()];
        met = new int[system.width()];
        names = new int[actors];
    }

    PathResult run() {
        try {
            return search();
        } catch (OutOfMemoryError noRoom) {
            return Watch.heapFull();
        }
    }

    private PathResult search() {
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
        if (limit.isPresent()) {
            return limit.get();
        }
        return best == NONE ? new PathResult.NotFound() : new PathResult.Found(replayed(nodes.path(best)));
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
    }

    private void expand(int node) {
        current = node;
        successors = 0;
        lastActor = nodes.read(node, state);
        system.successors(state, this);
        boolean terminal = successors == 0;
        if (goal.reached(state, terminal) && (best == NONE || nodes.compareWays(node, best) < 0)) {
            best = node;
        }
        checkLimits();
        expanded++;
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
            limit = Optional.of(Watch.noRoom(noRoom));
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
        return best != NONE || limit.isPresent();
    }

    private void checkLimits() {
        if (limit.isEmpty()) {
            limit = watch.states(nodes.count());
        }
        if (limit.isEmpty() && Watch.isDue(expanded)) {
            limit = watch.memory(nodes.bytesUsed()).or(watch::clock);
        }
    }

    private Path replayed(Path found) {
        Path path = symmetry.trivial() ? found : new Unfolding(system, symmetry, names.length).of(found, nodes.positions(best));
        path.replay(system);
        return path;
    }
}
