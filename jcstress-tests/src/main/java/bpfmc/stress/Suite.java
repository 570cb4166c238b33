package bpfmc.stress;

import java.util.List;
import java.util.Set;

/**
 * What came of one suite.
 *
 * @param name without the root package @param verdict what it means
 * @param outcomes what was seen, as "outcome (grade) times" @param samples how many runs in all @param trouble messages of the harness
 */
public record Suite(String name, Verdict verdict, List<Seen> outcomes, long samples, List<String> trouble) {
    /** Twins whose fault x86 hardware cannot show: it keeps stores in their order. The explorer's verdict stands in the docs. */
    public static final Set<String> HIDDEN = Set.of("broken.MissingRelease");

    /** One outcome. @param grade as jcstress grades it @param what the sentence that explains it */
    public record Seen(String outcome, String grade, long times, String what) {}

    /** What a suite's result means. */
    public enum Verdict {
        /** Nothing forbidden was seen. */
        PASSED(true),
        /** A twin's fault was seen, as it must be. */
        CAUGHT(true),
        /** A twin's fault that this hardware does not show was not seen. */
        NOT_SHOWN(true),
        /** Needs more CPUs than there are. */
        NOT_RUN(true),
        /** Something forbidden was seen, or the harness failed. */
        FAILED(false),
        /** A twin's fault was not seen: the run was too short to prove anything. */
        MISSED(false);

        private final boolean good;

        Verdict(boolean good) {
            this.good = good;
        }

        /** {@return whether it is as it should be} */
        public boolean good() {
            return good;
        }

        /** {@return as told in tables} */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /** {@return the verdict on a suite that was run} @param passed as jcstress says @param troubled whether the harness failed */
    static Verdict verdict(String name, boolean passed, boolean troubled) {
        if (troubled) {
            return Verdict.FAILED;
        }
        if (!name.startsWith("broken.")) {
            return passed ? Verdict.PASSED : Verdict.FAILED;
        }
        return !passed ? Verdict.CAUGHT : HIDDEN.contains(name) ? Verdict.NOT_SHOWN : Verdict.MISSED;
    }

    /** {@return whether this outcome was seen} */
    public boolean saw(String outcome) {
        return outcomes.stream().anyMatch(o -> o.outcome().equals(outcome) && o.times() > 0);
    }
}
