package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Expected;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Wording;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** A line an object: verdict, and what is behind it. */
final class BriefReport {
    /** The lines of objects, then those of what could not be checked. */
    static final ReportParts PARTS = new ReportParts(Optional.empty(), (o, failOn) -> line(word(o), o.path(), what(o)), "",
            all -> all.unreadable().collect(u -> line("NOT CHECKED", u.path(), u.message())).makeString(""));

    private BriefReport() {}

    private static String line(String word, String path, String what) {
        return String.format("%-12s  %s%s%n", word, path, what.isEmpty() ? "" : "  " + what.replace("\n", " "));
    }

    private static String word(ObjectReport object) {
        return object.asExpected().map(met -> met ? "as expected" : "OTHERWISE").orElse(object.report().status().name());
    }

    private static String what(ObjectReport object) {
        Report report = object.report();
        if (object.expected().isPresent()) {
            return object.expected().get().difference(report).orElse(Expected.found(report));
        }
        Naming naming = new Naming(report.object());
        ImmutableList<String> said = report.problems().collect(Problem::id)
                .newWithAll(report.rules().findings().select(bpfmc.model.rules.Finding::rejects).collect(f -> f.rule() + "/" + f.subject()).distinct())
                .newWithAll(report.results().flatCollect(r -> r.verdict().unfinished()).collect(r -> Wording.reason(naming, r)).distinct());
        return said.newWithAll(report.remarks()).makeString(", ");
    }
}
