package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Cause;
import bpfmc.explorer.report.CauseWords;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.Fixes;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Problems;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Status;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The reports of one call as one JSON object with stable names. */
public final class JsonReport {
    static final int VERSION = 1;

    private JsonReport() {}

    /** {@return the reports as JSON} */
    public static String of(CheckReport all) {
        ImmutableList<Report> reports = all.reports();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", VERSION);
        root.put("tool", ordered("name", "bpfmc", "version", all.origin().version()));
        root.put("verdict", word(all.status()));
        List<Object> scenarios = new ArrayList<>();
        all.objects().each(o -> o.report().results().each(s -> scenarios.add(scenario(new EndedScenario(o.path(), o.report().object(), s)))));
        root.put("scenarios", scenarios);
        List<Object> problems = new ArrayList<>();
        all.objects().each(o -> o.report().problems().each(p -> problems.add(problem(o, p))));
        root.put("problems", problems);
        if (all.objects().anySatisfy(o -> o.expected().isPresent())) {
            root.put("expectations", all.objects().select(o -> o.expected().isPresent()).collect(o -> expectation(o, all.failOn())).castToList());
        }
        root.put("unreadable", all.unreadable().collect(u -> ordered("path", u.path(), "message", u.message())).castToList());
        root.put("rejections", reports.flatCollect(r -> r.rules().findings().collect(f -> RuleJson.finding(r.object(), f))).castToList());
        root.put("scope", reports.isEmpty() ? Map.of() : scope(reports.getFirst().scope(), all.failOn()));
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(root) + "\n";
    }

