package bpfmc.explorer.parameterized;

import bpfmc.model.Numbering;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.step.Answer;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import bpfmc.model.value.Key;
import bpfmc.model.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * What single runs do in one fixpoint: the steps of a run against a shared part, and what it makes of the steps of
 * others. Operations that nobody else can notice, and whose answers nobody
 * else can change, are no steps: runs go on through them. Computed once for each frame.
 */
final class Runs {
    /** In place of a frame: the run is over. */
    static final int ENDED = -1;

    private static final Shared NOT_READ = null;

    private final Programs programs;
    private final ElementNames names;
    private final Ageing ageing;
    private final Elements elements;
    private final Maps maps;
    private final Unfollowed unfollowed;
    private final Times times;
    private final boolean locksVisible;
    private final Numbering<Frame> frames = new Numbering<>();
    private final Map<Integer, Mentions> mentions = new HashMap<>();
    private final Map<Integer, Settled> settled = new HashMap<>();
    private final Map<Long, ImmutableList<RunStep>> steps = new HashMap<>();
    private final Map<Telling, Integer> told = new HashMap<>();

    /**
     * A step of one run. @param frame of it afterwards, {@link #ENDED} @param unwatched as {@link Way#unwatched} @param
     * claims of the run as it steps
     */
    record RunStep(Shared after, int frame, ImmutableList<Notice> notices, int unwatched, ImmutableSet<Claim> claims) {}

    /**
     * Where a run comes to before its next step. @param frames before a step, {@link #ENDED} among them @param ends
     * frames before the end of the run @param gaps frames that are not followed
     */
    record Settled(ImmutableIntSet frames, ImmutableIntSet ends, ImmutableIntSet gaps) {}

    private record Telling(int frame, ImmutableList<Notice> notices, boolean mine, boolean sameCpu) {}

    /**
     * @param times that programs store @param locksVisible whether taking and releasing any lock is a step, whoever can
     * notice it
     */
    Runs(Programs programs, ElementNames names, Elements elements, Maps maps, Unfollowed unfollowed, Times times, boolean locksVisible) {
        this.programs = programs;
        this.names = names;
        this.ageing = new Ageing(names);
        this.elements = elements;
        this.maps = maps;
        this.unfollowed = unfollowed;
        this.times = times;
        this.locksVisible = locksVisible || programs.nesting();
    }

    // ---- frames

    Frame frame(int number) {
        return frames.value(number);
    }

    Placed placed(int number) {
        return programs.all().get(frame(number).program());
    }

    PrivateState state(int number) {
        return placed(number).automaton().state(frame(number).node());
    }

    Mentions mentions(int number) {
        return mentions.computeIfAbsent(number, n -> Mentions.of(state(n)));
    }

    /** {@return what the run claims} */
    ImmutableSet<Claim> claims(int number) {
        return frame(number).keys().decided().isEmpty() ? Sets.immutable.empty() : Claim.of(placed(number), frame(number).keys());
    }

    /** {@return what of the operation that the run stands before is not followed} */
    Optional<String> unfollowed(int number) {
        return unfollowed.of(state(number).operation(), placed(number).level());
    }

    private int number(int program, int node, KeyTable keys) {
        if (keys.decided().isEmpty()) {
            return frames.number(new Frame(program, node, keys));
        }
        int bare = frames.number(new Frame(program, node, KeyTable.NONE));
        return frames.number(new Frame(program, node, keys.retain(mentions(bare)::mayCome)));
    }

    // ---- steps

    /** {@return where a run of the program comes to first} */
    Settled start(int program) {
        return settle(resumed(program, ThreadAutomaton.START, KeyTable.NONE, Answer.NONE, Lists.immutable.empty()));
    }

    private List<Integer> resumed(int program, int node, KeyTable keys, Answer answer, ImmutableList<StaleClockSample> overtaken) {
        List<Integer> all = new ArrayList<>();
        ThreadAutomaton automaton = programs.all().get(program).automaton();
        int from = overtaken.isEmpty() ? node : automaton.number(Ageing.overtaken(automaton.state(node), overtaken));
        automaton.resume(from, answer).forEach(next -> all.add(number(program, next, keys)));
        return all;
    }

    /** {@return the steps that the run can make; none while it waits} */
    ImmutableList<RunStep> steps(int number, int sharedNumber, Shared shared) {
        return steps.computeIfAbsent((long) number << Integer.SIZE | sharedNumber, k -> computed(number, shared));
    }

