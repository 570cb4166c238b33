package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.Interrupts;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.step.Consistency;
import java.util.List;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.sorted.ImmutableSortedMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;

/**
 * What surrounds the programs on their CPUs.
 *
 * @param where interrupts are tried @param levels where programs run, by name, whose sections say too little
 * @param rules what CPUs and locks do, as the newest kernel does
 */
public record InterruptChoice(Where where, ImmutableSortedMap<String, ContextLevel> levels, CpuRules rules) {
    /** Where interrupts are tried. */
    public enum Where {
        /** On one CPU; and on all CPUs at once, one on each, where that is expected to be a matter of seconds. */
        auto,
        /** On one CPU, and on all CPUs at once, one on each. */
        each,
        /** On one CPU only, with nothing running on the others. */
        one,
        /** Nowhere. */
        none
    }

    /** Interrupts wherever sections allow them. */
    public static final InterruptChoice USUAL = new InterruptChoice(Where.auto, SortedMaps.immutable.empty(), CpuRules.DEFAULT);

    /** More than this, of all pairs together, take longer than a few seconds. */
    private static final double MOST_EXPECTED_STATES = 250_000;

    /** {@return the same over another memory} */
    InterruptChoice over(Consistency memory) {
        return new InterruptChoice(where, levels, rules.over(memory));
    }

    /** {@return where the object's programs run} @throws InputException when a level is said of a program that there is not */
    Contexts contexts(BpfObject object) {
        levels.keysView().each(program -> Choice.programs(object, List.of(program)));
        return new Contexts(levels);
    }

    private boolean preempts() {
        return rules.preemption() == Preemption.TASKS;
    }

    /** {@return the scenarios with interrupts on one CPU} */
    ImmutableList<Scenario> onOneCpu(ScenarioSpace extent) {
        return where == Where.none ? Lists.immutable.empty() : Interrupts.onOneCpu(extent);
    }

    /** {@return the scenarios with an interrupt on each CPU} @param onOne what came of those on one CPU */
    ImmutableList<Scenario> onEachCpu(ScenarioSpace extent, ImmutableList<ScenarioResult> onOne) {
        if (extent.cpus() == 1) {
            return Lists.immutable.empty();
        }
        return switch (where) {
            case each -> Interrupts.onEachCpu(extent);
            case auto -> affordable(extent, onOne);
            case one, none -> Lists.immutable.empty();
        };
    }

    /** CPUs that have nothing to do with each other have as many states together as the product of their own. */
    private static ImmutableList<Scenario> affordable(ScenarioSpace extent, ImmutableList<ScenarioResult> onOne) {
        ImmutableList<Scenario> all = Interrupts.onEachCpu(extent);
        MutableList<Scenario> chosen = Lists.mutable.empty();
        double left = MOST_EXPECTED_STATES;
        for (int i = 0; i < all.size(); i++) {
            double expected = Math.pow(onOne.get(i).exploration().states(), extent.cpus());
            if (expected <= left) {
                left -= expected;
                chosen.add(all.get(i));
            }
        }
        return chosen.toImmutable();
    }

    // ---- what the scope says

    /** {@return each program's place on its CPU, in words} */
    static ImmutableList<Scope.Context> told(ScenarioSpace extent) {
        return extent.object().programs().collect(p -> new Scope.Context(p.name(), extent.contexts().of(p).describe()));
    }

    /** {@return what was chosen here, or follows from it} @param onOne how many pairs of programs nest @param onEach on each CPU */
    ImmutableList<String> settings(ScenarioSpace extent, int onOne, int onEach) {
        MutableList<String> settings = Lists.mutable.with(switch (where) {
            case auto, each -> onOne == 0 ? "no interrupts: none of these programs can come on top of another that shares a map with it"
                    : "interrupts wherever program types let them come, at most one at a time on each CPU" + left(extent, onOne, onEach);
            case one -> "interrupts on one CPU only, with nothing running on the others (--interrupts one)";
            case none -> "no interrupts (--interrupts none)";
        });
        if (rules.discipline() != LockIrqMode.IRQSAVE || locks(extent.object(), SpecialKind.SPIN_LOCK)) {
            settings.add("bpf_spin_lock " + rules.discipline().word());
        }
        if (rules.lock() != LockImplementation.SPECIFICATION) {
            settings.add("bpf_spin_lock step by step as a " + rules.lock().word() + " lock (--lock " + rules.lock().word() + ")"
                    + (rules.lock().refuses() ? ", asking again where it is refused" : ""));
        }
        if (locks(extent.object(), SpecialKind.RES_SPIN_LOCK) || rules.timeouts() == LockTimeouts.NEVER) {
            settings.add("bpf_res_spin_lock refused with -EDEADLK where it would wait for itself" + (rules.timeouts() == LockTimeouts.ANY
                    ? ", and with -ETIMEDOUT at any time while somebody else owns the lock" : "; it never times out (--lock-timeouts never)"));
        }
        if (preempts()) {
            settings.add("tasks preempting tasks (--preempt)");
        }
        extent.contexts().said().forEachKeyValue((program, level) -> settings.add(program + " at level " + level.word() + " (--context)"));
        return settings.toImmutable();
    }

    /** {@return what was chosen of a scenario whose agents are named} */
    ImmutableList<String> settings(ScenarioSpace extent, ImmutableList<Scenario> placed) {
        boolean nesting = placed.flatCollect(Scenario::agents).anySatisfy(a -> a.rank() > 0);
        MutableList<String> settings = Lists.mutable.with("agents as the scenario says" + (nesting ? ", higher levels interrupting lower ones" : ""));
        return settings.withAll(settings(extent, 0, 0).drop(1)).toImmutable();
    }

    private static String left(ScenarioSpace extent, int onOne, int onEach) {
        return extent.cpus() == 1 || onOne == onEach ? ""
                : "; for " + (onOne - onEach) + " of " + onOne + " pairs of programs only while nothing runs on the other CPUs (--interrupts each for all)";
    }

    private static boolean locks(BpfObject object, SpecialKind kind) {
        return object.maps().anySatisfy(m -> m.value().special().anySatisfy(s -> s.kind() == kind));
    }

    /** {@return what is taken for granted of the CPUs} */
    ImmutableList<String> assumptions(ScenarioSpace extent) {
        boolean preemptible = extent.programs().anySatisfy((BpfProgram p) -> extent.contexts().of(p).preemptible());
        MutableList<String> assumptions = Lists.mutable.empty();
        if (!preempts() && preemptible) {
            assumptions.add("no task preempts another in the middle of a program (kernels without CONFIG_PREEMPT_RCU; else --preempt)");
        }
        if (extent.programs().anySatisfy((BpfProgram p) -> Calls.any(p, Use.SLEEPS))) {
            assumptions.add(preempts() ? "programs that run on a CPU while another sleeps there end before that goes on"
                    : "no program of another task runs on a CPU while one sleeps there (else --preempt)");
        }
        return assumptions.toImmutable();
    }
}
