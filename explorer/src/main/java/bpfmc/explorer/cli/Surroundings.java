package bpfmc.explorer.cli;

import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Extent;
import bpfmc.explorer.scenario.Interrupts;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.model.InputException;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What surrounds the programs on their CPUs: options that change what is explored, and what the scope says of them. */
final class Surroundings {
    /** Where interrupts are tried. */
    enum Where {
        /** On one CPU; and on all CPUs at once, one on each, where that is expected to be a matter of seconds. */
        auto,
        /** On one CPU, and on all CPUs at once, one on each. */
        each,
        /** On one CPU only, with nothing running on the others. */
        one,
        /** Nowhere. */
        none
    }

    /** Reads a lock discipline by its name. */
    static final class DisciplineName implements ITypeConverter<LockIrqMode> {
        @Override
        public LockIrqMode convert(String value) {
            for (LockIrqMode d : LockIrqMode.values()) {
                if (d.word().equalsIgnoreCase(value)) {
                    return d;
                }
            }
            throw new picocli.CommandLine.TypeConversionException("there is no lock discipline '" + value + "'; there are "
                    + Lists.immutable.with(LockIrqMode.values()).collect(LockIrqMode::word).makeString(", "));
        }
    }

    /** Reads a lock implementation by its name. */
    static final class LockName implements ITypeConverter<LockImplementation> {
        @Override
        public LockImplementation convert(String value) {
            for (LockImplementation i : LockImplementation.values()) {
                if (i.word().equalsIgnoreCase(value)) {
                    return i;
                }
            }
            throw new picocli.CommandLine.TypeConversionException("there is no lock implementation '" + value + "'; there are "
                    + Lists.immutable.with(LockImplementation.values()).collect(LockImplementation::word).makeString(", "));
        }
    }

    /** Reads when locks time out. */
    static final class TimeoutsName implements ITypeConverter<LockTimeouts> {
        @Override
        public LockTimeouts convert(String value) {
            for (LockTimeouts t : LockTimeouts.values()) {
                if (t.word().equalsIgnoreCase(value)) {
                    return t;
                }
            }
            throw new picocli.CommandLine.TypeConversionException("locks time out 'any' time or 'never', not '" + value + "'");
        }
    }

    /** More than this, of all pairs together, take longer than a few seconds. */
    private static final double MOST_EXPECTED_STATES = 250_000;

    @Option(names = "--interrupts", paramLabel = "WHERE", defaultValue = "auto", description = "Where programs interrupt others if their types"
            + " allow: each (on one CPU, and one on each CPU), one (on one CPU only), none, auto (each, but one for pairs of programs that would"
            + " take long, which the report says; default: ${DEFAULT-VALUE}).")
    private Where interrupts;

    @Option(names = "--context", paramLabel = "PROGRAM=LEVEL", description = "Where a program runs, when its section name says too little:"
            + " task, softirq, hardirq or nmi. May be repeated.")
    private List<String> contexts = List.of();

    @Option(names = "--preempt", description = "Let tasks preempt tasks in the middle of a program, as kernels with CONFIG_PREEMPT_RCU do.")
    private boolean preempt;

    @Option(names = "--discipline", paramLabel = "NAME", defaultValue = "irqsave", converter = DisciplineName.class,
            description = "What bpf_spin_lock does to interrupts: irqsave, plain or softirqs-off (default: ${DEFAULT-VALUE}).")
    private LockIrqMode discipline;

    @Option(names = "--lock", paramLabel = "NAME", defaultValue = "specification", converter = LockName.class,
            description = "What bpf_spin_lock is made of: specification (one step), or step by step over the lock word trivial, ticket,"
                    + " queued (Linux's qspinlock), resilient or resilient-tas (default: ${DEFAULT-VALUE}).")
    private LockImplementation lock;

    @Option(names = "--lock-timeouts", paramLabel = "WHEN", defaultValue = "any", converter = TimeoutsName.class,
            description = "Whether bpf_res_spin_lock may return -ETIMEDOUT: any (whenever somebody else owns the lock) or never"
                    + " (default: ${DEFAULT-VALUE}).")
    private LockTimeouts timeouts;

    @Option(names = "--walk", paramLabel = "N", defaultValue = "2", description = "How many elements of a hash map, or of an array of more than four,"
            + " bpf_for_each_map_elem visits at most (default: ${DEFAULT-VALUE}).")
    private int walk;

    CpuRules rules() {
        if (walk < 1) {
            throw new InputException("--walk " + walk + ": a walk visits one element or more");
        }
        return new CpuRules(discipline, preempt ? Preemption.TASKS : Preemption.NONE, lock, timeouts, KernelVersion.NEWEST, walk);
    }

