package bpfmc.explorer.parameterized;

import bpfmc.explorer.verdict.Observation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * Every view that can come about: a view is the shared part with what two CPUs do, each an idle one or a stack of runs.
 * A CPU that is idle may start any program. Besides the two of a view there
 * are any number of others, each of which must be, together with each of the two, a view as well: so a third one is
 * added, its step is taken, and it is forgotten again
 * (Abdulla, Haziza, Holik: All for the price of few, VMCAI 2013).
 */
final class Closure {
    /** More than this is not proven. */
    static final int MOST_VIEWS = 50_000;

    /** So many views are looked at where something stands in the way already. */
    private static final int MOST_WITH_ALARMS = 5_000;

    private final Cpus cpus;
    private final Runs runs;
    private final ItemJudge judge;
    private final int most;
    private final BooleanSupplier timeIsUp;
    /** By shared part and CPU: the CPUs that are a view with it. */
    private final List<MutableIntObjectMap<MutableIntSet>> views = new ArrayList<>();
    private final Deque<View> queue = new ArrayDeque<>();
    private final Set<Observation> observations = new LinkedHashSet<>();
    private int count;
    private boolean cut;

    /** Two CPUs, the one of the smaller number first. */
    private record View(int shared, int a, int b) {}

    Closure(Cpus cpus, Runs runs, ItemJudge judge, int most, BooleanSupplier timeIsUp) {
        this.cpus = cpus;
        this.runs = runs;
        this.judge = judge;
        this.most = most;
        this.timeIsUp = timeIsUp;
    }

    /** Adds views until there are no more. @param initially the shared parts that there may be at first */
    void run(ImmutableList<Shared> initially) {
        initially.each(s -> add(cpus.number(s), Cpus.IDLE, Cpus.IDLE));
        while (!queue.isEmpty() && !cut) {
            View view = queue.remove();
            direct(view);
            withThird(view);
            cut = count > (observations.isEmpty() ? most : Math.min(most, MOST_WITH_ALARMS)) || timeIsUp.getAsBoolean();
        }
        runs.ends().forEach(frame -> observations.addAll(judge.ofEnd(frame).castToList()));
    }

    /** {@return whether not all views were looked at} */
    boolean isCut() {
        return cut;
    }

    int count() {
        return count;
    }

    Set<Observation> observations() {
        return observations;
    }

    /** Is told a view. */
    interface Visitor {
        /** @param a frames of a CPU from the bottom to the top @param b likewise */
        void view(Shared part, ImmutableIntList a, ImmutableIntList b);
    }

    /** Tells every view that has been met, once each way round. */
    void each(Visitor visitor) {
        for (int s = 0; s < views.size(); s++) {
            Shared part = cpus.shared(s);
            views.get(s).forEachKeyValue((a, beside) -> beside.forEach(b -> visitor.view(part, cpus.stack(a), cpus.stack(b))));
        }
    }

    // ---- views

    private boolean known(int s, int a, int b) {
        if (s >= views.size()) {
            return false;
        }
        MutableIntSet beside = views.get(s).get(a);
        return beside != null && beside.contains(b);
    }

    private void add(int s, int a, int b) {
        if (known(s, a, b) || !cpus.together(a, b)) {
            return;
        }
        while (s >= views.size()) {
            views.add(IntObjectMaps.mutable.empty());
        }
        views.get(s).getIfAbsentPut(a, IntSets.mutable::empty).add(b);
        views.get(s).getIfAbsentPut(b, IntSets.mutable::empty).add(a);
        count++;
        judged(s, a, b);
        queue.add(new View(s, Math.min(a, b), Math.max(a, b)));
    }

    private void judged(int s, int a, int b) {
        ImmutableIntList x = cpus.stack(a);
        ImmutableIntList y = cpus.stack(b);
        judged(s, x);
        judged(s, y);
        x.forEach(f -> y.forEach(g -> observations.addAll(judge.ofPair(f, g, false).castToList())));
    }

    private void judged(int s, ImmutableIntList stack) {
        for (int i = 0; i < stack.size(); i++) {
            observations.addAll(judge.of(stack.get(i), s, cpus.shared(s)).castToList());
            for (int j = 0; j < i; j++) {
                observations.addAll(judge.ofPair(stack.get(i), stack.get(j), true).castToList());
            }
        }
    }

    // ---- steps of views

    private void direct(View view) {
        take(view.shared(), view.a(), view.b());
        if (view.a() != view.b()) {
            take(view.shared(), view.b(), view.a());
        }
    }

    private void take(int s, int mover, int other) {
        for (Cpus.CpuStep step : cpus.steps(s, mover)) {
            if (!cpus.hinders(other, step)) {
                add(step.shared(), step.cpu(), cpus.told(other, step.notices()));
            }
        }
    }

    private void withThird(View view) {
        MutableIntSet besideA = views.get(view.shared()).get(view.a());
        MutableIntSet besideB = views.get(view.shared()).get(view.b());
        for (int third : besideA.select(besideB::contains).toArray()) {
            takeAside(view.shared(), third, view.a(), view.b());
            takeAside(view.shared(), view.a(), third, view.b());
            takeAside(view.shared(), view.b(), third, view.a());
        }
    }

    /** The mover's step, as the two others see it. */
    private void takeAside(int s, int mover, int a, int b) {
        for (Cpus.CpuStep step : cpus.steps(s, mover)) {
            if ((step.shared() != s || step.notices().notEmpty()) && !cpus.hinders(a, step) && !cpus.hinders(b, step)) {
                add(step.shared(), cpus.told(a, step.notices()), cpus.told(b, step.notices()));
            }
        }
    }
}