    static Map<String, Object> ordered(String first, Object a, String second, Object b) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, a);
        map.put(second, b);
        return map;
    }

    static Map<String, Object> problem(ObjectReport object, Problem problem) {
        Naming naming = new Naming(object.report().object());
        Finding finding = problem.fault().finding();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", problem.id());
        map.put("object", object.report().object().name());
        map.put("scenario", problem.scenario().name());
        map.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        map.put("title", Wording.title(naming, problem));
        map.put("message", problem.fault().sentence(naming));
        problem.cause().ifPresent(c -> map.put("cause", cause(naming, c)));
        map.put("blamed", problem.blamed().collect(p -> place(naming, p, problem.fault().counterexample())).castToList());
        map.put("fix", Fixes.of(naming, problem));
        map.put("sameCause", problem.others().collect(f -> Problems.id(naming, f)).distinct().reject(problem.id()::equals).castToList());
        map.put("scenarios", problem.scenarios());
        return map;
    }

    /** What the accesses to a field have in common. */
    private static Map<String, Object> cause(Naming naming, Cause cause) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("field", naming.place(cause.field()));
        map.put("message", CauseWords.sentence(naming, cause));
        map.put("accesses", cause.accesses().collect(r -> access(naming, cause, r)).castToList());
        return map;
    }

    private static Map<String, Object> access(Naming naming, Cause cause, Cause.Row row) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", row.first().program());
        map.put("function", row.first().function());
        place(map, naming, row.first().program(), row.first().slot());
        map.put("levels", row.levels().castToList());
        map.put("does", row.acts().collect(Place.Act::word).castToList());
        map.put("holds", CauseWords.holds(naming, cause, row));
        map.put("odd", cause.odd().contains(row));
        return map;
    }

    private static Map<String, Object> expectation(ObjectReport object, FailOn failOn) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", object.path());
        map.put("verdict", word(object.report().status()));
        map.put("asExpected", object.asExpected().orElseThrow());
        object.expected().orElseThrow().difference(object.report()).ifPresent(d -> map.put("difference", d));
        map.put("scope", scope(object.report().scope(), failOn));
        return map;
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> scope(Scope scope, FailOn failOn) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpus", scope.cpus());
        map.put("runs", scope.runs());
        map.put("memoryModel", scope.memoryModel());
        map.put("properties", scope.properties().collect(Explanation::name).castToList());
        map.put("contexts", scope.contexts().collect(JsonReport::context).castToList());
        map.put("settings", scope.settings().castToList());
        map.put("assumptions", scope.assumptions().castToList());
        map.put("failOn", failOn.name().toLowerCase(Locale.ROOT));
        return map;
    }

    static Map<String, Object> scenario(EndedScenario ended) {
        ScenarioResult result = ended.result();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("object", ended.object().name());
        map.put("path", ended.path());
        map.put("name", result.name());
        map.put("agents", result.agents().collect(JsonReport::agent).castToList());
        map.put("verdict", word(Status.of(result.verdict())));
        map.put("states", result.exploration().states());
        map.put("transitions", result.exploration().transitions());
        map.put("privateStates", result.exploration().privateStates());
        map.put("seconds", result.exploration().seconds());
        map.put("bytes", result.exploration().bytes());
        result.like().ifPresent(l -> map.put("like", l));
        if (result.exploration().omission() > 0) {
            map.put("omission", result.exploration().omission());
        }
        if (result.lookups().missed().notEmpty()) {
            map.put("alwaysMissed", result.lookups().missed().castToList());
        }
        Naming naming = new Naming(ended.object());
        if (result.notes().notEmpty()) {
            map.put("notes", result.notes().collect(f -> Problems.id(naming, f)).distinct().castToList());
        }
        switch (result.verdict()) {
            case Verdict.Holds h -> map.put("findings", List.of());
            case Verdict.Violated v -> {
                map.put("findings", v.faults().collect(f -> finding(naming, f)).castToList());
                map.put("reasons", v.unfinished().collect(r -> reason(naming, r)).castToList());
            }
            case Verdict.Rejected r -> {
                map.put("findings", List.of());
                map.put("rules", r.findings().collect(bpfmc.model.rules.Finding::rule).distinct().castToList());
            }
            case Verdict.Inconclusive i -> {
                map.put("findings", List.of());
                map.put("reasons", i.reasons().collect(r -> reason(naming, r)).castToList());
            }
        }
        result.finals().ifPresent(f -> {
            map.put("finalStates", f.states().collect(FinalStatesText::json).castToList());
            map.put("allFinalStates", f.unfinished().isEmpty());
            if (f.unfinished().notEmpty()) {
                map.put("finalStatesReasons", f.unfinished().collect(r -> reason(naming, r)).castToList());
            }
        });
        return map;
    }

    private static Map<String, Object> agent(ScenarioResult.Agent agent) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", agent.program());
        map.put("cpu", agent.cpu());
        map.put("level", agent.level());
        return map;
    }

    private static Map<String, Object> context(Scope.Context context) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", context.program());
        map.put("context", context.words());
        return map;
    }

    private static Map<String, Object> reason(Naming naming, Reason reason) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (reason) {
            case Reason.Unsupported u -> {
                map.put("kind", "unsupported");
                map.put("message", u.gap().what());
                map.put("program", u.gap().program());
                place(map, naming, u.gap().program(), u.gap().slot());
            }
            case Reason.Limit l -> {
                map.put("kind", "limit");
                map.put("message", l.limit());
            }
            case Reason.NotShown n -> {
                map.put("kind", "not-shown");
                map.put("message", n.item() + ": " + n.why());
            }
        }
        return map;
    }

    private static void place(Map<String, Object> map, Naming naming, String program, int slot) {
        naming.line(program, slot).ifPresent(line -> {
            map.put("file", line.file());
            map.put("line", line.line());
        });
        map.put("instruction", slot);
    }

    static Map<String, Object> finding(Naming naming, Fault fault) {
        Counterexample example = fault.counterexample();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Problems.id(naming, fault.finding()));
        map.put("property", fault.finding().property());
        map.put("level", fault.finding().level().name().toLowerCase(Locale.ROOT));
        map.put("confirmed", example.confirmed());
        map.put("memory", naming.place(fault.finding().subject()));
        map.put("element", naming.instance(example.element(), fault.finding().subject()));
        map.put("message", fault.sentence(naming));
        map.put("places", fault.finding().places().collect(p -> place(naming, p, example)).castToList());
        map.put("inputs", example.inputs().castToList());
        example.doubt().ifPresent(doubt -> map.put("doubt", doubt));
        map.put("notes", example.notes().castToList());
        map.put("initially", example.initially());
        map.put("trace", example.steps().collect(s -> step(naming, s)).castToList());
        return map;
    }

    /** The CPU is the one that takes, or is about to take, that step in the counterexample. */
    private static Map<String, Object> place(Naming naming, Place place, Counterexample example) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", place.program());
        Step step = example.steps().toReversed().detect(s -> s.program().equals(place.program()) && s.slot() == place.slot());
        if (step != null) {
            map.put("cpu", step.cpu());
        }
        map.put("function", place.function());
        map.put("access", place.act().word());
        place(map, naming, place.program(), place.slot());
        return map;
    }

    private static Map<String, Object> step(Naming naming, Step step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cpu", step.cpu());
        map.put("level", step.level());
        map.put("depth", step.depth());
        map.put("program", step.program());
        place(map, naming, step.program(), step.slot());
        naming.line(step.program(), step.slot()).ifPresent(line -> map.put("source", line.text().strip()));
        map.put("action", step.action());
        map.put("element", step.element());
        map.put("touched", Wording.touched(naming, step));
        map.put("value", step.value());
        map.put("before", step.before());
        map.put("after", step.after());
        map.put("locks", step.held().castToList());
        if (!step.off().isEmpty()) {
            map.put("off", step.off());
        }
        map.put("pending", step.pending());
        return map;
    }
}
