package bpfmc.explorer.search;

import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.HashTable;
import bpfmc.explorer.store.Parallel;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.store.StateTableFullException;
import bpfmc.explorer.store.Visited;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Sets;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;

/**
 * One run of the search loop. The table of visited states is the frontier too: states are numbered as they are met, and
 * following them by number is breadth first.
 */
final class Exploration<F> implements Expander.Sink<F> {
    private final TransitionSystem system;
    private final Progress progress;
    private final LimitMonitor monitor;
    private final Visited visited;
    private final Expander<F> expander;
    private final Threads threads;
    private final Optional<ParallelExpansion<F>> helped;
    private final MutableSet<F> known = Sets.mutable.empty();
    private final MutableList<F> findings = Lists.mutable.empty();
    private final Checkpoint checkpoint;
    private final LearningLog log;
    /** Whether states are followed again: nothing is added then. */
    private boolean replaying;
    private long earlier;
    private final int[] state;

    private int expanded;
    /** The first state that may be followed together with others. */
    private int together;
    private long transitions;
    private long terminals;
    /** Steps to the states of the layer at hand; -1 before the first layer. */
    private int depth = -1;
    /** The number of the first state that is farther away than {@link #depth}. */
    private int layerEnd;
    private Optional<LimitReached> full = Optional.empty();

    Exploration(SearchTask<F> task, StoragePolicy how, Limits limits, Threads threads, Progress progress) {
        this.checkpoint = how.checkpoint();
        this.system = task.system();
        this.progress = progress;
        this.threads = threads;
        log = new LearningLog(checkpoint != Checkpoint.NONE);
        monitor = new LimitMonitor(limits);
        visited = how.hashes() ? new HashTable(system.width(), limits.maxMemoryBytes())
                : new StateTable(system.width(), limits.maxMemoryBytes(), threads.asIdle());
        expander = new Expander<>(task, how.states());
        expander.tell(this);
        helped = threads.count() > 1 && visited instanceof StateTable table ? ParallelExpansion.of(task, how.states(), table) : Optional.empty();
        state = new int[system.width()];
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
            return monitor.heapFull();
        }
    }

    private End visitAll() {
        Optional<Checkpoint.Kept> kept;
        try {
            kept = visited instanceof StateTable table ? checkpoint.restore(table) : Optional.empty();
        } catch (StateTableFullException noRoom) {
            return LimitMonitor.noRoom(noRoom);
        }
        system.initial(state);
        kept.ifPresentOrElse(this::goOn, () -> add(state));
        while (hasNext()) {
            Optional<LimitReached> limit = limit();
            if (limit.isPresent()) {
                keep();
                return limit.get();
            }
            if (!followTogether() && full.isEmpty()) {
                followOne();
            }
        }
        if (full.isEmpty()) {
            keep();
        }
        return full.isPresent() ? full.get() : new Finished();
    }

    // ---- one state

    private void followOne() {
        visited.get(expanded, state);
        if (checkpoint == Checkpoint.NONE) {
            expander.follow(state);
        } else {
            followNoting();
        }
        transitions += expander.transitions();
        terminals += expander.terminals();
        expanded++;
    }

    private void followNoting() {
        long named = system.named();
        int found = findings.size();
        expander.follow(state);
        log.followed(expanded, system.named() != named || findings.size() != found);
    }

    /** Does not throw, as the system that calls may not be ready for that: the table being full is looked at later. */
    @Override
    public void add(int[] reached) {
        try {
            if (!replaying) {
                visited.addLater(reached);
            }
        } catch (StateTableFullException noRoom) {
            full = Optional.of(LimitMonitor.noRoom(noRoom));
        }
    }

    @Override
    public void found(F finding) {
        if (known.add(finding)) {
            findings.add(finding);
        }
    }

    // ---- many states at a time

    /** {@return whether states of the layer were followed by several threads} What comes of them is what {@link #followOne} would have come to. */
    private boolean followTogether() {
        int share = helped.isEmpty() || expanded < together ? 0 : helped.get().share(layerEnd - expanded, threads.least());
        int before = expanded;
        return share > 0 && threads.together(parallel -> followTogether(helped.get(), share, parallel)) && expanded > before;
    }

    private void followTogether(ParallelExpansion<F> helped, int count, Parallel parallel) {
        settle();
        if (full.isPresent()) {
            return;
        }
        int done = helped.follow(expanded, count, parallel, expander, log::ahead, () -> monitor.isOver(findings.notEmpty()));
        expander.tell(this);
        if (monitor.states(visited.count() + helped.reached()).isPresent() || !helped.add(parallel)) {
            together = expanded + count;
            return;
        }
        if (done < count) {
            together = expanded + done + Chunk.STATES;
        }
        for (Chunk<F> chunk : helped.chunks()) {
            transitions += chunk.transitions();
            terminals += chunk.terminals();
            chunk.findings((where, finding) -> {
                if (known.add(finding)) {
                    findings.add(finding);
                    log.ahead(where);
                }
            });
        }
        expanded += done;
        log.followedTo(expanded);
    }

    // ---- checkpoints

    /** Goes on where a search was kept, whose states are in the table. */
    private void goOn(Checkpoint.Kept kept) {
        replaying = true;
        log.replay(kept.again(), number -> {
            visited.get(number, state);
            expander.follow(state);
        });
        replaying = false;
        if (system.named() != kept.named()) {
            throw new IllegalStateException("a checkpoint does not fit its search: " + system.named() + " values have numbers, not " + kept.named());
        }
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
                checkpoint.keep(new Checkpoint.Kept(expanded, transitions, terminals, depth, layerEnd, system.named(), log.states(), figures().nanos()), table);
            }
        }
    }

    // ---- limits

    /** {@return whether there is a state to follow} Those on their way in are waited for at a layer's end. */
    private boolean hasNext() {
        if (expanded == layerEnd) {
            settle();
            depth += expanded < visited.count() ? 1 : 0;
            layerEnd = visited.count();
        }
        return full.isEmpty() && expanded < layerEnd;
    }

    private void settle() {
        try {
            visited.settle();
        } catch (StateTableFullException noRoom) {
            full = Optional.of(LimitMonitor.noRoom(noRoom));
        }
    }

    private Optional<LimitReached> limit() {
        if (monitor.states(visited.count() + Visited.UNSETTLED).isPresent()) {
            settle();
        }
        Optional<LimitReached> states = monitor.states(visited.count());
        if (!monitor.isDue(expanded)) {
            return states;
        }
        progress.at(figures());
        if (checkpoint.due()) {
            keep();
        }
        return states.or(() -> monitor.clock(findings.notEmpty()));
    }

    private Figures figures() {
        return new Figures(visited.count(), expanded, transitions, terminals, Math.max(0, depth), visited.bytesPeak(),
                earlier + monitor.nanos());
    }
}
