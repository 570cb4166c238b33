package bpfmc.explorer.parameterized;

import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.scenario.SharedMaps;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.value.Key;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** The proof for any number of CPUs and runs: a fixpoint for each item, each of them as coarse as will do. */
public final class AnyNumber {
    /** More constants that programs use as keys of one map are not told apart. */
    private static final int MOST_CONSTANTS = 64;

    private final ScenarioSpace space;
    private final Items items;
    private final Fixpoint.Setting setting;
    private final MutableList<Proof.Proven> proven = Lists.mutable.empty();
    private final MutableList<Proof.Open> open = Lists.mutable.empty();

    private AnyNumber(ScenarioSpace space, boolean interrupts, BooleanSupplier timeIsUp) {
        var names = new ElementNames(space.object().maps().size());
        this.space = space;
        this.items = new Items(space.object(), names);
        Programs programs = Programs.of(space.object(), space.programs(), space.contexts(), space.rules(), interrupts, names);
        this.setting = new Fixpoint.Setting(space.object(), programs, names, space.rules(), Closure.MOST_VIEWS, timeIsUp);
    }

    /**
     * {@return what could be proven} @param space programs, rules and contexts; its numbers of CPUs and runs do not
     * matter @param interrupts whether programs interrupt programs
     */
    public static Proof of(ScenarioSpace space, boolean interrupts, BooleanSupplier timeIsUp) {
        ImmutableList<String> outside = outside(space);
        if (outside.notEmpty()) {
            return Proof.outside(outside);
        }
        var all = new AnyNumber(space, interrupts, timeIsUp);
        ImmutableList<String> order = all.alone();
        all.prove();
        return new Proof(all.proven.toImmutable(), all.open.toImmutable(), order, all.setting.programs().nesting());
    }

    /** {@return the order in which locks are taken} Deadlocks are open where it is none. */
    private ImmutableList<String> alone() {
        OneCpu one = OneCpu.of(setting);
        String name = items.told(new Item.Nothing());
        one.gaps().each(g -> open.add(new Proof.Open(name, g)));
        one.findings().each(f -> open.add(new Proof.Open(name, f)));
        one.times().forEach(map -> open.add(new Proof.Open(name, "times in " + map + " that are added up, or copied together", Lists.immutable.empty())));
        one.order().circle().ifPresent(circle -> open.add(new Proof.Open("lock order", "locks are taken in a circle: " + circle.makeString(" -> "), Lists.immutable.empty())));
        if (one.cut()) {
            open.add(new Proof.Open(name, cut("states of one CPU"), Lists.immutable.empty()));
        }
        proven.add(new Proof.Proven(name, one.states()));
        return one.order().told();
    }

    private String cut(String what) {
        return setting.timeIsUp().getAsBoolean() ? "no time left" : "more than " + setting.most() + " " + what;
    }

    /** {@return what of the setting is not followed} */
    private static ImmutableList<String> outside(ScenarioSpace space) {
        MutableList<String> outside = Lists.mutable.empty();
        if (space.rules().lock() != LockImplementation.SPECIFICATION) {
            outside.add("locks step by step (--lock " + space.rules().lock().word() + ") are not followed for any number of CPUs");
        }
        if (space.rules().preemption() == CpuRules.Preemption.TASKS) {
            outside.add("tasks that preempt tasks (--preempt) are not followed for any number of CPUs");
        }
        ImmutableIntSet used = space.programs().flatCollect(p -> SharedMaps.of(space.object(), p).collect(i -> i)).collectInt(i -> i).toSet().toImmutable();
        space.object().maps().select(m -> used.contains(m.index())).select(m -> m.value().special().anySatisfy(f -> f.kind() == SpecialKind.TIMER || f.kind() == SpecialKind.WORKQUEUE || f.kind() == SpecialKind.TASK_WORK))
                .each(m -> outside.add("timers and work items (" + m.name() + ") are not followed for any number of CPUs"));
        return outside.toImmutable();
    }

