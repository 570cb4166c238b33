package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Verdict;

/** A verdict in one word, in ascending order of gravity. */
public enum Status {
    HOLDS(0), INCONCLUSIVE(3), REJECTED(1), VIOLATED(1);

    private final int exitCode;

    Status(int exitCode) {
        this.exitCode = exitCode;
    }

    /** {@return the exit code of a run that ends with this status} */
    public int exitCode() {
        return exitCode;
    }

    public static Status of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Holds h -> HOLDS;
            case Verdict.Violated v -> VIOLATED;
            case Verdict.Rejected r -> REJECTED;
            case Verdict.Inconclusive i -> INCONCLUSIVE;
        };
    }
}
