package bpfmc.explorer.report.format;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.StateGraph;
import java.util.stream.Collectors;

/** The states of small explorations as Mermaid state diagrams in Markdown. */
final class StatesMermaid {
    private final StringBuilder out = new StringBuilder();

    private StatesMermaid() {}

    static String of(CheckReport all) {
        var mermaid = new StatesMermaid();
        all.reports().each(report -> report.results().each(result -> mermaid.result(report, result)));
        return mermaid.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void result(Report report, ScenarioResult result) {
        line((out.isEmpty() ? "" : "\n") + "### " + MarkdownReport.escaped(report.object().name() + ": " + result.name()));
        line("");
        if (result.graph().isEmpty()) {
            line(StateTexts.NONE);
            return;
        }
        Naming naming = new Naming(report.object());
        StateGraph graph = result.graph().get();
        line("```mermaid");
        line("stateDiagram-v2");
        line("  classDef fault fill:#f4c7c3");
        graph.nodes().forEachWithIndex((node, i) -> {
            line("  state \"" + StateTexts.lines(node, i).collect(StatesMermaid::escaped).makeString("<br>") + "\" as s" + i);
            if (node.faults().notEmpty()) {
                line("  class s" + i + " fault");
            }
        });
        line("  [*] --> s0");
        graph.arcs().each(a -> line("  s" + a.from() + " --> s" + a.to() + " : " + escaped(StateTexts.step(naming, a))));
        graph.nodes().forEachWithIndex((node, i) -> {
            if (node.terminal()) {
                line("  s" + i + " --> [*]");
            }
        });
        line("```");
    }

    /** These characters mean something in such diagrams; what stands for them does not. */
    private static String escaped(String text) {
        return text.codePoints().mapToObj(c -> switch (c) {
            case '#', ';', ':', '"', '<', '>' -> "#" + c + ";";
            case '\n' -> " ";
            default -> Character.toString(c);
        }).collect(Collectors.joining());
    }
}
