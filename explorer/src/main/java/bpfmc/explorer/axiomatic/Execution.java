package bpfmc.explorer.axiomatic;

import java.math.BigInteger;
import java.util.List;

/**
 * A whole execution that the model allows, or one of several that differ by the names of threads that do the same.
 *
 * @param values what each event of the graph stores, or nothing where it only reads
 * @param registers the last values of each thread's registers
 * @param weight how many executions it stands for: all the ways to exchange threads of a set of {@link Program#alike} that lead to different ones
 */
public record Execution<V>(Graph graph, List<V> values, List<List<V>> registers, BigInteger weight) {
    /** {@return what a cell holds in the end, if anything has touched it} */
    public V last(int cell, V otherwise) {
        int[] order = graph.order(cell);
        return order.length == 0 ? otherwise : values.get(order[order.length - 1]);
    }
}
