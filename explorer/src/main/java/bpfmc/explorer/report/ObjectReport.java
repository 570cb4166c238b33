package bpfmc.explorer.report;

import java.util.Optional;

/**
 * A report and where its object came from.
 *
 * @param path as the user named it, or the scenario's file and name @param expected what must come of it, if a scenario file says so
 */
public record ObjectReport(String path, Report report, Optional<Expected> expected) {
    /** The report on an object of which nothing particular is expected. */
    public ObjectReport(String path, Report report) {
        this(path, report, Optional.empty());
    }

    /** {@return whether it came as expected; empty when nothing is expected} */
    public Optional<Boolean> asExpected() {
        return expected.map(e -> e.difference(report).isEmpty());
    }
}
