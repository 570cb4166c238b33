package bpfmc.explorer.report.format;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.SourceLine;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the lock rules say, as JSON with stable names. */
public final class RuleJson {
    private RuleJson() {}

    /** {@return one object's judgement} */
    public static Map<String, Object> judgement(BpfObject object, Judgement judgement) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("object", object.name());
        map.put("kernel", judgement.kernel().version().toString());
        map.put("accepted", !judgement.rejected() && !judgement.incomplete());
        map.put("programs", judgement.programs().collect(RuleJson::program).castToList());
        map.put("findings", judgement.findings().collect(f -> finding(object, f)).castToList());
        return map;
    }

    private static Map<String, Object> program(Judgement.OfProgram p) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", p.name());
        map.put("verdict", p.rejected() ? "rejected" : p.gap().isPresent() ? "undecided" : "accepted");
        map.put("reason", p.gap().map(g -> g.what() + " at instruction " + g.slot()).orElse(""));
        return map;
    }

    static Map<String, Object> finding(BpfObject object, Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("object", object.name());
        map.put("rule", finding.rule());
        map.put("level", finding.rejects() ? "error" : "warning");
        map.put("kernel", finding.version().toString());
        map.put(finding.program() ? "program" : "map", finding.subject());
        finding.slot().ifPresent(slot -> map.put("instruction", slot));
        line(map, finding.line());
        map.put("message", finding.message());
        map.put("explanation", finding.sentence());
        map.put("path", finding.path().collect(w -> {
            Map<String, Object> point = new LinkedHashMap<>();
            line(point, Optional.of(w.line()));
            point.put("what", w.what());
            return point;
        }).castToList());
        map.put("fix", finding.page().fix());
        return map;
    }

    private static void line(Map<String, Object> map, Optional<SourceLine> line) {
        line.ifPresent(l -> {
            map.put("file", l.file());
            map.put("line", l.line());
        });
    }
}
