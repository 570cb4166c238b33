package bpfmc.explorer.cli;

import bpfmc.explorer.check.InterruptChoice;
import bpfmc.explorer.check.InterruptChoice.Where;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.model.InputException;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.step.Consistency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.SortedMaps;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What surrounds the programs on their CPUs: options that change what is explored. */
final class InterruptOptions {
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

    /** {@return what was chosen} @throws InputException when a level is none */
    InterruptChoice choice() {
        Map<String, ContextLevel> said = new TreeMap<>();
        for (String context : contexts) {
            int equals = context.indexOf('=');
            if (equals < 0) {
                throw new InputException("--context " + context + ": write PROGRAM=LEVEL");
            }
            said.put(context.substring(0, equals), level(context.substring(equals + 1), context));
        }
        return new InterruptChoice(interrupts, SortedMaps.immutable.withSortedMap(new TreeMap<>(said)), rules());
    }

    private CpuRules rules() {
        if (walk < 1) {
            throw new InputException("--walk " + walk + ": a walk visits one element or more");
        }
        return new CpuRules(discipline, preempt ? Preemption.TASKS : Preemption.NONE, lock, timeouts, KernelVersion.NEWEST, Consistency.SEQUENTIAL, walk);
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
}
