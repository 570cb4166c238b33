package bpfmc.explorer.check;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What a search may say that keeps hashes of the states only, if it finds nothing. */
public enum HashCompaction {
    /** That the programs hold, with the probability that it has missed a state. */
    holds,
    /** Nothing: that it is inconclusive. */
    inconclusive;

    /** {@return the result as it may be told} */
    ScenarioResult told(ScenarioResult result) {
        if (this == holds) {
            return result;
        }
        Reason reason = new Reason.Limit("what hashes of states can tell (one was missed with a probability of at most "
                + probability(result.exploration().omission()) + ")", "leave out --hash-compaction for an exact search", Reason.Strain.NOTHING);
        return switch (result.verdict()) {
            case Verdict.Holds h -> result.with(new Verdict.Inconclusive(Lists.immutable.with(reason)));
            case Verdict.Violated v -> result.with(new Verdict.Violated(v.faults(), v.unfinished().newWith(reason)));
            case Verdict.Inconclusive i -> result.with(new Verdict.Inconclusive(i.reasons().newWith(reason)));
            case Verdict.Rejected r -> result;
        };
    }

    /** {@return what the scope says of all results together} */
    static ImmutableList<String> said(ImmutableList<ScenarioResult> results) {
        return Lists.immutable.with("hash compaction: 64 bits stand for a state; the probability that any was missed is at most "
                + probability(results.sumOfDouble(r -> r.exploration().omission())));
    }

    private static String probability(double omission) {
        return omission == 0 ? "0" : String.format(Locale.ROOT, "%.1e", Math.min(1, omission));
    }
}
