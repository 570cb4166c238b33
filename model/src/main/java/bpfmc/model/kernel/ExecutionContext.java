package bpfmc.model.kernel;

import java.util.Arrays;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Under what conditions a program's runs happen, and so what may come between two steps of a run on its own CPU.
 *
 * <p>The conditions are the widest that the kernel allows: a program that is only ever attached where interrupts are
 * off is interrupted here all the same, unless its section name says where that is.
 *
 * @param levels where it may run; the usual level first, at least one
 * @param masking what is switched off while it runs
 * @param guard what keeps its runs from nesting
 */
public record ExecutionContext(ImmutableList<ContextLevel> levels, Masking masking, RecursionGuard guard) {

    /** {@return the usual level} */
    public ContextLevel level() {
        return levels.getFirst();
    }

    /** {@return whether another task may take over the CPU between two steps of a run at task level} */
    public boolean preemptible() {
        return masking == Masking.NOTHING && levels.contains(ContextLevel.TASK);
    }

    /** {@return the levels above {@code at} that may interrupt a run at level {@code at}, lowest first} */
    public ImmutableList<ContextLevel> interrupters(ContextLevel at) {
        return Lists.immutable.withAll(Arrays.asList(ContextLevel.values())).select(level -> level.compareTo(at) > 0
                && (masking != Masking.INTERRUPTS || level == ContextLevel.NMI));
    }

    /** {@return how runs of another program, with the context {@code above}, may start on top of runs of this one} */
    public ImmutableList<Nesting> nestings(ExecutionContext above) {
        return above.guard.allowsOver(guard) ? ways(above) : Lists.immutable.empty();
    }

    /** {@return how a run of the program may start on top of another run of the same program} */
    public ImmutableList<Nesting> nestingsWithItself() {
        return guard.allowsItself() ? ways(this) : Lists.immutable.empty();
    }

    private ImmutableList<Nesting> ways(ExecutionContext above) {
        return levels.flatCollect(below -> above.levels
                .select(level -> interrupters(below).contains(level) || preempts(below, level))
                .collect(level -> new Nesting(below, level)));
    }

    private boolean preempts(ContextLevel below, ContextLevel above) {
        return below == ContextLevel.TASK && above == ContextLevel.TASK && masking == Masking.NOTHING;
    }

    /**
     * {@return the context in words: the usual level, whether it can be preempted there, what may interrupt it, where
     * else it may run} For example "softirq; hardirq and NMI may interrupt".
     */
    public String describe() {
        String preempted = preempts(level(), ContextLevel.TASK) ? ", preemptible" : "";
        String interrupted = list(interrupters(level()), "and");
        String elsewhere = list(levels.drop(1), "or");
        return level().word() + preempted + "; " + (interrupted.isEmpty() ? "nothing" : interrupted) + " may interrupt"
                + (elsewhere.isEmpty() ? "" : "; also runs in " + elsewhere);
    }

    private static String list(ImmutableList<ContextLevel> levels, String conjunction) {
        ImmutableList<String> words = levels.collect(ContextLevel::word);
        return words.size() < 2 ? words.makeString()
                : words.take(words.size() - 1).makeString(", ") + " " + conjunction + " " + words.getLast();
    }
}
