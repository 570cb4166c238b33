package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Execution;
import bpfmc.explorer.axiomatic.Exploration;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Final states and how many executions end in them, with and without the condition. Of one worker. */
final class Outcomes implements Exploration.Sink<Value> {
    private final LitmusTest test;
    private final Cells cells;
    private final List<Location> displayed;
    private final Set<Location> asked;
    private final Exchanges exchanges;
    private final Map<List<Value>, BigInteger> states = new HashMap<>();
    private BigInteger positive = BigInteger.ZERO;
    private BigInteger negative = BigInteger.ZERO;

    Outcomes(LitmusTest test, Cells cells, Exchanges exchanges) {
        this.test = test;
        this.cells = cells;
        this.displayed = test.displayed();
        this.asked = test.asked();
        this.exchanges = exchanges;
    }

    @Override
    public boolean test(Execution<Value> execution) {
        Map<Location, Value> memory = new TreeMap<>();
        for (Location location : asked) {
            if (location instanceof Location.Cell c) {
                int cell = cells.number(c);
                memory.put(c, test.type(c).shown(execution.last(cell, cells.initial(cell))));
            }
        }
        exchanges.each(execution, (registers, count) -> {
            Map<Location, Value> state = new TreeMap<>(memory);
            for (Location location : asked) {
                if (location instanceof Location.Register r) {
                    state.put(r, test.type(r).shown(registers.of(r)));
                }
            }
            add(state, count);
        });
        return true;
    }

    private void add(Map<Location, Value> state, BigInteger count) {
        if (!test.filter().holds(state::get)) {
            return;
        }
        if (test.condition().holds(state::get)) {
            positive = positive.add(count);
        } else {
            negative = negative.add(count);
        }
        List<Value> shown = new ArrayList<>();
        displayed.forEach(l -> shown.add(state.get(l)));
        states.merge(shown, count, BigInteger::add);
    }

    void addAll(Outcomes other) {
        other.states.forEach((state, count) -> states.merge(state, count, BigInteger::add));
        positive = positive.add(other.positive);
        negative = negative.add(other.negative);
    }

    Map<List<Value>, BigInteger> states() {
        return states;
    }

    BigInteger positive() {
        return positive;
    }

    BigInteger negative() {
        return negative;
    }
}
