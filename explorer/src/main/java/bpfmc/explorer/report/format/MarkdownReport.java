package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.ScenarioResult;
import java.util.Locale;

/** A summary in GitHub's Markdown, as step summaries and merge request comments show it: verdict and scope, problems, scenarios. */
final class MarkdownReport {
    private final CheckReport all;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(CheckReport all) {
        this.all = all;
    }

    static String of(CheckReport all) {
        var report = new MarkdownReport(all);
        report.line("## bpfmc: " + all.status() + (all.unreadable().isEmpty() ? "" : ", " + all.unreadable().size() + " not checked"));
        if (all.failOn() == FailOn.ERROR) {
            report.line("");
            report.line("With `--fail-on error`: warnings alone do not fail the run.");
        }
        all.unreadable().each(u -> {
            report.line("");
            report.line("**Not checked:** " + escaped(u.message()));
        });
        all.objects().each(o -> report.object(o.report()));
        return report.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void object(Report report) {
        line("");
        line("### " + escaped(report.object().name()) + ": " + report.status());
        line("");
        line(escaped(report.scope().bounds()));
        report.remarks().each(r -> line("\n" + escaped(r) + "."));
        if (report.rules().findings().notEmpty()) {
            line("");
            line("| lock rule | at | what | the kernel says |");
            line("|---|---|---|---|");
            report.rules().findings().each(f -> line("| " + f.rule() + " | " + escaped(f.line().map(l -> Naming.baseName(l.file()) + ":" + l.line())
                    .orElse(f.subject())) + " | " + escaped(f.sentence()) + " | " + escaped(f.message()) + " |"));
        }
        if (report.problems().notEmpty()) {
            line("");
            line("| level | problem | at | scenarios | id |");
            line("|---|---|---|---|---|");
            report.problems().each(p -> problem(report, p));
        }
        if (report.results().notEmpty()) {
            line("");
            line("| scenario | verdict | states | seconds |");
            line("|---|---|---:|---:|");
            report.results().each(r -> scenario(report, r));
        }
        line("");
        line("<details><summary>assumptions</summary>");
        line("");
        report.scope().assumptions().each(a -> line("- " + escaped(a)));
        line("");
        line("</details>");
    }

    private void problem(Report report, Problem problem) {
        Naming naming = new Naming(report.object());
        var finding = problem.fault().finding();
        line(String.format(Locale.ROOT, "| %s | %s | %s | %d | `%s` |", finding.level().name().toLowerCase(Locale.ROOT),
                escaped(Wording.title(naming, problem)),
                escaped(finding.places().collect(p -> p.act().word() + " " + naming.where(p.program(), p.slot())).makeString(", ")),
                problem.scenarios(), problem.id().replace("`", "'").replace("|", "\\|")));
    }

    private void scenario(Report report, ScenarioResult result) {
        Naming naming = new Naming(report.object());
        String reasons = result.verdict().unfinished().collect(r -> "<br>" + escaped(Wording.reason(naming, r))).makeString("");
        line(String.format(Locale.ROOT, "| %s | %s%s | %,d | %.2f |", escaped(result.name()), Status.of(result.verdict()), reasons,
                result.exploration().states(), result.exploration().seconds()));
    }

    /** Names come from the object and may hold what Markdown would take for its own. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("`", "\\`")
                .replace("*", "\\*").replace("_", "\\_").replace("[", "\\[").replace("]", "\\]").replace("\n", " ");
    }
}
