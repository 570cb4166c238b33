package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Edge;
import bpfmc.explorer.axiomatic.Graph;
import java.util.List;
import java.util.Locale;

/** A witness as a page that needs nothing else: a column a thread, initial values above them. */
public final class WitnessHtml {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 96;
    private static final int TOP = 40;

    private final Witness witness;
    private final Graph graph;
    private final List<Integer> circle;
    private final int[] x;
    private final int[] y;

    private WitnessHtml(Witness witness) {
        this.witness = witness;
        this.graph = witness.execution().graph();
        this.circle = witness.refusal().map(r -> r.circle()).orElse(List.of());
        this.x = new int[graph.size()];
        this.y = new int[graph.size()];
        place();
    }

    /** {@return the page} */
    public static String of(Witness witness) {
        return new WitnessHtml(witness).page();
    }

    /** A thread's events stand in program order, the read of a compare-and-exchange before its write. */
    private void place() {
        int initials = 0;
        for (int e = 0; e < graph.size(); e++) {
            int rank = 0;
            for (int other = 0; other < graph.size(); other++) {
                if (!graph.isInitial(e) && !graph.isInitial(other) && graph.thread(e) == graph.thread(other)
                        && (graph.op(other) < graph.op(e) || graph.op(other) == graph.op(e) && graph.kind(other).reads() && !graph.kind(e).reads())) {
                    rank++;
                }
            }
            x[e] = WIDTH / 2 + WIDTH * (graph.isInitial(e) ? initials++ : graph.thread(e));
            y[e] = graph.isInitial(e) ? TOP : TOP + HEIGHT * (rank + 1);
        }
    }

    private String page() {
        int width = 0;
        int height = 0;
        for (int e = 0; e < graph.size(); e++) {
            width = Math.max(width, x[e] + WIDTH / 2);
            height = Math.max(height, y[e] + HEIGHT);
        }
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(witness.test().name()) + "</title>\n"
                + "<style>body{font:15px sans-serif;margin:2em}text{font:13px monospace;text-anchor:middle}.edge{fill:none;stroke-width:1.6}.name{font-size:12px}"
                + "rect{fill:#fff;stroke:#888}.circle{stroke:#cf222e;stroke-width:3}.refused{fill:none;stroke:#cf222e;stroke-width:3;stroke-dasharray:7 5}</style></head>\n<body>\n"
                + "<p>" + escaped(witness.sentence()) + "</p>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\">\n"
                + "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                + "<path d=\"M0,0L8,4L0,8z\" fill=\"context-stroke\"/></marker></defs>\n");
        for (int i = 0; i < circle.size(); i++) {
            edge(out, circle.get(i), circle.get((i + 1) % circle.size()), "refused", "", "", -34);
        }
        for (Edge edge : Edge.of(graph)) {
            edge(out, edge.from(), edge.to(), "edge", WitnessDot.color(edge.kind()), WitnessDot.name(edge), 10 + 14 * edge.kind().ordinal());
        }
        for (int e = 0; e < graph.size(); e++) {
            String label = (graph.isInitial(e) ? "" : "P" + graph.thread(e) + ": ") + witness.label(e);
            out.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"26\" rx=\"4\" class=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n",
                    x[e] - boxWidth(label) / 2, y[e] - 17, boxWidth(label), circle.contains(e) ? "circle" : "", x[e], y[e], escaped(label)));
        }
        return out.append("</svg>\n<p>po program order; rf read by; co next write of the cell; fr reads what was there before; addr, data, ctrl dependencies."
                + (circle.isEmpty() ? "" : " Red: the circle that the model refuses.") + "</p>\n</body></html>\n").toString();
    }

    private static int boxWidth(String label) {
        return 16 + 8 * label.length();
    }

    private void edge(StringBuilder out, int from, int to, String style, String color, String name, int bend) {
        int middleX = (x[from] + x[to]) / 2 + bend;
        int middleY = (y[from] + y[to]) / 2 + bend / 3;
        int startY = y[from] + (y[to] > y[from] ? 9 : y[to] < y[from] ? -17 : 9);
        int endY = y[to] + (y[to] > y[from] ? -17 : 9);
        out.append(String.format(Locale.ROOT, "<path class=\"%s\"%s d=\"M%d,%d Q%d,%d %d,%d\" marker-end=\"url(#tip)\"/>", style,
                color.isEmpty() ? "" : " stroke=\"" + color + "\"", x[from], startY, middleX, middleY, x[to], endY));
        if (!name.isEmpty()) {
            out.append(String.format(Locale.ROOT, "<text class=\"name\" fill=\"%s\" x=\"%d\" y=\"%d\">%s</text>", color,
                    (x[from] + 2 * middleX + x[to]) / 4, (startY + 2 * middleY + endY) / 4, name));
        }
        out.append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