    private ImmutableList<RunStep> computed(int number, Shared shared) {
        if (unfollowed(number).isPresent()) {
            return Lists.immutable.empty();
        }
        Frame frame = frame(number);
        Set<RunStep> all = new LinkedHashSet<>();
        for (Way way : ways(number, shared)) {
            List<Integer> next = new ArrayList<>();
            for (int resumed : resumed(frame.program(), frame.node(), way.keys(), way.answer(), way.overtaken())) {
                next.add(told(resumed, way.notices(), true, true));
            }
            settle(next).frames().forEach(f -> all.add(new RunStep(way.after(), f, way.notices(), way.unwatched(), Claim.of(placed(number), way.keys()))));
        }
        return Lists.immutable.withAll(all);
    }

    /** {@return where the frames come to: ends and gaps that are met are told by their frames} */
    private Settled settle(List<Integer> from) {
        var reached = IntSets.mutable.empty();
        var ends = IntSets.mutable.empty();
        var gaps = IntSets.mutable.empty();
        for (int frame : from) {
            Settled one = settled(frame);
            reached.addAll(one.frames());
            ends.addAll(one.ends());
            gaps.addAll(one.gaps());
        }
        return new Settled(reached.toImmutable(), ends.toImmutable(), gaps.toImmutable());
    }

    private Settled settled(int from) {
        Settled known = settled.get(from);
        if (known != null) {
            return known;
        }
        var reached = IntSets.mutable.empty();
        var ends = IntSets.mutable.empty();
        var gaps = IntSets.mutable.empty();
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> work = new ArrayDeque<>();
        work.add(from);
        while (!work.isEmpty()) {
            int number = work.remove();
            if (!seen.add(number)) {
                continue;
            }
            VisibleOperation operation = state(number).operation();
            if (operation instanceof VisibleOperation.End) {
                reached.add(ENDED);
                ends.add(number);
            } else if (unfollowed(number).isPresent()) {
                reached.add(number);
                gaps.add(number);
            } else if (visible(operation)) {
                reached.add(number);
            } else {
                Frame frame = frame(number);
                ways(number, NOT_READ).each(way -> work.addAll(resumed(frame.program(), frame.node(), way.keys(), way.answer(), way.overtaken())));
            }
        }
        Settled result = new Settled(reached.toImmutable(), ends.toImmutable(), gaps.toImmutable());
        settled.put(from, result);
        return result;
    }

    /** {@return every frame before the end of a run that was met so far} */
    ImmutableIntSet ends() {
        var all = IntSets.mutable.empty();
        settled.values().forEach(s -> all.addAll(s.ends()));
        return all.toImmutable();
    }

    /** {@return every frame so far that stands before what is not followed} */
    ImmutableIntSet gaps() {
        var all = IntSets.mutable.empty();
        settled.values().forEach(s -> all.addAll(s.gaps()));
        return all.toImmutable();
    }

