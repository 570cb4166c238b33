package bpfmc.explorer.search;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.HashTable;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.StateTableFullException;
import bpfmc.explorer.store.Visited;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Sets;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * One run of the search loop. The table of visited states is the frontier too: states are numbered as they are met, and
 * expanding them by number is breadth first.
 */
final class Exploration<F> implements Successors {
    /** So many states are run through; then one is stored, so that runs in a circle end. */
    private static final int LONGEST_CHAIN = 1_000;

    private final TransitionSystem system;
    private final Judge<F> judge;
    private final Progress progress;
    private final Watch watch;
    private final Visited visited;
    private final MutableSet<F> known = Sets.mutable.empty();
    private final MutableList<F> findings = Lists.mutable.empty();
    private final Keep keep;
    private final Checkpoint checkpoint;
    /** Of the states that were followed, those that must be followed again before the search can go on in another process. */
    private final MutableIntList again = IntLists.mutable.empty();
    /** Whether states are followed again: nothing is added then. */
    private boolean replaying;
    private long earlier;
    private final int[] state;
    /** The first successor of the state at hand. */
    private final int[] first;
    private int successors;

    private int expanded;
    private long transitions;
    private long terminals;
    /** Steps to the states of the layer at hand; -1 before the first layer. */
    private int depth = -1;
    /** The number of the first state that is farther away than {@link #depth}. */
    private int layerEnd;
    private Optional<LimitReached> full = Optional.empty();

    Exploration(TransitionSystem system, Judge<F> judge, Storing how, Limits limits, Progress progress) {
        this.checkpoint = how.checkpoint();
        this.keep = how.keep();
        this.system = system;
        this.judge = judge;
        this.progress = progress;
        watch = new Watch(limits);
        visited = how.hashes() ? new HashTable(system.width(), limits.maxMemoryBytes()) : new StateTable(system.width(), limits.maxMemoryBytes());
        state = new int[system.width()];
        first = new int[system.width()];
    }

    Outcome<F> run() {
        End end = visitAllInHeap();
        return new Outcome<>(end, findings.toImmutable(), figures(), visited.omission());
    }

    /** The heap is a limit as any other: what was found until then is worth telling. */
    private End visitAllInHeap() {
        try {
            return visitAll();
        } catch (OutOfMemoryError noRoom) {
            return Watch.heapFull();
        }
    }

    private End visitAll() {
        Optional<Checkpoint.Kept> kept;
        try {
            kept = visited instanceof StateTable table ? checkpoint.restore(table) : Optional.empty();
        } catch (StateTableFullException noRoom) {
            return Watch.noRoom(noRoom);
        }
        system.initial(state);
        kept.ifPresentOrElse(this::goOn, () -> add(state));
        while (hasNext()) {
            Optional<LimitReached> limit = limit();
            if (limit.isPresent()) {
                keep();
                return limit.get();
            }
            visited.get(expanded, state);
            if (checkpoint == Checkpoint.NONE) {
                follow();
            } else {
                followNoting();
            }
            expanded++;
        }
        if (full.isEmpty()) {
            keep();
        }
        return full.isPresent() ? full.get() : new Finished();
    }

    /** Follows the state at hand to where its ways part, or end, and adds what comes there. */
    private void follow() {
        int chain = 0;
        // A terminal state is always stored, so that it counts once.
        while (expand() == 1 && keep == Keep.BRANCHING && chain < LONGEST_CHAIN) {
            chain++;
            System.arraycopy(first, 0, state, 0, state.length);
        }
        if (successors == 1) {
            add(first);
        } else if (successors == 0 && chain > 0) {
            terminals--;
            add(state);
        }
    }

    private void followNoting() {
        long named = system.named();
        int found = findings.size();
        follow();
        if (system.named() != named || findings.size() != found) {
            again.add(expanded);
        }
    }

    /** Goes on where a search was kept, whose states are in the table. */
    private void goOn(Checkpoint.Kept kept) {
        replaying = true;
        for (int i = 0; i < kept.again().size(); i++) {
            visited.get(kept.again().get(i), state);
            follow();
        }
        replaying = false;
        if (system.named() != kept.named()) {
            throw new IllegalStateException("a checkpoint does not fit its search: " + system.named() + " values have numbers, not " + kept.named());
        }
        again.addAll(kept.again());
        expanded = kept.expanded();
        transitions = kept.transitions();
        terminals = kept.terminals();
        depth = kept.depth();
        layerEnd = kept.layerEnd();
        earlier = kept.nanos();
    }

    private void keep() {
        if (checkpoint != Checkpoint.NONE && visited instanceof StateTable table) {
            settle();
            if (full.isEmpty()) {
                checkpoint.keep(new Checkpoint.Kept(expanded, transitions, terminals, depth, layerEnd, system.named(), again.toImmutable(),
                        figures().nanos()), table);
            }
        }
    }

    /** Judges the state at hand, and adds its successors unless it has only one. {@return how many it has} */
    private int expand() {
        successors = 0;
        system.successors(state, this);
        transitions += successors;
        terminals += successors == 0 ? 1 : 0;
        judge.judge(state, successors == 0, this::found);
        return successors;
    }

    /** One step of the state at hand. */
    @Override
    public void accept(int actor, int choice, int[] successor) {
        successors++;
        if (successors == 1) {
            System.arraycopy(successor, 0, first, 0, first.length);
        } else {
            if (successors == 2) {
                add(first);
            }
            add(successor);
        }
    }

    /** {@return whether there is a state to expand} Those on their way in are waited for at a layer's end. */
    private boolean hasNext() {
        if (expanded == layerEnd) {
            settle();
            depth += expanded < visited.count() ? 1 : 0;
            layerEnd = visited.count();
        }
        return full.isEmpty() && expanded < layerEnd;
    }

    /** Does not throw, as the system that calls may not be ready for that: the table being full is looked at later. */
    private void add(int[] reached) {
        try {
            if (!replaying) {
                visited.addLater(reached);
            }
        } catch (StateTableFullException noRoom) {
            full = Optional.of(Watch.noRoom(noRoom));
        }
    }

    private void settle() {
        try {
            visited.settle();
        } catch (StateTableFullException noRoom) {
            full = Optional.of(Watch.noRoom(noRoom));
        }
    }

    private void found(F finding) {
        if (known.add(finding)) {
            findings.add(finding);
        }
    }

    private Optional<LimitReached> limit() {
        if (!Watch.isDue(expanded)) {
            return watch.states(visited.count());
        }
        progress.at(figures());
        if (checkpoint.due()) {
            keep();
        }
        return watch.states(visited.count()).or(watch::clock);
    }

    private Figures figures() {
        return new Figures(visited.count(), expanded, transitions, terminals, Math.max(0, depth), visited.bytesPeak(),
                earlier + watch.nanos());
    }
}
