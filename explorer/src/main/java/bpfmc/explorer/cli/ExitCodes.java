package bpfmc.explorer.cli;

import bpfmc.explorer.report.CheckReport;

/** Exit codes beyond those of a {@link bpfmc.explorer.report.Status}. Of several the gravest counts: 70, 2, 1, 3, 0. */
final class ExitCodes {
    static final int HOLDS = 0;
    static final int VIOLATED = 1;
    static final int USAGE = 2;
    static final int INCONCLUSIVE = 3;
    static final int INTERNAL = 70;

    private static final int[] BY_GRAVITY = {70, 2, 1, 3, 0};

    private ExitCodes() {}

    /** {@return the exit code of a call: that of what counts, or {@link #USAGE} if an object could not be read} */
    static int of(CheckReport report) {
        return graver(report.counted().exitCode(), report.unreadable().isEmpty() ? 0 : USAGE);
    }

    static int graver(int a, int b) {
        for (int code : BY_GRAVITY) {
            if (a == code || b == code) {
                return code;
            }
        }
        return INTERNAL;
    }
}
