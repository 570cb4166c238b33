package bpfmc.explorer.check;

import bpfmc.explorer.search.Outcome.End.LimitReached;
import bpfmc.explorer.verdict.Verdict.Reason;

/** A limit that ended a search, as a reason for the user. */
final class Limited {
    private Limited() {}

    static Reason by(LimitReached limit) {
        return new Reason.Limit(limit.limit(), switch (limit.kind()) {
            case STATES -> "raise --max-states";
            case MEMORY -> "raise --max-memory";
            case TIME -> "raise --timeout";
            case INTERRUPT -> "let it finish";
        });
    }
}
