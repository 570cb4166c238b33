package bpfmc.explorer.axiomatic;

import java.util.ArrayList;
import java.util.List;

/** An edge of an execution, to be drawn. */
public record Edge(int from, int to, Kind kind) {
    /** What it says. */
    public enum Kind {
        /** Program order, to the next event. */
        PO,
        /** Read by. */
        RF,
        /** The next write of the cell. */
        CO,
        /** Reads what was there before that write. */
        FR,
        /** The address comes from it. */
        ADDR,
        /** The value comes from it. */
        DATA,
        /** A branch on it came before. */
        CTRL,
        /** Read and write of one compare-and-exchange. */
        AMO
    }

    /** {@return the edges of an execution; of orders only the steps to the next event} */
    public static List<Edge> of(Graph graph) {
        List<Edge> out = new ArrayList<>();
        add(out, steps(graph.po()), Kind.PO);
        add(out, graph.rf(), Kind.RF);
        add(out, steps(graph.co()), Kind.CO);
        add(out, graph.fr().minus(graph.fr().then(graph.co())), Kind.FR);
        add(out, graph.addr(), Kind.ADDR);
        add(out, graph.data(), Kind.DATA);
        add(out, graph.ctrl().between(graph.events(), graph.writes()), Kind.CTRL);
        add(out, graph.amo(), Kind.AMO);
        return out;
    }

    private static Relation steps(Relation order) {
        return order.minus(order.then(order));
    }

    private static void add(List<Edge> out, Relation relation, Kind kind) {
        for (int from = 0; from < relation.size(); from++) {
            for (long rest = relation.row(from); rest != 0; rest &= rest - 1) {
                out.add(new Edge(from, Long.numberOfTrailingZeros(rest), kind));
            }
        }
    }
}
