package bpfmc.explorer.report;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A finding that its owner knows and accepts.
 *
 * @param id as reports tell it; {@code *} stands for any characters @param reason for readers
 */
public record Accepted(String id, String reason) {

    /** {@return the report without what is accepted, which its scope tells instead; so it does of what matches nothing} */
    public static Report by(ImmutableList<Accepted> accepted, Report report) {
        if (accepted.isEmpty()) {
            return report;
        }
        Naming naming = new Naming(report.object());
        ImmutableList<String> found = report.results().flatCollect(r -> Wording.ids(naming, r)).distinct();
        ImmutableList<String> told = accepted.collect(a -> found.anySatisfy(a::matches) ? "accepted " + a.id() + ": " + a.reason()
                : "accepted, but found no longer: " + a.id() + " (" + a.reason() + "); take it out");
        ImmutableList<ScenarioResult> left = report.results().collect(r -> r.with(without(accepted, naming, r.verdict())));
        return Reports.of(report.object(), left, report.rules(), report.scope().with(told));
    }

    private static Verdict without(ImmutableList<Accepted> accepted, Naming naming, Verdict verdict) {
        if (!(verdict instanceof Verdict.Violated violated)) {
            return verdict;
        }
        ImmutableList<Fault> left = violated.faults().reject(f -> accepted.anySatisfy(a -> a.matches(Problems.id(naming, f.finding()))));
        return left.notEmpty() ? new Verdict.Violated(left, violated.unfinished())
                : violated.unfinished().notEmpty() ? new Verdict.Inconclusive(violated.unfinished()) : new Verdict.Holds();
    }

    /** {@return whether it is the finding with this id} */
    public boolean matches(String other) {
        return Pattern.matches("\\Q" + id.replace("*", "\\E.*\\Q") + "\\E", other);
    }
}
