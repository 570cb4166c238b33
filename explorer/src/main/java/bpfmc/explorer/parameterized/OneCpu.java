package bpfmc.explorer.parameterized;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.step.VisibleOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * One CPU by itself, with nothing known of memory, every lock visible and free at all times: that only makes for more
 * runs. What a run does wrong whatever others do shows here, what is not followed,
 * in which order locks are taken, and what differences of times come to: of times only which ones programs store is
 * known.
 *
 * @param order of locks @param cut whether not all was looked at
 */
record OneCpu(ImmutableList<Finding> findings, ImmutableList<Gap> gaps, Set<String> times, LockOrder order, int states, boolean cut) {

    static OneCpu of(Fixpoint.Setting setting) {
        Times times = Times.followed();
        OneCpu one = of(setting, times);
        while (times.grown() && !one.cut()) {
            one = of(setting, times);
        }
        return one;
    }

    private static OneCpu of(Fixpoint.Setting setting, Times times) {
        Focus nothing = Focus.on(new Item.Nothing());
        var maps = new Maps(setting.object(), nothing, setting.names(), setting.rules(), key -> { });
        var elements = new Elements(nothing, setting.names(), maps, times, setting.programs().nesting());
        var runs = new Runs(setting.programs(), setting.names(), elements, maps, new Unfollowed(setting.object(), setting.names(), setting.rules().kernel()), times, true);
        var judge = new ItemJudge(setting.object(), nothing, setting.names(), maps, runs);
        var cpus = new Cpus(setting.programs(), runs);
        Shared known = new Shared(IntSets.immutable.empty(), Sets.immutable.empty(), IntObjectMaps.immutable.empty());
        int s = cpus.number(known);
        LockOrder.Edges edges = new LockOrder.Edges(setting);
        Set<Observation> observations = new LinkedHashSet<>();
        Set<Integer> seen = new LinkedHashSet<>(Set.of(Cpus.IDLE));
        Deque<Integer> work = new ArrayDeque<>(seen);
        while (!work.isEmpty() && seen.size() <= setting.most() && !setting.timeIsUp().getAsBoolean()) {
            ImmutableIntList stack = cpus.stack(work.peek());
            edges.note(runs, stack);
            stack.forEach(f -> {
                observations.addAll(judge.of(f, s, known).castToList());
                observations.addAll(wrapped(setting, runs, f).castToList());
            });
            cpus.steps(s, work.remove()).each(step -> {
                if (seen.add(step.cpu())) {
                    work.add(step.cpu());
                }
            });
        }
        runs.ends().forEach(f -> observations.addAll(judge.ofEnd(f).castToList()));
        ImmutableList<Observation> all = Lists.immutable.withAll(observations);
        return new OneCpu(all.selectInstancesOf(Finding.class), all.selectInstancesOf(Gap.class), times.tooMany(), edges.order(), seen.size(), !work.isEmpty());
    }

    /** {@return what is to be said of a run that uses a difference of times which has wrapped} */
    private static ImmutableList<Finding> wrapped(Fixpoint.Setting setting, Runs runs, int frame) {
        if (!(runs.state(frame).operation() instanceof VisibleOperation.UseWrapped)) {
            return Lists.immutable.empty();
        }
        Run run = new Run(runs.placed(frame).program(), runs.state(frame), setting.names().ids());
        var snapshot = new ClockReaders(run, setting.programs().all(), setting.names().ids());
        return Properties.all().selectInstancesOf(Property.OfState.class).select(p -> p.concerns(run)).flatCollect(p -> p.judge(snapshot, false)).selectInstancesOf(Finding.class);
    }
}
