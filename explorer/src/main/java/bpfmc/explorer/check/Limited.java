package bpfmc.explorer.check;

import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.verdict.Verdict.Reason;

/** A limit that ended a search, as a reason for the user. */
final class Limited {
    private Limited() {}

    static Reason by(LimitReached limit) {
        return new Reason.Limit(limit.figure(), switch (limit.kind()) {
            case STATES -> "raise --max-states";
            case MEMORY -> "raise --max-memory";
            case TIME -> "raise --timeout";
            case INTERRUPTED -> "let it finish";
        });
    }
}
