package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Fixes;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.program.SourceLine;
import java.util.Optional;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Workflow commands that GitHub Actions turns into annotations at the source lines: a problem is an error or a warning, what
 * was not explored is a warning. Values are escaped as the runner unescapes them (actions/toolkit, packages/core, command.ts).
 */
final class GitHubReport {
    private final CheckReport all;
    private final StringBuilder out = new StringBuilder();

    private GitHubReport(CheckReport all) {
        this.all = all;
    }

    static String of(CheckReport all) {
        var report = new GitHubReport(all);
        all.unreadable().each(u -> report.annotate("error", Optional.of(u.path()), Optional.empty(), "bpfmc: not checked", u.message()));
        all.objects().reject(o -> o.asExpected().orElse(false)).each(report::object);
        return report.out.toString();
    }

    private void object(ObjectReport object) {
        Naming naming = new Naming(object.report().object());
        object.report().rules().findings().each(f -> rejection(object, f));
        object.report().problems().each(p -> problem(object, naming, p));
        for (ScenarioResult result : object.report().results()) {
            for (Reason reason : result.verdict().unfinished()) {
                Optional<SourceLine> line = reason instanceof Reason.Unsupported u ? naming.line(u.gap().program(), u.gap().slot()) : Optional.empty();
                annotate("warning", Optional.of(line.map(SourceLine::file).orElse(object.path())), line.map(SourceLine::line),
                        "bpfmc: inconclusive", object.report().object().name() + ": " + result.name() + ": " + Wording.reason(naming, reason));
            }
        }
    }

    private void rejection(ObjectReport object, bpfmc.model.rules.Finding f) {
        annotate(f.rejects() ? "error" : "warning", Optional.of(f.line().map(SourceLine::file).orElse(object.path())), f.line().map(SourceLine::line),
                "bpfmc: " + f.rule(), f.sentence() + "\nkernel " + f.version() + " says: " + f.message() + "\nfix: " + f.page().fix());
    }

    private void problem(ObjectReport object, Naming naming, Problem problem) {
        var finding = problem.fault().finding();
        Optional<SourceLine> line = problem.blamed().getFirstOptional().flatMap(p -> naming.line(p.program(), p.slot()));
        String fix = Fixes.of(naming, problem);
        String places = finding.places().collect((Place p) -> p.act().word() + " at " + naming.where(p.program(), p.slot())).makeString(", ");
        annotate(finding.level() == Level.ERROR ? "error" : "warning", Optional.of(line.map(SourceLine::file).orElse(object.path())),
                line.map(SourceLine::line), "bpfmc: " + Wording.title(naming, problem),
                Lists.mutable.with(Wording.cause(naming, problem), problem.fault().sentence(naming), places,
                        fix.isEmpty() ? "" : "fix: " + fix,
                        "id: " + problem.id()).reject(String::isEmpty).makeString("\n"));
    }

    private void annotate(String level, Optional<String> file, Optional<Integer> line, String title, String message) {
        String properties = Lists.mutable.with(file.map(f -> "file=" + property(all.origin().source(f))).orElse(""),
                line.map(l -> "line=" + l).orElse(""), "title=" + property(title)).reject(String::isEmpty).makeString(",");
        out.append("::").append(level).append(' ').append(properties).append("::").append(data(message)).append('\n');
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
