package bpfmc.explorer.search;

import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import java.util.Arrays;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;

/**
 * Makes a path of the system of a path through representatives. On the way it knows for each actor of the representative
 * which actor of the path it is.
 */
final class UnquotientPath {
    private final TransitionSystem system;
    private final Symmetry symmetry;
    private final int actors;

    UnquotientPath(TransitionSystem system, Symmetry symmetry, int actors) {
        this.system = system;
        this.symmetry = symmetry;
        this.actors = actors;
    }

    /**
     * {@return the path with every actor keeping its name; actors that are alike appear in the order of their numbers}
     *
     * @param folded through representatives @param positions of its steps among the successors of the representatives
     */
    Path of(Path folded, int[] positions) {
        int[] initial = new int[system.width()];
        system.initial(initial);
        int[] names = new int[actors];
        symmetry.byAppearance(actors(initial, positions), names);
        int[] state = new int[system.width()];
        symmetry.rename(initial, names, state);
        if (!Arrays.equals(state, initial)) {
            throw new IllegalStateException("actors that are alike begin in different states: " + Arrays.toString(initial));
        }
        MutableList<Step> steps = Lists.mutable.empty();
        Walk walk = new Walk(initial, names);
        for (int position : positions) {
            walk.step(position);
            Found found = new Found(walk.actor, walk.reached);
            system.successors(state, found);
            if (found.choice < 0) {
                throw new IllegalStateException("step " + (steps.size() + 1) + " of a path through representatives has no counterpart: actor "
                        + walk.actor + " of " + Arrays.toString(state) + " does not reach " + Arrays.toString(walk.reached)
                        + ". Usual cause: the symmetry renames something that the system tells apart, or misses a name");
            }
            state = walk.reached;
            steps.add(Step.of(walk.actor, found.choice, state));
        }
        return new Path(Step.of(0, 0, initial).state(), steps.toImmutable());
    }

    private int[] actors(int[] initial, int[] positions) {
        Walk walk = new Walk(initial, new int[0]);
        int[] moved = new int[positions.length];
        for (int i = 0; i < moved.length; i++) {
            walk.step(positions[i]);
            moved[i] = walk.actor;
        }
        return moved;
    }

    /** Goes along the representatives and tells each step by the names of the path. */
    private final class Walk {
        private int[] representative;
        private int[] names;
        private int actor;
        private int[] reached;

        /** @param path the names that the path has for the initial state's actors, none to leave them as they are */
        Walk(int[] initial, int[] path) {
            representative = initial.clone();
            reached = initial;
            int[] into = new int[actors];
            symmetry.canonical(representative, -1, into);
            names = path.length == 0 ? inverse(into) : composed(inverse(into), path);
        }

        void step(int position) {
            Picked raw = new Picked(position);
            system.successors(representative, raw);
            actor = names[raw.actor];
            reached = new int[system.width()];
            symmetry.rename(raw.successor, names, reached);
            int[] into = new int[actors];
            symmetry.canonical(raw.successor, raw.actor, into);
            names = composed(inverse(into), names);
            representative = raw.successor;
        }
    }

    private static int[] inverse(int[] names) {
        int[] inverse = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            inverse[names[i]] = i;
        }
        return inverse;
    }

    private static int[] composed(int[] first, int[] then) {
        return Arrays.stream(first).map(i -> then[i]).toArray();
    }

    /** Keeps the successor at one position. */
    private static final class Picked implements Successors {
        private final int position;
        private int count;
        private int actor;
        private int[] successor = {};

        Picked(int position) {
            this.position = position;
        }

        @Override
        public void accept(int mover, int choice, int[] reached) {
            if (count++ == position) {
                actor = mover;
                successor = reached.clone();
            }
        }
    }

    /** Looks for the choice by which an actor reaches a state. */
    private static final class Found implements Successors {
        private final int actor;
        private final int[] wanted;
        private int choice = -1;

        Found(int actor, int[] wanted) {
            this.actor = actor;
            this.wanted = wanted;
        }

        @Override
        public void accept(int mover, int chosen, int[] reached) {
            if (choice < 0 && mover == actor && Arrays.equals(reached, wanted)) {
                choice = chosen;
            }
        }
    }
}
