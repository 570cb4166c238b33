package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Subject;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Short phrases that several formats use. */
public final class Wording {
    private Wording() {}

    /** {@return a problem's headline: "possible lost update on entries[key].packets"} */
    public static String title(Naming naming, Problem problem) {
        String place = naming.place(problem.fault().finding().subject());
        return (problem.fault().counterexample().confirmed() ? "" : "possible ") + problem.fault().finding().property().replace('-', ' ')
                + (place.isEmpty() ? "" : " on " + place);
    }

    /** {@return what the accesses of a problem have in common, "" where there is nothing to compare} */
    public static String cause(Naming naming, Problem problem) {
        return problem.cause().filter(c -> c.accesses().size() > 1).map(c -> CauseWords.sentence(naming, c)).orElse("");
    }

    /** {@return what a step does: "load 0", "lookup found", "about to store 1"} */
    public static String action(Step step) {
        return (step.pending() ? "about to " : "") + step.action() + (step.value().isEmpty() ? "" : " " + step.value());
    }

    /** {@return the memory that a step touches: "entries[{7}].packets", "" when none} */
    public static String touched(Naming naming, Step step) {
        return step.map() < 0 || step.element().isEmpty() ? step.element()
                : naming.instance(step.element(), new Subject(step.map(), step.offset(), step.size()));
    }

    /** {@return one reason in a line} */
    public static String reason(Naming naming, Reason reason) {
        return switch (reason) {
            case Reason.Unsupported u -> "not modelled: " + u.gap().what() + ", at " + where(naming, u.gap());
            case Reason.Limit l -> "limit: " + l.limit() + " reached; " + l.way();
            case Reason.NotShown n -> "not shown: " + n.item() + ": " + n.why() + (n.way().isEmpty() ? "" : "; " + n.way());
        };
    }

    private static String where(Naming naming, Gap gap) {
        return naming.where(gap.program(), gap.slot()) + " (" + gap.program() + ")";
    }

    /** {@return the problems that a scenario shows, as their ids} */
    public static ImmutableList<String> ids(Naming naming, ScenarioResult result) {
        return result.verdict() instanceof Verdict.Violated v
                ? v.faults().collect(f -> Problems.id(naming, f.finding())).distinct().toSortedList().toImmutable() : Lists.immutable.empty();
    }
}
