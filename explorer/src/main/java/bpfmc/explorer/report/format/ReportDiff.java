package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.verdict.ScenarioResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import tools.jackson.databind.JsonNode;

/**
 * What is otherwise than in an earlier report. A finding is known by its object's name and its id, a scenario by the object's and its
 * own name.
 *
 * @param fresh findings that were not there @param fixed findings that are gone, though their object was checked to its end
 * @param open findings that are still there @param inconclusive scenarios that had a verdict and have none now
 */
public record ReportDiff(ImmutableList<String> fresh, ImmutableList<String> fixed, ImmutableList<String> open, ImmutableList<String> inconclusive) {

    /** @throws bpfmc.model.InputException when the file is no JSON report of this version */
    public static ReportDiff of(Path old, CheckReport now) {
        JsonNode before = StoredReport.read(old);
        ImmutableList<String> known = Lists.immutable.withAll(before.path("problems")).flatCollect(ReportDiff::ids)
                .newWithAll(Lists.immutable.withAll(before.path("rejections"))
                        .select(r -> r.path("level").asString("").equals("error")).collect(r -> r.path("object").asString("") + ": " + rejection(r))).distinct();
        ImmutableList<String> found = now.reports().flatCollect(ReportDiff::ids).distinct();
        Map<String, String> verdicts = new LinkedHashMap<>();
        before.path("scenarios").forEach(s -> verdicts.put(s.path("object").asString("") + ": " + s.path("name").asString(""), s.path("verdict").asString("")));
        ImmutableList<String> lost = now.reports().flatCollect(r -> r.results().select(x -> Status.of(x.verdict()) == Status.INCONCLUSIVE)
                .collect(x -> name(r, x))).select(n -> verdicts.containsKey(n) && !verdicts.get(n).equals("inconclusive"));
        ImmutableList<String> finished = now.reports().reject(r -> r.results().anySatisfy(x -> x.verdict().unfinished().notEmpty())).collect(r -> r.object().name());
        return new ReportDiff(found.reject(known::contains), known.reject(found::contains).select(k -> finished.anySatisfy(o -> k.startsWith(o + ": "))),
                found.select(known::contains), lost);
    }

    private static String name(Report report, ScenarioResult result) {
        return report.object().name() + ": " + result.name();
    }

    private static ImmutableList<String> ids(Report report) {
        return report.ids().collect(id -> report.object().name() + ": " + id);
    }

    /** A problem of a report stands for all findings with its cause. */
    private static ImmutableList<String> ids(JsonNode problem) {
        return Lists.immutable.with(problem.path("id").asString("")).newWithAll(Lists.immutable.withAll(problem.path("sameCause")).collect(JsonNode::asString))
                .collect(id -> problem.path("object").asString("") + ": " + id);
    }

    private static String rejection(JsonNode finding) {
        return finding.path("rule").asString("") + "/" + finding.path(finding.has("program") ? "program" : "map").asString("");
    }

    /** {@return the comparison as lines, what is new first} */
    public String text() {
        return section("new", fresh) + section("fixed", fixed) + section("still open", open) + section("newly inconclusive", inconclusive);
    }

    private static String section(String title, ImmutableList<String> lines) {
        return String.format("%-20s%s%n", title, lines.isEmpty() ? "none" : lines.size()) + lines.collect(l -> "  " + l + "\n").makeString("");
    }
}
