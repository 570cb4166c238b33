package bpfmc.explorer.bench;

import bpfmc.explorer.search.Figures;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.Judge;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.toy.TwoElements;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/**
 * The ceiling of search: what the loop and the store cost on a system that computes its successors in no time. Run the
 * main method from the test classes; the argument is the number of rounds (5), of which the best counts.
 */
public final class StoreBenchmark {
    private static final int WIDTH = 11;

    private StoreBenchmark() {}

    public static void main(String[] args) {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        explore("two elements, 8 threads", rounds, 8);
        explore("two elements, 10 threads", rounds, 10);
        table("new states, add", rounds, size -> fillNow(new StateTable(WIDTH), size));
        table("new states, addLater", rounds, size -> fillLater(new StateTable(WIDTH), size));
        table("twice, add", rounds, size -> {
            StateTable table = new StateTable(WIDTH);
            return fillNow(table, size) + fillNow(table, size);
        });
        table("twice, addLater", rounds, size -> {
            StateTable table = new StateTable(WIDTH);
            return fillLater(table, size) + fillLater(table, size);
        });
    }

    private static void explore(String name, int rounds, int threads) {
        Figures best = run(new TwoElements(threads));
        for (int i = 1; i < rounds; i++) {
            Figures figures = run(new TwoElements(threads));
            best = figures.nanos() < best.nanos() ? figures : best;
        }
        double seconds = best.nanos() / 1e9;
        System.out.printf(Locale.ROOT,
                "%-26s %,12d states %,12d transitions %7.3f s %6.2f M states/s %5.1f bytes/state%n",
                name, best.states(), best.transitions(), seconds, best.states() / seconds / 1e6,
                (double) best.bytes() / best.states());
    }

    private static Figures run(TransitionSystem system) {
        Judge<String> nothing = (state, terminal, findings) -> { };
        Outcome<String> outcome = Search.explore(system, nothing, Limits.NONE, Progress.NONE);
        if (!outcome.finished()) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome.figures();
    }

    /** Times a filling of a table; {@code fill} is given a size and returns how many calls it made. */
    private static void table(String name, int rounds, IntToLongFunction fill) {
        long best = Long.MAX_VALUE;
        long calls = 0;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            calls = fill.applyAsLong(4_000_000);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(Locale.ROOT, "%-26s %,12d adds %31.3f s %6.2f M adds/s%n", name, calls, best / 1e9,
                calls / (best / 1e9) / 1e6);
    }

    private static long fillNow(StateTable table, int size) {
        int[] state = new int[WIDTH];
        for (int i = 0; i < size; i++) {
            table.add(number(i, state));
        }
        return added(table, size);
    }

    private static long fillLater(StateTable table, int size) {
        int[] state = new int[WIDTH];
        for (int i = 0; i < size; i++) {
            table.addLater(number(i, state));
        }
        table.settle();
        return added(table, size);
    }

    private static long added(StateTable table, int size) {
        if (table.count() != size) {
            throw new IllegalStateException("added " + size + " distinct states and found " + table.count());
        }
        return size;
    }

    /** The {@code i}-th of many distinct states of eleven components of six bits. */
    private static int[] number(int i, int[] state) {
        for (int c = 0; c < WIDTH; c++) {
            state[c] = (c < 4 ? i >>> 6 * c : i >>> c) & 63;
        }
        return state;
    }
}
