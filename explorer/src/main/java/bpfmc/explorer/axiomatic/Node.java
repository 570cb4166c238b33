package bpfmc.explorer.axiomatic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A point of the exploration: what has been decided, and how far the threads come with it. Never changes.
 *
 * @param postponed for each thread and operation the writes that its read was decided not to read from
 */
record Node<V>(List<Answers<V>> answers, List<Trace<V>> traces, Graph graph, List<V> values, long[][] postponed, Alike alike) {
    static <V> Node<V> first(Program<V> program, boolean symmetric) {
        List<Answers<V>> answers = new ArrayList<>();
        List<Trace<V>> traces = new ArrayList<>();
        for (int t = 0; t < program.threads(); t++) {
            answers.add(Answers.none());
            traces.add(program.trace(t, Answers.none()));
        }
        return new Node<>(answers, traces, Graph.empty(), List.of(), new long[program.threads()][0],
                Alike.of(program.threads(), symmetric ? program.alike() : List.of()));
    }

    /** {@return this with another graph, which has one event more that stores the value} */
    Node<V> grown(Graph more, V value) {
        List<V> all = new ArrayList<>(values.size() + 1);
        all.addAll(values);
        all.add(value);
        return new Node<>(answers, traces, more, all, postponed, alike);
    }

    /** {@return this where a thread has other answers} */
    Node<V> told(int thread, Answers<V> told, Trace<V> trace) {
        return new Node<>(replaced(answers, thread, told), replaced(traces, thread, trace), graph, values, postponed, alike);
    }

    Node<V> with(Graph resolved) {
        return new Node<>(answers, traces, resolved, values, postponed, alike);
    }

    Node<V> with(Alike parted) {
        return new Node<>(answers, traces, graph, values, postponed, parted);
    }

    /** {@return this where a read of a thread is decided to read none of these writes} */
    Node<V> postponing(int thread, int op, long writes) {
        long[][] more = postponed.clone();
        more[thread] = Arrays.copyOf(more[thread], Math.max(more[thread].length, op + 1));
        more[thread][op] |= writes;
        return new Node<>(answers, traces, graph, values, more, alike);
    }

    long postponed(int thread, int op) {
        return op < postponed[thread].length ? postponed[thread][op] : 0;
    }

    private static <T> List<T> replaced(List<T> list, int index, T by) {
        List<T> out = new ArrayList<>(list);
        out.set(index, by);
        return out;
    }
}
