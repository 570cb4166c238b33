package bpfmc.explorer.property;

import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.program.Async;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import bpfmc.model.step.VisibleOperation.MapOperation;
import java.util.Arrays;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Nobody can step, and somebody waits for a lock, or for the callback of a timer it cancels: for ever, as its owner waits too, is suspended below somebody who waits,
 * or has ended. Each agent waits for one other, so those who cannot go on form cycles, or chains that end at an owner
 * that has ended. A finding names the agents of one cycle, or the last one of a chain; whoever only queues behind them is
 * left out. Where a run cannot be followed any further, nothing is said.
 */
final class Deadlock implements Property.OfState {
    private static final int NOBODY = -1;

    @Override
    public String name() {
        return "deadlock";
    }

    @Override
    public String title() {
        return "Nobody can go on";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.with(TraceNote.WAITS, TraceNote.LOCK_OWNER);
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return shown.places().anySatisfy(p -> p.act() == Act.CANCEL)
                ? "Nobody can go on: bpf_timer_cancel waits for a callback that never returns."
                : "Nobody can go on: each waits for a lock that is never released.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return Mending.interrupted(shown) ? "take this lock in no program that can interrupt its owner; if one of them never runs at the"
                + " level told here, say so: --context PROGRAM=LEVEL" : "take locks in one order everywhere, and never one that is already held";
    }

    @Override
    public boolean concerns(Run run) {
        return run.state().operation() instanceof Acquire || run.state().operation() instanceof CancelTimer;
    }

    @Override
    public boolean onlyTerminal() {
        return true;
    }

    @Override
    public ImmutableList<Finding> judge(Snapshot state, boolean terminal) {
        if (!terminal || unfollowed(state)) {
            return Lists.immutable.empty();
        }
        int[] waitsFor = new int[state.agents()];
        Arrays.setAll(waitsFor, agent -> waitsFor(state, agent));
        boolean[] told = new boolean[state.agents()];
        MutableList<Finding> findings = Lists.mutable.empty();
        for (int agent = 0; agent < state.agents(); agent++) {
            if (state.active(agent)) {
                MutableList<Integer> core = core(waitsFor, agent).select(a -> state.above(a) < 0 || concerns(state.run(a)));
                if (core.anySatisfy(a -> concerns(state.run(a))) && !told[core.min()]) {
                    told[core.min()] = true;
                    findings.add(finding(state, core.toSortedList()));
                }
            }
        }
        return findings.toImmutable();
    }

    private static boolean unfollowed(Snapshot state) {
        for (int agent = 0; agent < state.agents(); agent++) {
            if (state.active(agent) && state.run(agent).state().operation() instanceof VisibleOperation.Unsupported) {
                return true;
            }
        }
        return false;
    }

    /** {@return who has to move before the agent can: the agent on top of it, or the owner of the lock it wants} */
    private static int waitsFor(Snapshot state, int agent) {
        if (!state.active(agent)) {
            return NOBODY;
        }
        if (state.above(agent) >= 0) {
            return state.above(agent);
        }
        Run run = state.run(agent);
        return switch (run.state().operation()) {
            case Acquire wanted -> {
                int owner = state.element(wanted.element().slot()).owner(wanted.offset());
                yield owner == NOBODY ? next(state, agent, wanted) : owner;
            }
            case MapOperation wanted -> bucketOwner(state, agent, wanted);
            case CancelTimer wanted -> callback(state, wanted.element().slot());
            case VisibleOperation.InitTimer o -> NOBODY;
            case VisibleOperation.SetTimer o -> NOBODY;
            case VisibleOperation.StartTimer o -> NOBODY;
            case VisibleOperation.Access o -> NOBODY;
            case VisibleOperation.Release o -> NOBODY;
            case VisibleOperation.ElementOnCpu o -> NOBODY;
            case VisibleOperation.CpuCount o -> NOBODY;
            case VisibleOperation.ReadClock o -> NOBODY;
            case VisibleOperation.UseWrapped o -> NOBODY;
            case VisibleOperation.Fence o -> NOBODY;
            case VisibleOperation.CpuNumber o -> NOBODY;
            case VisibleOperation.Toggle o -> NOBODY;
            case VisibleOperation.Start o -> NOBODY;
            case VisibleOperation.End o -> NOBODY;
            case VisibleOperation.Unsupported o -> NOBODY;
        };
    }

    /** {@return who runs the callback of the element's timer} */
    private static int callback(Snapshot state, int element) {
        for (int other = 0; other < state.agents(); other++) {
            if (state.active(other) && state.run(other).state().held().anySatisfy(h -> h.isTurn(Async.TIMER) && h.element() == element)) {
                return other;
            }
        }
        return NOBODY;
    }

    /** {@return who owns the lock of a bucket of the map, as far as the agent can wait for that} */
    private static int bucketOwner(Snapshot state, int agent, MapOperation wanted) {
        for (int other = 0; other < state.agents(); other++) {
            Run run = state.run(other);
            if (other != agent && state.active(other) && run.state().held().anySatisfy(h -> h.ofBucket() && run.slots().mapOf(h.element()) == wanted.map())) {
                return other;
            }
        }
        return NOBODY;
    }

    /**
     * {@return of those who have begun to take a lock that nobody owns one who is suspended, so that those behind it in the lock's
     * queue wait; the agent itself when there is none, as where somebody has stored to the lock word}
     */
    private static int next(Snapshot state, int agent, Acquire wanted) {
        for (int other = 0; other < state.agents(); other++) {
            if (state.active(other) && state.above(other) >= 0 && state.run(other).state().operation() instanceof Acquire o
                    && o.progress().begun() && o.element().equals(wanted.element()) && o.offset() == wanted.offset()) {
                return other;
            }
        }
        return agent;
    }

    /** {@return the cycle that a walk from one agent to whom it waits for ends in, or the last agent that waits for anybody} */
    private static MutableList<Integer> core(int[] waitsFor, int from) {
        MutableList<Integer> walk = Lists.mutable.empty();
        int at = from;
        while (at != NOBODY && waitsFor[at] != NOBODY && !walk.contains(at)) {
            walk.add(at);
            at = waitsFor[at];
        }
        int again = walk.indexOf(at);
        return again >= 0 ? walk.subList(again, walk.size()) : walk.isEmpty() ? walk : Lists.mutable.with(walk.getLast());
    }

    private Finding finding(Snapshot state, MutableList<Integer> core) {
        Run first = state.run(core.detect(a -> concerns(state.run(a))));
        return new Finding(this, Level.ERROR, subject(first, first.state().operation()), core.collect(state::run).collect(Places::current).sortThis().toImmutable());
    }

    private static Subject subject(Run run, VisibleOperation wanted) {
        return wanted instanceof Acquire lock ? Places.subject(run, lock.element().slot(), lock.offset(), 4)
                : Places.subject(run, ((CancelTimer) wanted).element().slot(), 0, 0);
    }
}
