package bpfmc.explorer.report.format;

import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON report in lines, each an object of its own: {@code {"scenario": ...}} for each scenario, in the order in which they end, then
 * {@code {"object": ...}}, which says that the object was checked to its end; at last {@code {"unreadable": ...}} for what could not be checked.
 */
final class JsonLines {
    static final ReportParts PARTS = new ReportParts(Optional.of(JsonLines::scenario), JsonLines::object, "",
            all -> all.unreadable().collect(u -> line("unreadable", JsonReport.ordered("path", u.path(), "message", u.message()))).makeString(""));

    private JsonLines() {}

    private static String scenario(EndedScenario ended) {
        return line("scenario", JsonReport.scenario(ended));
    }

    private static String object(ObjectReport object, FailOn failOn) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", object.path());
        map.put("object", object.report().object().name());
        Status status = object.report().status();
        map.put("verdict", JsonReport.word(status));
        object.asExpected().ifPresent(met -> map.put("asExpected", met));
        map.put("problems", object.report().problems().collect(p -> JsonReport.problem(object, p)).castToList());
        map.put("rejections", object.report().rules().findings().collect(f -> RuleJson.finding(object.report().object(), f)).castToList());
        map.put("scope", JsonReport.scope(object.report().scope(), failOn));
        return line("object", map);
    }

    private static String line(String kind, Map<String, Object> what) {
        return JsonMapper.builder().build().writeValueAsString(Map.of(kind, what)) + "\n";
    }
}
