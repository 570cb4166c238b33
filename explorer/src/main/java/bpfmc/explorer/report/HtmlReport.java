package bpfmc.explorer.report;

import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report as one page that needs nothing else: verdict and scope, the matrix of programs, and for each problem a timeline to
 * step through, beside the source. Everything said in words is there without scripts too; a timeline is drawn from the finding in
 * its article, as the JSON report has it, when somebody comes near it.
 */
final class HtmlReport {
    private final CheckReport all;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(CheckReport all) {
        this.all = all;
    }

    static String of(CheckReport all) {
        var report = new HtmlReport(all);
        report.page();
        return report.out.toString();
    }

    private void page() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape("bpfmc: " + all.status() + ", " + subject())).append("</title>\n<style>\n")
                .append(resource("page.css")).append("</style>\n</head>\n<body>\n<header>\n");
        element("h1", verdict(all.status()) + " " + escape(subject()));
        all.unreadable().each(u -> element("p", "Not checked: " + escape(u.path() + ": " + u.message())));
        out.append("</header>\n<main>\n");
        all.objects().forEachWithIndex((o, i) -> object(o, "o" + (i + 1)));
        out.append("</main>\n");
        data("sources", "sources", sources());
        out.append("<script>\n").append(resource("page.js")).append("</script>\n</body>\n</html>\n");
    }

    private String subject() {
        return all.objects().size() == 1 ? all.objects().getFirst().report().object().name() : all.objects().size() + " checks";
    }

    private void object(ObjectReport object, String id) {
        Report report = object.report();
        Naming naming = new Naming(report.object());
        out.append("<section id=\"").append(id).append("\" aria-labelledby=\"").append(id).append("-title\">\n<h2 id=\"").append(id).append("-title\">")
                .append(verdict(report.status())).append(' ').append(escape(object.path())).append("</h2>\n");
        element("p", escape(report.scope().bounds()));
        list("chips", report.scope().settings().collect(s -> "with " + s).newWithAll(report.scope().assumptions().collect(a -> "assumes " + a)));
        list("reasons", report.rules().findings().collect(f -> f.rule() + ": " + f.sentence() + " (" + f.line()
                .map(l -> Naming.baseName(l.file()) + ":" + l.line()).orElse(f.subject()) + "); the kernel says: " + f.message()));
        list("reasons", report.results().flatCollect(r -> Wording.reasons(r.verdict())).collect(r -> Wording.reason(naming, r)).distinct());
        out.append("<div class=\"matrix\"></div>\n");
        data("scenarios", id + "-scenarios", report.results().collect(r -> scenario(report, r)).castToList());
        out.append("<ol class=\"problems\">\n");
        report.problems().each(p -> problem(naming, p));
        out.append("</ol>\n<details>\n<summary>As text</summary>\n<pre>").append(escape(TextReport.of(report))).append("</pre>\n</details>\n</section>\n");
    }

    private void problem(Naming naming, Problem problem) {
        Advice advice = new Advice(naming);
        out.append("<li><article class=\"problem\">\n");
        element("h3", escape(Wording.title(naming, problem)));
        element("p", escape(advice.sentence(problem.fault())));
        out.append("<div class=\"player\"></div>\n");
        element("p", "<b>Fix</b> " + escape(advice.fix(problem.fault())));
        element("p", "<small>" + escape(problem.id()) + ", in " + escape(problem.scenario().name())
                + (problem.scenarios() > 1 ? " and " + (problem.scenarios() - 1) + " more" : "") + "</small>");
        data("finding", "", JsonReport.finding(naming, problem.fault()));
        out.append("</article></li>\n");
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

    private void element(String name, String content) {
        out.append('<').append(name).append('>').append(content).append("</").append(name).append(">\n");
    }

    private void list(String kind, ImmutableList<String> lines) {
        if (lines.notEmpty()) {
            out.append("<ul class=\"").append(kind).append("\">\n");
            lines.each(l -> element("li", escape(l)));
            out.append("</ul>\n");
        }
    }

    /** Nothing in it ends the script or begins a comment. */
    private void data(String kind, String id, Object value) {
        out.append("<script type=\"application/json\" class=\"").append(kind).append('"').append(id.isEmpty() ? "" : " id=\"" + id + "\"").append('>')
                .append(JsonMapper.shared().writeValueAsString(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
                .append("</script>\n");
    }

    private static String verdict(Status status) {
        return "<span class=\"verdict " + status.name().toLowerCase(Locale.ROOT) + "\">" + status + "</span>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
