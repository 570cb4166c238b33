package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Fixes;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.program.SourceLine;
import java.util.Optional;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Sets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The problems as a SARIF 2.1.0 log, the interleaving of each as a code flow with one thread flow a CPU, in which
 * {@code executionOrder} gives the order of the steps. It holds failures only; what was not explored, and objects that could
 * not be read, are notifications of the invocation.
 *
 * <p>Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, sections 3.20 (invocation), 3.27 (result)
 * and 3.36 to 3.38 (code flow, thread flow and its locations).
 */
final class SarifReport {
    private static final String SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    /** The name of the fingerprint; the value is the finding's id. A change of what ids are made of needs a new number. */
    private static final String FINGERPRINT = "bpfmcFindingId/v1";

    private final CheckReport all;

    private SarifReport(CheckReport all) {
        this.all = all;
    }

    static String of(CheckReport all) {
        return Json.text(new SarifReport(all).log());
    }

    private ObjectNode log() {
        ObjectNode log = Json.object().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        driver(run.putObject("tool").putObject("driver"));
        invocation(run.putArray("invocations").addObject());
        ArrayNode results = run.putArray("results");
        all.objects().each(o -> o.report().rules().findings().each(f -> rejection(results.addObject(), o, f)));
        all.objects().each(o -> o.report().problems().each(p -> new Result(o, p).into(results.addObject())));
        return log;
    }

    private void driver(ObjectNode driver) {
        driver.put("name", "bpfmc").put("version", all.origin().version());
        ArrayNode rules = driver.putArray("rules");
        all.reports().flatCollect(r -> r.scope().properties()).distinctBy(Explanation::name).each(property -> rules.addObject().put("id", property.name())
                .putObject("shortDescription").put("text", property.title()));
        all.reports().flatCollect(r -> r.rules().findings()).distinctBy(f -> f.rule()).each(f -> {
            ObjectNode rule = rules.addObject().put("id", f.rule());
            rule.putObject("shortDescription").put("text", f.page().title());
            rule.putObject("help").put("text", f.page().fix());
        });
    }

    /** What the kernel's verifier would refuse, with the way that leads there as related places. */
    private void rejection(ObjectNode result, ObjectReport object, bpfmc.model.rules.Finding f) {
        result.put("ruleId", f.rule()).put("level", f.rejects() ? "error" : "warning");
        result.putObject("message").put("text", f.sentence() + " The kernel (" + f.version() + ") says: " + f.message());
        place(result.putArray("locations").addObject().putObject("physicalLocation"), object, f.line());
        ArrayNode related = result.putArray("relatedLocations");
        f.path().distinct().each(w -> {
            ObjectNode at = related.addObject();
            place(at.putObject("physicalLocation"), object, Optional.of(w.line()));
            at.putObject("message").put("text", w.what());
        });
        result.putObject("partialFingerprints").put(FINGERPRINT, f.rule() + "/" + f.subject());
    }

    private void invocation(ObjectNode invocation) {
        invocation.put("executionSuccessful", all.unreadable().isEmpty());
        ArrayNode notes = invocation.putArray("toolExecutionNotifications");
        all.unreadable().each(u -> {
            ObjectNode note = notes.addObject().put("level", "error");
            note.putObject("message").put("text", u.message());
            artifact(note.putArray("locations").addObject().putObject("physicalLocation"), u.path());
        });
        for (ObjectReport object : all.objects()) {
            for (ScenarioResult scenario : object.report().results()) {
                scenario.verdict().unfinished().each(r -> notification(notes.addObject(), object, scenario, r));
            }
        }
    }

    private void notification(ObjectNode note, ObjectReport object, ScenarioResult scenario, Reason reason) {
        Naming naming = new Naming(object.report().object());
        note.put("level", "warning");
        note.putObject("message").put("text",
                object.report().object().name() + ": " + scenario.name() + ": inconclusive: " + Wording.reason(naming, reason));
        ObjectNode physical = note.putArray("locations").addObject().putObject("physicalLocation");
        switch (reason) {
            case Reason.Unsupported u -> place(physical, object, u.gap().program(), u.gap().slot());
            case Reason.Limit l -> artifact(physical, object.path());
            case Reason.NotShown n -> artifact(physical, object.path());
        }
    }

