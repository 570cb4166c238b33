package bpfmc.explorer.search;

import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.StateTableFullException;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Sets;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;

/**
 * One run of the search loop. The table of visited states is the frontier too: states are numbered as they are met, and
 * expanding them by number is breadth first.
 */
final class Exploration<F> implements Successors {
    private final TransitionSystem system;
    private final Judge<F> judge;
    private final Progress progress;
    private final Watch watch;
    private final StateTable visited;
    private final MutableSet<F> known = Sets.mutable.empty();
    private final MutableList<F> findings = Lists.mutable.empty();
    private final int[] state;

    private int expanded;
    private long transitions;
    private long terminals;
    private int depth;
    /** The number of the first state that is farther away than {@link #depth}. */
    private int layerEnd = 1;
    private Optional<LimitReached> full = Optional.empty();

    Exploration(TransitionSystem system, Judge<F> judge, Limits limits, Progress progress) {
        this.system = system;
        this.judge = judge;
        this.progress = progress;
        watch = new Watch(limits);
        visited = new StateTable(system.width(), limits.maxMemoryBytes());
        state = new int[system.width()];
    }

    Outcome<F> run() {
        End end = visitAll();
        return new Outcome<>(end, findings.toImmutable(), figures());
    }

    private End visitAll() {
        system.initial(state);
        add(state);
        while (expanded < visited.count()) {
            Optional<LimitReached> limit = limit();
            if (limit.isPresent()) {
                return limit.get();
            }
            enterLayer();
            visited.get(expanded, state);
            long before = transitions;
            system.successors(state, this);
            if (full.isPresent()) {
                break;
            }
            boolean terminal = transitions == before;
            terminals += terminal ? 1 : 0;
            judge.judge(state, terminal, this::found);
            expanded++;
        }
        return full.isPresent() ? full.get() : new Finished();
    }

    /** One step of the state at hand. */
    @Override
    public void accept(int actor, int choice, int[] successor) {
        transitions++;
        add(successor);
    }

    /** Does not throw, as the system that calls may not be ready for that: the table being full is looked at later. */
    private void add(int[] reached) {
        try {
            visited.add(reached);
        } catch (StateTableFullException noRoom) {
            full = Optional.of(Watch.noRoom(noRoom));
        }
    }

    private void found(F finding) {
        if (known.add(finding)) {
            findings.add(finding);
        }
    }

    /** Notices that the next state is the first of those one step farther away. */
    private void enterLayer() {
        if (expanded == layerEnd) {
            depth++;
            layerEnd = visited.count();
        }
    }

    private Optional<LimitReached> limit() {
        if (!Watch.isDue(expanded)) {
            return watch.states(visited.count());
        }
        progress.at(figures());
        return watch.states(visited.count()).or(watch::clock);
    }

    private Figures figures() {
        return new Figures(
                visited.count(), expanded, transitions, terminals, depth, visited.bytesPeak(), watch.nanos());
    }
}
