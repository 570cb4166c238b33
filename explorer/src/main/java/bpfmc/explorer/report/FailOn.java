package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Verdict;

/** Which findings make a run fail. It changes the exit code, never a verdict word, and every report that differs says so. */
public enum FailOn {
    /** Every finding fails the run. */
    WARNING,
    /** A scenario all of whose findings are warnings counts as what it would be without them. */
    ERROR;

    /** {@return what a scenario counts as for the exit code} */
    public Status count(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Holds h -> Status.HOLDS;
            case Verdict.Inconclusive i -> Status.INCONCLUSIVE;
            case Verdict.Rejected r -> Status.REJECTED;
            case Verdict.Violated v when this == ERROR && v.faults().allSatisfy(f -> f.finding().level() == Level.WARNING) ->
                    v.unfinished().isEmpty() ? Status.HOLDS : Status.INCONCLUSIVE;
            case Verdict.Violated v -> Status.VIOLATED;
        };
    }
}
