package bpfmc.explorer.cli;

/** Exit codes beyond those of a {@link bpfmc.explorer.report.Status}. Of several the gravest counts: 70, 2, 1, 3, 0. */
final class ExitCodes {
    static final int HOLDS = 0;
    static final int VIOLATED = 1;
    static final int USAGE = 2;
    static final int INCONCLUSIVE = 3;
    static final int INTERNAL = 70;

    private static final int[] BY_GRAVITY = {70, 2, 1, 3, 0};

    private ExitCodes() {}

    static int graver(int a, int b) {
        for (int code : BY_GRAVITY) {
            if (a == code || b == code) {
                return code;
            }
        }
        return INTERNAL;
    }
}
