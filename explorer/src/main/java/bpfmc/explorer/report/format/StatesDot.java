package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.StateGraph;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * The states of small explorations as a Graphviz digraph: a cluster each, in it a box for each state with what the maps hold and who owns
 * which lock. Terminal states have double borders, states that violate a property are filled and say which.
 */
final class StatesDot {
    private final StringBuilder out = new StringBuilder("digraph states {\n  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n");
    private int clusters;

    private StatesDot() {}

    static String of(CheckReport all) {
        var dot = new StatesDot();
        all.reports().each(report -> report.results().each(result -> dot.result(report, result)));
        return dot.out.append("}\n").toString();
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }

    private void result(Report report, ScenarioResult result) {
        String title = report.object().name() + ": " + result.name();
        if (result.graph().isEmpty()) {
            line(1, "// " + title + ": " + StateTexts.NONE);
            return;
        }
        Naming naming = new Naming(report.object());
        StateGraph graph = result.graph().get();
        String prefix = "s" + clusters + "_";
        line(1, "subgraph cluster_" + clusters++ + " {");
        line(2, "label=" + DotReport.quoted(title) + ";");
        graph.nodes().forEachWithIndex((node, i) -> {
            ImmutableList<String> lines = StateTexts.lines(node, i);
            line(2, prefix + i + " [label=" + DotReport.quoted(lines.makeString("\n")) + (node.terminal() ? ", peripheries=2" : "")
                    + (node.faults().notEmpty() ? ", style=filled, fillcolor=\"#f4c7c3\"" : "") + "];");
        });
        graph.arcs().each(a -> line(2, prefix + a.from() + " -> " + prefix + a.to() + " [label=" + DotReport.quoted(StateTexts.step(naming, a)) + "];"));
        line(1, "}");
    }
}
