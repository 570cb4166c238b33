package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Problem;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.Counterexample.Step;

/**
 * The interleavings as a Graphviz digraph: a cluster a problem, in it a cluster a CPU with its steps from top to bottom, dashed
 * arrows where the next step is on another CPU. Steps that are only about to be taken have dashed boxes.
 */
final class DotReport {
    private final StringBuilder out = new StringBuilder("digraph interleavings {\n  node [shape=box, fontname=monospace];\n");

    private DotReport() {}

    static String of(CheckReport all) {
        var dot = new DotReport();
        int[] number = {0};
        all.reports().each(report -> report.problems().each(p -> dot.problem(report, p, number[0]++)));
        return dot.out.append("}\n").toString();
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }

    private void problem(Report report, Problem problem, int number) {
        Naming naming = new Naming(report.object());
        var steps = problem.fault().counterexample().steps();
        line(1, "subgraph cluster_" + number + " {");
        line(2, "label=" + quoted(report.object().name() + ": " + problem.id()) + ";");
        for (int cpu : steps.collect(Step::cpu).distinct().toSortedList()) {
            line(2, "subgraph cluster_" + number + "_" + cpu + " {");
            line(3, "label=" + quoted("CPU" + cpu + " " + steps.detect(s -> s.cpu() == cpu).program()) + ";");
            steps.forEachWithIndex((step, index) -> {
                if (step.cpu() == cpu) {
                    line(3, node(number, index) + " [label=" + quoted((index + 1) + "  " + text(naming, step))
                            + (step.pending() ? ", style=dashed" : "") + "];");
                }
            });
            line(2, "}");
        }
        for (int i = 1; i < steps.size(); i++) {
            boolean same = steps.get(i).cpu() == steps.get(i - 1).cpu();
            line(2, node(number, i - 1) + " -> " + node(number, i) + (same ? ";" : " [style=dashed];"));
        }
        line(1, "}");
    }

    private static String node(int problem, int step) {
        return "s" + problem + "_" + (step + 1);
    }

    private static String text(Naming naming, Step step) {
        String touched = Wording.touched(naming, step);
        return naming.where(step.program(), step.slot()) + "\n" + Wording.action(step) + (touched.isEmpty() ? "" : " " + touched);
    }

    /** {@return the text as a string of Graphviz} */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
