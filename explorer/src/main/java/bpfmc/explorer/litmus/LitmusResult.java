package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Cost;
import bpfmc.explorer.axiomatic.Exploration;
import bpfmc.explorer.axiomatic.LimitReached;
import bpfmc.explorer.axiomatic.Model;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What came of a test under one model.
 *
 * @param states final states, sorted: the values of {@link LitmusTest#displayed}
 * @param positive executions that end with the condition; for {@code forall} and {@code ~exists} the sense stays that of the words behind it
 * @param negative executions that end without it
 */
public record LitmusResult(LitmusTest test, Model model, List<List<Value>> states, BigInteger positive, BigInteger negative, Cost cost, long nanos) {
    /**
     * How to run a test.
     *
     * @param turns how often each backward jump may be taken
     */
    public record Options(Model model, int turns, int workers, boolean symmetric, long deadline) {}

    private static final Comparator<Value> BY_VALUE = (a, b) -> a instanceof Value.Int(long x) && b instanceof Value.Int(long y) ? Long.compare(x, y)
            : a.toString().compareTo(b.toString());

    /** {@return the result} @throws LimitReached when there is none */
    public static LitmusResult of(LitmusTest test, Options options) {
        long start = System.nanoTime();
        Cells cells = new Cells(test);
        LitmusProgram program = new LitmusProgram(test, cells, options.turns);
        Exchanges exchanges = new Exchanges(options.symmetric ? program.alike() : List.of(), test.asked());
        List<Outcomes> parts = new ArrayList<>();
        Cost cost = Exploration.explore(program, options.model, new Exploration.Options(options.symmetric, options.workers, options.deadline), () -> {
            parts.add(new Outcomes(test, cells, exchanges));
            return parts.getLast();
        });
        Outcomes all = new Outcomes(test, cells, exchanges);
        parts.forEach(all::addAll);
        List<List<Value>> states = all.states().keySet().stream().sorted(LitmusResult::compare).toList();
        return new LitmusResult(test, options.model, states, all.positive(), all.negative(), cost, System.nanoTime() - start);
    }

    private static int compare(List<Value> a, List<Value> b) {
        for (int i = 0; i < a.size(); i++) {
            int c = BY_VALUE.compare(a.get(i), b.get(i));
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    /** {@return the words of a state, as herd7 writes them} */
    public String text(List<Value> state) {
        List<Location> displayed = test.displayed();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < displayed.size(); i++) {
            parts.add(displayed.get(i) + "=" + test.type(displayed.get(i)).text(state.get(i)) + ";");
        }
        return String.join(" ", parts);
    }

    /** {@return whether the condition is met, as far as executions were followed} */
    public boolean ok() {
        return switch (test.quantifier()) {
            case EXISTS -> positive.signum() > 0;
            case NOT_EXISTS -> positive.signum() == 0;
            case FORALL -> negative.signum() == 0;
        };
    }

    /** {@return whether executions that were not followed could change {@link #ok}} */
    public boolean undecided() {
        return cost.cut() && switch (test.quantifier()) {
            case EXISTS -> positive.signum() == 0;
            case NOT_EXISTS -> positive.signum() == 0;
            case FORALL -> negative.signum() == 0;
        };
    }

    /** {@return herd's first word: how often the condition is met} */
    public String observation() {
        return positive.signum() == 0 ? "Never" : negative.signum() == 0 ? "Always" : "Sometimes";
    }

    /** {@return herd's verdict} */
    public String verdict() {
        return (cost.cut() ? "Loop " : "") + (ok() ? "Ok" : "No");
    }
}