    private void prove() {
        items.fixed().each(f -> one(Focus.on(f)));
        items.keyed().each(this::keyed);
    }

    /** The key is each of the constants that programs name, or another one. */
    private void keyed(MapDefinition map) {
        Set<Key> constants = new LinkedHashSet<>();
        Set<Key> done = new LinkedHashSet<>();
        constants.addAll(one(Focus.on(items.keyed(map, Optional.empty()))).castToList());
        while (done.size() < constants.size()) {
            Key next = constants.stream().filter(k -> !done.contains(k)).findFirst().orElseThrow();
            done.add(next);
            if (done.size() > MOST_CONSTANTS) {
                open.add(new Proof.Open(map.name(), "more than " + MOST_CONSTANTS + " constant keys", Lists.immutable.empty()));
                return;
            }
            constants.addAll(one(Focus.on(items.keyed(map, Optional.of(next)))).castToList());
        }
    }

    /** {@return the constant keys that were met} */
    private ImmutableList<Key> one(Focus focus) {
        Fixpoint alone = Fixpoint.of(setting, focus);
        Fixpoint last = refined(alone);
        String name = items.told(focus.item());
        if (last.proven()) {
            proven.add(new Proof.Proven(name, last.views()));
        } else {
            last.gaps().each(g -> open.add(new Proof.Open(name, g)));
            last.findings().each(f -> open.add(new Proof.Open(name, f)));
            if (last.cut()) {
                boolean only = last.findings().isEmpty() && last.gaps().isEmpty();
                open.add(new Proof.Open(name, only ? cut("views") : "what else there may be was not looked for", Lists.immutable.empty()));
            }
        }
        return alone.constants().newWithAll(last.constants()).distinct();
    }

    /**
     * {@return the first fixpoint that is proven of those that know of more and more; else the last one} Only what may
     * be a fault is looked at more closely.
     */
    private Fixpoint refined(Fixpoint alone) {
        if (settled(alone)) {
            return alone;
        }
        Fixpoint locked = withLocks(alone);
        return settled(locked) ? locked : keeping(locked);
    }

    private static boolean settled(Fixpoint fixpoint) {
        return fixpoint.findings().isEmpty() || fixpoint.gaps().notEmpty();
    }

    private Fixpoint keeping(Fixpoint before) {
        Fixpoint last = before;
        for (ImmutableSet<Focus.Word> words : before.deciding()) {
            ImmutableIntSet fixed = words.collectInt(Focus.Word::slot).select(s -> setting.names().kind(s) == ElementNames.Kind.FIXED).toSet().toImmutable();
            last = Fixpoint.of(setting, before.focus().keeping(words, fixed));
            if (last.proven()) {
                return last;
            }
        }
        return last;
    }

    /**
     * {@return the fixpoint in which the locks of other maps count as well, if that is proven; else the one without}
     */
    private Fixpoint withLocks(Fixpoint alone) {
        Focus focus = alone.focus();
        ImmutableIntSet fixedLocks = items.fixedLocks();
        if (focus.words() > 0 || items.keyed().noneSatisfy(Items::locks)) {
            ImmutableIntSet keyedLocks = focus.words() > 0 ? items.keyedLocks(focus.words()) : IntSets.immutable.empty();
            Focus wider = focus.with(keyedLocks, fixedLocks, focus.words(), focus.constant());
            return wider.equals(focus) ? alone : Fixpoint.of(setting, wider);
        }
        Fixpoint last = alone;
        for (int words : items.keyed().select(Items::locks).collect(Focus::words).distinct()) {
            last = Fixpoint.of(setting, focus.with(items.keyedLocks(words), fixedLocks, words, Optional.empty()));
            for (Key constant : last.proven() ? Lists.immutable.<Key>empty() : last.constants()) {
                last = last.proven() ? last : Fixpoint.of(setting, focus.with(items.keyedLocks(words), fixedLocks, words, Optional.of(constant)));
            }
        }
        return last;
    }
}
