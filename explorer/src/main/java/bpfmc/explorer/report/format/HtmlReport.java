package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Fixes;
import static bpfmc.explorer.report.format.HtmlPage.escape;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Problems;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfProgram;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The report as one page: verdict and scope, the matrix of programs, and for each problem a timeline to step through, beside the
 * source. Everything said in words is there without scripts too; a timeline is drawn when somebody comes near it.
 */
final class HtmlReport {
    private final CheckReport all;
    private final HtmlPage page;

    private HtmlReport(CheckReport all) {
        this.all = all;
        this.page = new HtmlPage("bpfmc: " + all.status() + ", " + subject());
    }

    static String of(CheckReport all) {
        return new HtmlReport(all).whole();
    }

    private String whole() {
        page.markup("<header>").element("h1", HtmlPage.verdict(all.status().name()) + " " + escape(subject()));
        all.unreadable().each(u -> page.element("p", "Not checked: " + escape(u.path() + ": " + u.message())));
        page.markup("</header>").markup("<main>");
        all.objects().forEachWithIndex((o, i) -> object(o, "o" + (i + 1)));
        return page.markup("</main>").end(sources());
    }

    private String subject() {
        return all.objects().size() == 1 ? all.objects().getFirst().report().object().name() : all.objects().size() + " checks";
    }

    private void object(ObjectReport object, String id) {
        Report report = object.report();
        Naming naming = new Naming(report.object());
        page.markup("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">")
                .markup("<h2 id=\"" + id + "-title\">" + HtmlPage.verdict(report.status().name()) + " " + escape(object.path()) + "</h2>")
                .element("p", escape(report.scope().bounds()));
        list("chips", report.scope().settings().newWithAll(report.notes()).collect(s -> "with " + s).newWithAll(report.scope().assumptions().collect(a -> "assumes " + a)));
        list("reasons", report.rules().findings().collect(f -> f.rule() + ": " + f.sentence() + " (" + f.line()
                .map(l -> Naming.baseName(l.file()) + ":" + l.line()).orElse(f.subject()) + "); the kernel says: " + f.message()));
        list("reasons", report.results().flatCollect(r -> r.verdict().unfinished()).collect(r -> Wording.reason(naming, r)).distinct());
        page.markup("<div class=\"matrix\"></div>").data("scenarios", id + "-scenarios", report.results().collect(r -> scenario(report, r)).castToList());
        page.markup("<ol class=\"problems\">");
        report.problems().each(p -> problem(naming, p));
        page.markup("</ol>\n<details>\n<summary>As text</summary>").element("pre", escape(TextReport.of(report))).markup("</details>\n</section>");
    }

    private void problem(Naming naming, Problem problem) {
        String fix = "<p><b>Fix</b> " + escape(Fixes.of(naming, problem)) + "</p>\n";
        String where = "<p><small>" + escape(problem.id() + ", in " + problem.scenario().name()
                + (problem.scenarios() > 1 ? " and " + (problem.scenarios() - 1) + " more" : "")) + "</small></p>";
        String cause = problem.cause().map(c -> cause(naming, c)).orElse("");
        page.markup("<li>").problem(Wording.title(naming, problem), problem.fault().sentence(naming), cause + fix + where, JsonReport.finding(naming, problem.fault()))
                .markup("</li>");
    }

    /** What the accesses have in common, and all of them, where there are several. */
    private static String cause(Naming naming, Cause cause) {
        if (!AccessTable.isTold(cause)) {
            return "";
        }
        String rows = cause.accesses().collect(r -> (cause.odd().contains(r) ? "<tr class=\"odd\">" : "<tr>") + cells("td", AccessTable.cells(naming, cause, r)) + "</tr>\n").makeString("");
        return "<p>" + escape(CauseWords.sentence(naming, cause)) + "</p>\n<div class=\"accesses\"><table>\n<tr>" + cells("th", AccessTable.TITLES) + "</tr>\n" + rows
                + "</table></div>\n";
    }

    private static String cells(String tag, ImmutableList<String> texts) {
        return texts.collect(t -> "<" + tag + ">" + escape(t) + "</" + tag + ">").makeString("");
    }

    /** What the matrix says of a scenario, and which problem of its object to go to. */
    private static Map<String, Object> scenario(Report report, ScenarioResult result) {
        Naming naming = new Naming(report.object());
        ImmutableList<String> ids = Wording.ids(naming, result);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.name());
        map.put("programs", result.agents().collect(ScenarioResult.Agent::program).castToList());
        map.put("nested", result.agents().collect(ScenarioResult.Agent::cpu).distinct().size() < result.agents().size());
        map.put("verdict", Status.of(result.verdict()).name().toLowerCase(Locale.ROOT));
        map.put("states", result.exploration().states());
        map.put("problem", report.problems().detectIndex(p -> ids.contains(p.id()) || p.others().anySatisfy(f -> ids.contains(Problems.id(naming, f)))));
        return map;
    }

    /** The lines of source that became instructions, by file and number. */
    private Map<String, Map<Integer, String>> sources() {
        Map<String, Map<Integer, String>> sources = new TreeMap<>();
        for (BpfProgram program : all.objects().flatCollect(o -> o.report().object().programs())) {
            program.lines().forEachValue(line -> sources.computeIfAbsent(line.file(), f -> new TreeMap<>()).put(line.line(), line.text()));
        }
        return sources;
    }

    private void list(String kind, ImmutableList<String> lines) {
        if (lines.notEmpty()) {
            page.markup("<ul class=\"" + kind + "\">");
            lines.each(l -> page.element("li", escape(l)));
            page.markup("</ul>");
        }
    }
}
