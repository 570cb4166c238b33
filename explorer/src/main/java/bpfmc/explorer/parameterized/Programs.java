package bpfmc.explorer.parameterized;

import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContext;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.Masking;
import bpfmc.model.kernel.RecursionGuard;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.Consistency;
import bpfmc.model.step.LockCall;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.thread.ThreadAutomaton;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The programs that run, each at every level at which it may, and who may come on top of whom on a CPU. The rules are
 * those of {@code bpfmc.explorer.system.CpuScheduler}, which knows
 * the agents of one scenario.
 *
 * @param all the programs at their levels @param nesting whether any may come on top of another
 */
record Programs(ImmutableList<Placed> all, CpuRules rules, boolean nesting) {

    /**
     * {@return the programs at their levels} @param chosen those that run @param interrupts whether any interrupt
     * another @param names of elements
     */
    static Programs of(BpfObject object, ImmutableList<BpfProgram> chosen, Contexts contexts, CpuRules rules, boolean interrupts, ElementNames names) {
        MutableList<Placed> all = Lists.mutable.empty();
        for (BpfProgram program : chosen) {
            ExecutionContext context = contexts.of(program);
            ImmutableList<ContextLevel> levels = interrupts ? context.levels().distinct() : Lists.immutable.with(context.level());
            for (ContextLevel level : levels) {
                all.add(new Placed(program, level, context, ThreadAutomaton.forgetting(config(object, program, level, rules, names))));
            }
        }
        Programs placed = new Programs(all.toImmutable(), rules, false);
        boolean nesting = interrupts && placed.all.anySatisfy(below -> placed.all.anySatisfy(above -> placed.mayNest(below, above)));
        return new Programs(placed.all, rules, nesting);
    }

    private static RunConfig config(BpfObject object, BpfProgram program, ContextLevel level, CpuRules rules, ElementNames names) {
        Masking found = level.compareTo(ContextLevel.HARDIRQ) >= 0 ? Masking.INTERRUPTS : ExecutionContexts.of(program.section()).masking();
        return new RunConfig(object, program, rules.discipline(), found, Lists.immutable.empty(), Lists.immutable.empty(), false, rules.walk(), Consistency.SEQUENTIAL, names::mapIfUnique);
    }

    private boolean mayNest(Placed below, Placed above) {
        return above.level().compareTo(below.level()) > 0 && !guarded(below, above) && (masking(below) != Masking.INTERRUPTS || above.level() == ContextLevel.NMI);
    }

    private static Masking masking(Placed placed) {
        return ExecutionContexts.of(placed.program().section()).masking();
    }

    private static boolean guarded(Placed below, Placed above) {
        RecursionGuard guard = ExecutionContexts.of(above.program().section()).guard();
        return switch (guard) {
            case NONE -> false;
            case PER_CPU -> ExecutionContexts.of(below.program().section()).guard() == RecursionGuard.PER_CPU;
            case PER_PROGRAM -> below.program() == above.program();
        };
    }

    /** {@return whether a run of {@code above} may come on top of a run in this private state} */
    boolean admits(Placed below, PrivateState run, Placed above) {
        if (above.level().compareTo(below.level()) <= 0 || guarded(below, above)) {
            return false;
        }
        boolean locking = run.operation() instanceof VisibleOperation.Acquire a && a.progress().begun() && masks(a.call());
        return above.level() == ContextLevel.NMI || !run.flags().irqsOff() && !locking && !(above.level() == ContextLevel.SOFTIRQ && softirqsOff(below));
    }

    private boolean masks(LockCall call) {
        return switch (call) {
            case LockCall.Plain p -> rules.discipline() == LockIrqMode.IRQSAVE;
            case LockCall.Saving s -> true;
            case LockCall.Resilient r -> false;
            case LockCall.Restoring r -> false;
        };
    }

    private boolean softirqsOff(Placed placed) {
        return rules.discipline() == LockIrqMode.SOFTIRQS_OFF && placed.program().section().type().networking();
    }
}
