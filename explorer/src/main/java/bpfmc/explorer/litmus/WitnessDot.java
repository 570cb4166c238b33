package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Edge;
import bpfmc.explorer.axiomatic.Graph;
import java.util.List;
import java.util.Locale;

/** A witness as a graph for Graphviz: a cluster a thread. */
public final class WitnessDot {
    private WitnessDot() {}

    /** {@return the source of the graph} */
    public static String of(Witness witness) {
        Graph graph = witness.execution().graph();
        StringBuilder out = new StringBuilder("digraph execution {\n  label=" + quoted(witness.sentence()) + ";\n  labelloc=t;\n  node [shape=box, fontname=monospace];\n");
        List<Integer> circle = witness.refusal().map(r -> r.circle()).orElse(List.of());
        for (int thread = -1; thread < witness.test().threads().size(); thread++) {
            out.append("  subgraph ").append(thread < 0 ? "initial" : "cluster_P" + thread).append(" {\n");
            if (thread >= 0) {
                out.append("    label=\"P").append(thread).append("\";\n");
            }
            for (int e = 0; e < graph.size(); e++) {
                if (graph.isInitial(e) ? thread < 0 : graph.thread(e) == thread) {
                    out.append("    e").append(e).append(" [label=").append(quoted(witness.label(e))).append(circle.contains(e) ? ", color=red, penwidth=2" : "").append("];\n");
                }
            }
            out.append("  }\n");
        }
        for (Edge edge : Edge.of(graph)) {
            String color = color(edge.kind());
            out.append("  e").append(edge.from()).append(" -> e").append(edge.to()).append(" [label=\"").append(name(edge)).append("\", color=\"").append(color)
                    .append("\", fontcolor=\"").append(color).append(edge.kind() == Edge.Kind.PO ? "\", weight=10];\n" : "\", constraint=false];\n");
        }
        for (int i = 0; i < circle.size(); i++) {
            out.append("  e").append(circle.get(i)).append(" -> e").append(circle.get((i + 1) % circle.size()))
                    .append(" [color=red, style=dashed, penwidth=2, constraint=false];\n");
        }
        return out.append("}\n").toString();
    }

    static String name(Edge edge) {
        return edge.kind().name().toLowerCase(Locale.ROOT);
    }

    static String color(Edge.Kind kind) {
        return switch (kind) {
            case PO -> "#444444";
            case RF -> "#1a7f37";
            case CO -> "#0550ae";
            case FR -> "#bc4c00";
            case ADDR, DATA, CTRL -> "#8250df";
            case AMO -> "#6e7781";
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
