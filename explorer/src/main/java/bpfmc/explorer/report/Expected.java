package bpfmc.explorer.report;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * What must come of a scenario.
 *
 * @param verdict of the whole, empty for any
 * @param names the properties that must be violated, or the lock rules broken, these and no others; none for any
 * @param states the exact number of states by pair of programs
 */
public record Expected(Optional<Status> verdict, ImmutableList<String> names, Map<String, Long> states) {

    /** {@return what is otherwise, empty when everything is as expected} */
    public Optional<String> difference(Report report) {
        if (verdict.isPresent() && verdict.get() != report.status()) {
            return Optional.of("expected " + word(verdict.get()) + ", found " + found(report));
        }
        ImmutableList<String> found = names(report);
        if (names.notEmpty() && !names.distinct().toSortedList().equals(found.toSortedList())) {
            return Optional.of("expected " + names.makeString(", ") + ", found " + found.makeString(", "));
        }
        for (Map.Entry<String, Long> count : states.entrySet()) {
            ScenarioResult result = report.results().detect(r -> r.name().equals(count.getKey()));
            if (result == null || result.exploration().states() != count.getValue()) {
                return Optional.of("expected " + count.getValue() + " states of " + count.getKey() + ", found "
                        + (result == null ? "no such pair" : String.valueOf(result.exploration().states())));
            }
        }
        return Optional.empty();
    }

    /** {@return what came of it, in a few words} */
    public static String found(Report report) {
        ImmutableList<String> names = names(report);
        return word(report.status()) + (names.isEmpty() ? "" : ": " + names.makeString(", "));
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static ImmutableList<String> names(Report report) {
        ImmutableList<String> properties = report.results().collect(ScenarioResult::verdict).selectInstancesOf(Verdict.Violated.class)
                .flatCollect(Verdict.Violated::faults).collect(f -> f.finding().property());
        return (report.status() == Status.REJECTED ? report.rules().findings().select(bpfmc.model.rules.Finding::rejects)
                .collect(bpfmc.model.rules.Finding::rule) : properties).distinct();
    }
}
