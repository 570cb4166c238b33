package bpfmc.explorer.search;

import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.store.StateTable;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;

/**
 * The nodes of a search for a path: pairs of a state and the actor that moved last, each with the best way to it so
 * far. The actor is the component after those of the state, 0 for nobody yet and actor + 1 otherwise.
 */
final class PathNodes {
    /** Bytes a node besides its entry in the table. */
    private static final int BYTES = 5 * Integer.BYTES;

    private final StateTable table;
    private final int width;
    private final int[] key;
    private final IntArrayList predecessor = new IntArrayList();
    private final IntArrayList position = new IntArrayList();
    private final IntArrayList choice = new IntArrayList();
    private final IntArrayList switches = new IntArrayList();
    private final IntArrayList steps = new IntArrayList();

    PathNodes(int width, long maxBytes) {
        this.width = width;
        key = new int[width + 1];
        table = new StateTable(width + 1, maxBytes);
    }

    /** {@return as {@link StateTable#add}} A new node has to be given its way by {@link #enter}. */
    int add(int[] state, int lastActor) {
        System.arraycopy(state, 0, key, 0, width);
        key[width] = lastActor;
        return table.add(key);
    }

    /** Gives a new node, the last one added, its first way. */
    void enter(int from, int at, int chosen, int switchesSoFar, int stepsSoFar) {
        predecessor.add(from);
        position.add(at);
        choice.add(chosen);
        switches.add(switchesSoFar);
        steps.add(stepsSoFar);
    }

    /** Gives a known node a better way. */
    void replace(int node, int from, int at, int chosen, int switchesSoFar, int stepsSoFar) {
        predecessor.set(node, from);
        position.set(node, at);
        choice.set(node, chosen);
        switches.set(node, switchesSoFar);
        steps.set(node, stepsSoFar);
    }

    /** Writes the state of a node. @return its last actor + 1, 0 for nobody */
    int read(int node, int[] state) {
        table.get(node, key);
        System.arraycopy(key, 0, state, 0, width);
        return key[width];
    }

    int predecessor(int node) {
        return predecessor.get(node);
    }

    int position(int node) {
        return position.get(node);
    }

    int switches(int node) {
        return switches.get(node);
    }

    int steps(int node) {
        return steps.get(node);
    }

    int count() {
        return table.count();
    }

    long bytesUsed() {
        return table.bytesUsed() + (long) BYTES * table.count();
    }

    /**
     * {@return the order of the ways to two nodes that are equally many steps from the start: negative if the first
     * one's steps come first in the order of the successors} The earliest step that differs decides; it is found
     * backwards, as the last one before the ways meet.
     */
    int compareWays(int first, int second) {
        int order = 0;
        int a = first;
        int b = second;
        while (a != b) {
            order = Integer.compare(position.get(a), position.get(b));
            a = predecessor.get(a);
            b = predecessor.get(b);
        }
        return order;
    }

    /** {@return the way to a node} */
    Path path(int node) {
        MutableList<Step> backwards = Lists.mutable.empty();
        int at = node;
        while (steps.get(at) > 0) {
            int[] state = new int[width];
            int lastActor = read(at, state);
            backwards.add(Step.of(lastActor - 1, choice.get(at), state));
            at = predecessor.get(at);
        }
        int[] initial = new int[width];
        read(at, initial);
        return new Path(Step.of(0, 0, initial).state(), backwards.reverseThis().toImmutable());
    }

    /** {@return for each step of the way to a node its place among the successors of the state before} */
    int[] positions(int node) {
        int[] positions = new int[steps.get(node)];
        int at = node;
        for (int i = positions.length - 1; i >= 0; i--) {
            positions[i] = position.get(at);
            at = predecessor.get(at);
        }
        return positions;
    }
}
