package bpfmc.explorer.property;

import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation.Shown;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.SourceNames;
import java.util.Optional;
import org.eclipse.collections.api.block.predicate.Predicate;
import org.eclipse.collections.api.list.ImmutableList;

/** Who lost what, with the numbers of a trace: what memory held when one run loaded it, what another stored then, and what the first stored over it. */
final class LossTold {
    private LossTold() {}

    /** {@return the sentence; empty where the trace does not tell all three numbers} */
    static Optional<String> of(Shown shown, SourceNames names) {
        ImmutableList<Step> steps = shown.steps();
        if (shown.places().size() < 3 || steps.isEmpty()) {
            return Optional.empty();
        }
        Step store = steps.getLast();
        Step lost = last(steps, shown.places().getLast(), s -> s.agent() != store.agent());
        Step load = lost == null ? null : last(steps.take(steps.indexOf(lost)), shown.places().getFirst(), s -> s.agent() == store.agent());
        if (load == null || load.after().isEmpty() || lost.after().isEmpty()) {
            return Optional.empty();
        }
        boolean number = store.pending() && store.action().startsWith("store");
        return Optional.of(who(store, lost) + " loaded " + load.after() + at(names, load) + ", then " + who(lost, store) + " stored " + lost.after()
                + at(names, lost) + ", then " + who(store, lost) + " stored " + (number ? store.after() + at(names, store) + ", computed from the "
                : "what it had computed" + at(names, store) + " from the ") + load.after() + ": the " + lost.after() + " is lost.");
    }

    private static Step last(ImmutableList<Step> steps, Place place, Predicate<Step> by) {
        return steps.toReversed().detect(s -> s.program().equals(place.program()) && s.slot() == place.slot() && by.accept(s));
    }

    /** {@return the name that tells a run from the other one} */
    private static String who(Step run, Step other) {
        return !run.program().equals(other.program()) ? run.program() : run.cpu() != other.cpu() ? "CPU" + run.cpu()
                : run.depth() < other.depth() ? "the run below" : "the run on top";
    }

    private static String at(SourceNames names, Step step) {
        return names.program(step.program()).lineAt(step.slot()).filter(l -> names.program(step.program()).origin().written())
                .map(l -> " (:" + l.line() + ")").orElse("");
    }
}
