package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Counterexample.Step;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The interleavings as Chrome trace events, which Perfetto and chrome://tracing show: a process a problem, a thread a CPU, a
 * slice a step, and a track for each lock while it is owned. A step takes a
 * microsecond: the time line shows order, not duration.
 *
 * <p>Source: "Trace Event Format", complete (X), nestable asynchronous (b, e) and metadata (M) events.
 */
final class ChromeTrace {
    private static final int STEP = 1;

    private final ArrayNode events;

    private ChromeTrace(ArrayNode events) {
        this.events = events;
    }

    static String of(CheckReport all) {
        ObjectNode root = Json.object().put("displayTimeUnit", "ns");
        var trace = new ChromeTrace(root.putArray("traceEvents"));
        int[] process = {0};
        all.reports().each(report -> report.problems().each(p -> trace.problem(report, p, ++process[0])));
        return Json.text(root);
    }

    private ObjectNode event(String phase, String name, int process, int time) {
        return events.addObject().put("ph", phase).put("name", name).put("pid", process).put("ts", time);
    }

    private void problem(Report report, Problem problem, int process) {
        Naming naming = new Naming(report.object());
        event("M", "process_name", process, 0).putObject("args").put("name", problem.id() + " (" + report.object().name() + ")");
        var steps = problem.fault().counterexample().steps();
        for (int cpu : steps.collect(Step::cpu).distinct().toSortedList()) {
            event("M", "thread_name", process, 0).put("tid", cpu + 1).putObject("args")
                    .put("name", "CPU" + cpu + " " + steps.detect(s -> s.cpu() == cpu).program());
        }
        steps.forEachWithIndex((step, index) -> step(naming, step, process, index));
        for (int agent : steps.collect(Step::agent).distinct().toSortedList()) {
            locks(problem, agent, process);
        }
    }

    private void step(Naming naming, Step step, int process, int index) {
        String touched = Wording.touched(naming, step);
        ObjectNode slice = event("X", Wording.action(step) + (touched.isEmpty() ? "" : " " + touched), process, index * STEP)
                .put("dur", STEP).put("tid", step.cpu() + 1).put("cat", step.pending() ? "pending" : "step");
        ObjectNode args = slice.putObject("args").put("step", index + 1).put("program", step.program())
                .put("at", naming.where(step.program(), step.slot()));
        naming.line(step.program(), step.slot()).ifPresent(l -> args.put("source", l.text().strip()));
        if (!step.before().isEmpty()) {
            args.put("before", step.before()).put("after", step.after());
        }
    }

    /** A lock is owned from the step that takes it until the step that releases it, or the end of the trace. */
    private void locks(Problem problem, int agent, int process) {
        var steps = problem.fault().counterexample().steps();
        var mine = steps.select(s -> s.agent() == agent);
        for (String lock : mine.flatCollect(Step::held).distinct()) {
            boolean owned = false;
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step.agent() == agent && step.held().contains(lock) != owned) {
                    owned = !owned;
                    lock(lock, step, process, owned ? "b" : "e", owned ? i * STEP : (i + 1) * STEP);
                }
            }
            if (owned) {
                lock(lock, mine.getLast(), process, "e", steps.size() * STEP);
            }
        }
    }

    private void lock(String lock, Step step, int process, String phase, int time) {
        event(phase, "CPU" + step.cpu() + " owns the lock of " + lock, process, time).put("cat", "lock").put("tid", step.cpu() + 1)
                .put("id", "agent" + step.agent() + " " + lock);
    }
}