    /** {@return where the object's programs run} @throws InputException when an override names no program, or no level */
    Contexts contexts(BpfObject object) {
        Map<String, ContextLevel> said = new TreeMap<>();
        for (String context : contexts) {
            int equals = context.indexOf('=');
            if (equals < 0) {
                throw new InputException("--context " + context + ": write PROGRAM=LEVEL");
            }
            String program = context.substring(0, equals);
            Choice.programs(object, List.of(program));
            said.put(program, level(context.substring(equals + 1), context));
        }
        return new Contexts(SortedMaps.immutable.withSortedMap(new TreeMap<>(said)));
    }

    private static ContextLevel level(String word, String context) {
        for (ContextLevel level : ContextLevel.values()) {
            if (level.word().equalsIgnoreCase(word)) {
                return level;
            }
        }
        throw new InputException("--context " + context + ": there is no level '" + word + "'; there are "
                + Lists.immutable.with(ContextLevel.values()).collect(ContextLevel::word).makeString(", "));
    }

    /** {@return the scenarios with interrupts on one CPU} */
    ImmutableList<Scenario> onOneCpu(Extent extent) {
        return interrupts == Where.none ? Lists.immutable.empty() : Interrupts.onOneCpu(extent);
    }

    /** {@return the scenarios with an interrupt on each CPU} @param onOne what came of those on one CPU */
    ImmutableList<Scenario> onEachCpu(Extent extent, ImmutableList<ScenarioResult> onOne) {
        if (extent.cpus() == 1) {
            return Lists.immutable.empty();
        }
        return switch (interrupts) {
            case each -> Interrupts.onEachCpu(extent);
            case auto -> affordable(extent, onOne);
            case one, none -> Lists.immutable.empty();
        };
    }

    /** CPUs that have nothing to do with each other have as many states together as the product of their own. */
    private static ImmutableList<Scenario> affordable(Extent extent, ImmutableList<ScenarioResult> onOne) {
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
    static ImmutableList<Scope.Context> told(Extent extent) {
        return extent.object().programs().collect(p -> new Scope.Context(p.name(), extent.contexts().of(p).describe()));
    }

    /** {@return what was chosen here, or follows from it} @param onOne how many pairs of programs nest @param onEach on each CPU */
    ImmutableList<String> settings(Extent extent, int onOne, int onEach) {
        MutableList<String> settings = Lists.mutable.with(switch (interrupts) {
            case auto, each -> onOne == 0 ? "no interrupts: none of these programs can come on top of another that shares a map with it"
                    : "interrupts wherever program types let them come, at most one at a time on each CPU" + left(extent, onOne, onEach);
            case one -> "interrupts on one CPU only, with nothing running on the others (--interrupts one)";
            case none -> "no interrupts (--interrupts none)";
        });
        if (discipline != LockIrqMode.IRQSAVE || locks(extent.object(), SpecialKind.SPIN_LOCK)) {
            settings.add("bpf_spin_lock " + discipline.word());
        }
        if (lock != LockImplementation.SPECIFICATION) {
            settings.add("bpf_spin_lock step by step as a " + lock.word() + " lock (--lock " + lock.word() + ")"
                    + (lock.refuses() ? ", asking again where it is refused" : ""));
        }
        if (locks(extent.object(), SpecialKind.RES_SPIN_LOCK) || timeouts == LockTimeouts.NEVER) {
            settings.add("bpf_res_spin_lock refused with -EDEADLK where it would wait for itself" + (timeouts == LockTimeouts.ANY
                    ? ", and with -ETIMEDOUT at any time while somebody else owns the lock" : "; it never times out (--lock-timeouts never)"));
        }
        if (preempt) {
            settings.add("tasks preempting tasks (--preempt)");
        }
        extent.contexts().said().forEachKeyValue((program, level) -> settings.add(program + " at level " + level.word() + " (--context)"));
        return settings.toImmutable();
    }

    /** {@return what was chosen of a scenario whose agents are named} */
    ImmutableList<String> settings(Extent extent, ImmutableList<Scenario> placed) {
        boolean nesting = placed.flatCollect(Scenario::agents).anySatisfy(a -> a.rank() > 0);
        MutableList<String> settings = Lists.mutable.with("agents as the scenario says" + (nesting ? ", higher levels interrupting lower ones" : ""));
        return settings.withAll(settings(extent, 0, 0).drop(1)).toImmutable();
    }

    private static String left(Extent extent, int onOne, int onEach) {
        return extent.cpus() == 1 || onOne == onEach ? ""
                : "; for " + (onOne - onEach) + " of " + onOne + " pairs of programs only while nothing runs on the other CPUs (--interrupts each for all)";
    }

    private static boolean locks(BpfObject object, SpecialKind kind) {
        return object.maps().anySatisfy(m -> m.value().special().anySatisfy(s -> s.kind() == kind));
    }

    /** {@return what is taken for granted of the CPUs} */
    ImmutableList<String> assumptions(Extent extent) {
        boolean preemptible = extent.programs().anySatisfy((BpfProgram p) -> extent.contexts().of(p).preemptible());
        return preempt || !preemptible ? Lists.immutable.empty()
                : Lists.immutable.with("no task preempts another in the middle of a program (kernels without CONFIG_PREEMPT_RCU; else --preempt)");
    }
}