    private boolean visible(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.Access o -> concerns(o.element().slot());
            case VisibleOperation.Acquire o -> locksVisible || concerns(o.element().slot());
            case VisibleOperation.Release o -> locksVisible || concerns(o.element().slot());
            case VisibleOperation.MapOperation o -> maps.dependsOnShared(o);
            case VisibleOperation.Toggle o -> programs.nesting();
            case VisibleOperation.Start o -> true;
            case VisibleOperation.End o -> true;
            case VisibleOperation.Unsupported o -> true;
            case VisibleOperation.TimerOperation o -> true;
            case VisibleOperation.UseWrapped o -> true;
            case VisibleOperation.Fence o -> true;
            case VisibleOperation.ReadClock o -> false;
            case VisibleOperation.CpuNumber o -> false;
            case VisibleOperation.CpuCount o -> false;
            case VisibleOperation.ElementOnCpu o -> true;
        };
    }

    private boolean concerns(int slot) {
        return elements.known(slot) || names.kind(slot) == ElementNames.Kind.STALE;
    }

    private ImmutableList<Way> ways(int number, Shared shared) {
        PrivateState run = state(number);
        KeyTable keys = frame(number).keys();
        noteTimes(number, run.operation());
        return switch (run.operation()) {
            case VisibleOperation.Access o -> elements.access(o, run, shared, keys);
            case VisibleOperation.Acquire o -> elements.acquire(o, shared, keys);
            case VisibleOperation.Release o -> elements.release(o, shared, keys);
            case VisibleOperation.MapOperation o -> maps.step(o, new Maps.Runner(run, keys, placed(number).level() == ContextLevel.NMI, mentions(number)), shared);
            case VisibleOperation.ReadClock o -> one(new Answer.Of(Value.of(o.sample())), shared, keys);
            case VisibleOperation.CpuNumber o -> one(new Answer.Of(Value.of(CpuNumbers.own())), shared, keys);
            case VisibleOperation.CpuCount o -> one(Unknowns.answer(run.pc(), Integer.BYTES), shared, keys);
            case VisibleOperation.Toggle o -> one(Answer.NONE, shared, keys);
            case VisibleOperation.Start o -> one(Answer.NONE, shared, keys);
            case VisibleOperation.UseWrapped o -> one(Answer.NONE, shared, keys);
            case VisibleOperation.Fence o -> one(Answer.NONE, shared, keys);
            case VisibleOperation.ElementOnCpu o -> Lists.immutable.empty();
            case VisibleOperation.TimerOperation o -> Lists.immutable.empty();
            case VisibleOperation.End o -> Lists.immutable.empty();
            case VisibleOperation.Unsupported o -> Lists.immutable.empty();
        };
    }

    private void noteTimes(int number, VisibleOperation operation) {
        int map = switch (operation) {
            case VisibleOperation.Access o -> names.mapOf(o.element().slot());
            case VisibleOperation.MapOperation o -> o.map();
            case VisibleOperation o -> -1;
        };
        if (map >= 0) {
            times.note(operation, map, maps.name(map), frame(number).program());
        }
    }

    private static ImmutableList<Way> one(Answer answer, Shared shared, KeyTable keys) {
        return Lists.immutable.with(new Way(answer, shared, keys));
    }

    // ---- what others do

    /**
     * {@return the frame once its run has been told} @param mine whether its own step caused it @param sameCpu whether
     * a run on its CPU did
     */
    int told(int number, ImmutableList<Notice> notices, boolean mine, boolean sameCpu) {
        if (notices.isEmpty()) {
            return number;
        }
        Telling telling = new Telling(number, notices, mine, sameCpu);
        Integer known = told.get(telling);
        if (known == null) {
            known = number;
            for (Notice notice : notices) {
                known = told(known, notice, mine, sameCpu);
            }
            told.put(telling, known);
        }
        return known;
    }

    private int told(int number, Notice notice, boolean mine, boolean sameCpu) {
        return switch (notice) {
            case Notice.Told n when n.ofCpu() && !sameCpu -> number;
            case Notice.Told n -> changed(number, told(number, n.what(), mine));
            case Notice.Inserted n when n.ofCpu() && !sameCpu -> number;
            case Notice.Inserted n -> changed(number, automaton(number).notice(frame(number).node(), new Invalidation.Inserted(n.map(), trackedNames(number)), mine));
            case Notice.Recycled n when !ageing.hasOld(mentions(number), n.map()) -> number;
            case Notice.Recycled n -> changed(number, automaton(number).number(ageing.recycled(state(number), n.map())));
        };
    }

    private ImmutableList<Key> trackedNames(int number) {
        return frame(number).keys().names().newWithAll(maps.constant());
    }

    private ThreadAutomaton automaton(int number) {
        return placed(number).automaton();
    }

    private int changed(int number, int node) {
        Frame frame = frame(number);
        return node == frame.node() ? number : number(frame.program(), node, frame.keys());
    }

    private int told(int number, Invalidation what, boolean mine) {
        ThreadAutomaton automaton = automaton(number);
        int node = automaton.notice(frame(number).node(), what, mine);
        return switch (what) {
            case Invalidation.Written w when !mine -> writtenOld(automaton, node, w);
            case Invalidation.Written w -> node;
            case Invalidation.Replaced r -> aged(automaton, node, r.element());
            case Invalidation.Unlinked u -> aged(automaton, node, u.element());
            case Invalidation.Reused r -> node;
            case Invalidation.WordOverwritten w -> node;
            case Invalidation.ClockRead c -> node;
            case Invalidation.Inserted i -> node;
            case Invalidation.Rearranged r -> node;
        };
    }

    /** An old element may be the current one again. */
    private int writtenOld(ThreadAutomaton automaton, int node, Invalidation.Written w) {
        if (names.kind(w.element()) != ElementNames.Kind.CURRENT) {
            return node;
        }
        int after = node;
        for (int old : ageing.oldLoads(automaton.state(node), names.mapOf(w.element()))) {
            after = automaton.notice(after, new Invalidation.Written(old, w.offset(), w.size()), false);
        }
        return after;
    }

    private int aged(ThreadAutomaton automaton, int node, int element) {
        PrivateState before = automaton.state(node);
        PrivateState after = ageing.aged(before, names.mapOf(element));
        return after == before ? node : automaton.number(after);
    }

    /** {@return whether the run has the address of the element} */
    boolean watches(int number, int slot) {
        return mentions(number).held().contains(slot);
    }

    /** {@return how many frames there are so far} */
    int size() {
        return frames.size();
    }
}
