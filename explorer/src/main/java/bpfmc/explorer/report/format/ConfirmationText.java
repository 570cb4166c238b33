package bpfmc.explorer.report.format;

import bpfmc.explorer.confirm.Confirmation;
import bpfmc.explorer.confirm.Confirmation.Expected;
import bpfmc.explorer.confirm.Confirmation.NotRun;
import bpfmc.explorer.confirm.Confirmation.Ran;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came of running two programs at once: the outcomes, how often each was seen, and what the explorer says of it. */
public final class ConfirmationText {
    private static final int PER_MILLION = 1_000_000;

    private ConfirmationText() {}

    /** {@return a table for a pair, or the sentence why there is none; lines ended} */
    public static String of(Confirmation confirmation) {
        return switch (confirmation) {
            case NotRun n -> n.scenario() + "   cannot be run so: " + n.why() + "\n";
            case Ran r -> table(r);
        };
    }

    private static String table(Ran ran) {
        var columns = new Columns("OBSERVED", "PER MILLION", "EXPECTED", "OUTCOME");
        ran.rows().each(r -> columns.add(String.valueOf(r.observed()), ran.rounds() == 0 ? "-" : String.valueOf(Math.round((double) r.observed() * PER_MILLION / ran.rounds())),
                r.expected().toString(), r.outcome()));
        return String.format(Locale.ROOT, "%s   %,d rounds on CPUs %s (%,d times the runs did not meet)%n%s%s  %s%n", ran.scenario(), ran.rounds(), ran.cpus().makeString(" and "), ran.missed(),
                ran.initially().isEmpty() ? "" : "  initially  " + ran.initially() + "\n", columns.render("  "), (ran.inputsMatter() ? "outcomes rest on inputs that are not set here: \"in order\" is said for some of them\n  " : "") + sentence(ran));
    }

    private static String sentence(Ran ran) {
        long interleaved = ran.seen(Expected.INTERLEAVING);
        if (ran.seen(Expected.IMPOSSIBLE) > 0) {
            return "FAULT  an outcome was seen that the explorer does not list: its verdicts on these programs are not to be trusted";
        }
        if (interleaved + ran.seen(Expected.WEAKER_MEMORY) > 0) {
            return "CONFIRMED  outcomes that no order of the runs gives happen on this machine";
        }
        return ran.lists(Expected.INTERLEAVING) ? "NOT SEEN  in these rounds, which says nothing: they may happen all the same" : "every outcome that is listed, and every one that was seen, is that of some order of the runs" + (ran.inputsMatter() ? ", for some inputs" : "");
    }

    /** {@return the same as JSON with stable names} */
    public static Map<String, Object> json(String object, Confirmation confirmation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("object", object);
        map.put("scenario", confirmation.scenario());
        switch (confirmation) {
            case NotRun n -> map.put("not_run", n.why());
            case Ran r -> {
                map.put("rounds", r.rounds());
                map.put("missed", r.missed());
                map.put("cpus", r.cpus().castToList());
                map.put("initially", r.initially());
                map.put("inputs_matter", r.inputsMatter());
                map.put("outcomes", r.rows().collect(row -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("outcome", row.outcome());
                    one.put("observed", row.observed());
                    one.put("expected", switch (row.expected()) {
                        case IN_ORDER -> "in-order";
                        case INTERLEAVING -> "interleaving";
                        case WEAKER_MEMORY -> "weaker-memory";
                        case IMPOSSIBLE -> "impossible";
                    });
                    return one;
                }).castToList());
            }
        }
        return map;
    }
}
