package bpfmc.explorer.report.format;

import static bpfmc.explorer.report.format.HtmlPage.escape;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** One counterexample out of a JSON report as a page; of its source it has the lines of the steps. */
public final class HtmlTrace {
    private HtmlTrace() {}

    /** {@return the page} @param object its name @param scenario which agents ran @param finding as the JSON report has it */
    public static String of(String object, String scenario, JsonNode finding) {
        Map<String, Map<Integer, String>> sources = new TreeMap<>();
        for (JsonNode step : finding.path("trace")) {
            if (step.has("line")) {
                sources.computeIfAbsent(step.path("file").asString(""), f -> new TreeMap<>()).put(step.path("line").asInt(), step.path("source").asString(""));
            }
        }
        String id = finding.path("id").asString("");
        return new HtmlPage("bpfmc: " + id).markup("<header>").element("h1", HtmlPage.verdict("VIOLATED") + " " + escape(object)).markup("</header>").markup("<main>")
                .problem(finding.path("property").asString("").replace('-', ' '), finding.path("message").asString(""),
                        "<p><small>" + escape(id + ", in " + scenario) + "</small></p>", finding)
                .markup("</main>").end(sources);
    }
}