    /** Where there is no line information the place is the object as a whole. */
    private void place(ObjectNode physical, ObjectReport object, String program, int slot) {
        place(physical, object, new Naming(object.report().object()).line(program, slot));
    }

    private void place(ObjectNode physical, ObjectReport object, Optional<SourceLine> source) {
        source.ifPresentOrElse(line -> {
            artifact(physical, line.file());
            physical.putObject("region").put("startLine", line.line());
        }, () -> artifact(physical, object.path()));
    }

    private void artifact(ObjectNode physical, String file) {
        physical.putObject("artifactLocation").put("uri", Json.uri(all.origin().source(file)));
    }

    /** One problem as a result. */
    private final class Result {
        private final ObjectReport object;
        private final Problem problem;
        private final Naming naming;

        Result(ObjectReport object, Problem problem) {
            this.object = object;
            this.problem = problem;
            this.naming = new Naming(object.report().object());
        }

        void into(ObjectNode result) {
            var finding = problem.fault().finding();
            result.put("ruleId", finding.property()).put("level", finding.level() == Level.ERROR ? "error" : "warning");
            String fix = Fixes.of(naming, problem);
            String cause = Wording.cause(naming, problem);
            result.putObject("message").put("text", Wording.title(naming, problem) + ": " + (cause.isEmpty() ? "" : cause + " ") + problem.fault().sentence(naming)
                    + (fix.isEmpty() ? "" : " To mend it: " + fix + "."));
            ArrayNode locations = result.putArray("locations");
            problem.blamed().each(p -> location(locations.addObject(), p));
            ArrayNode related = result.putArray("relatedLocations");
            MutableSet<ObjectNode> seen = Sets.mutable.empty();
            finding.places().reject(problem.blamed()::contains).each(p -> {
                ObjectNode at = location(related.addObject(), p);
                at.putObject("message").put("text", "the other side: " + p.act().word());
            });
            problem.others().each(other -> other.places().each(p -> {
                ObjectNode at = location(Json.object(), p);
                at.putObject("message").put("text", "same cause: " + other.property().replace('-', ' '));
                if (seen.add(at)) {
                    related.add(at);
                }
            }));
            result.putObject("partialFingerprints").put(FINGERPRINT, problem.id());
            if (problem.fault().counterexample().steps().notEmpty()) {
                codeFlow(result.putArray("codeFlows").addObject());
            }
            result.putObject("properties").put("object", object.path()).put("scenario", problem.scenario().name())
                    .put("confirmed", problem.fault().counterexample().confirmed());
        }

        private ObjectNode location(ObjectNode location, Place place) {
            place(location.putObject("physicalLocation"), object, place.program(), place.slot());
            location.putArray("logicalLocations").addObject().put("name", place.function()).put("kind", "function");
            return location;
        }

        private void codeFlow(ObjectNode flow) {
            var trace = problem.fault().counterexample();
            String memory = naming.instance(trace.element(), problem.fault().finding().subject());
            flow.putObject("message").put("text", "the shortest interleaving"
                    + (trace.initially().isEmpty() ? "" : ", initially " + memory + " = " + trace.initially())
                    + trace.inputs().collect(i -> ", with " + i).makeString(""));
            ArrayNode threads = flow.putArray("threadFlows");
            for (int cpu : trace.steps().collect(Step::cpu).distinct().toSortedList()) {
                ObjectNode thread = threads.addObject().put("id", "CPU" + cpu);
                ArrayNode locations = thread.putArray("locations");
                trace.steps().forEachWithIndex((step, index) -> {
                    if (step.cpu() == cpu) {
                        step(locations.addObject().put("executionOrder", index + 1), step, memory);
                    }
                });
            }
        }

        private void step(ObjectNode at, Step step, String memory) {
            ObjectNode location = at.putObject("location");
            place(location.putObject("physicalLocation"), object, step.program(), step.slot());
            String touched = Wording.touched(naming, step);
            location.putObject("message").put("text", "CPU" + step.cpu() + " " + step.program() + ": " + Wording.action(step)
                    + (touched.isEmpty() ? "" : " (" + touched + ")")
                    + (step.held().isEmpty() ? "" : ", owning the lock of " + step.held().makeString(", ")));
            if (!step.after().isEmpty() && !memory.isEmpty()) {
                at.putObject("state").putObject(memory).put("text", step.after());
            }
            at.put("importance", memory.equals(touched) ? "essential" : "important");
        }
    }
}
