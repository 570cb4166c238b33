package bpfmc.model.thread;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Ends private loops whose rounds all differ by a number. Where very many states have come to one slot between two visible operations, the
 * numbers that differ from those of the state before become unknown, the constants among them last, and conditions are forgotten. That only adds runs, so what
 * holds still holds; a fault is decided by the run that follows every number.
 */
final class Widening {
    private static final int MOST_STATES = 1_000;
    private static final int MOST_STATES_OF_CONSTANTS = 20_000;
    private static final int MOST_TURNS = 4;

    private final Map<Integer, Integer> states = new HashMap<>();
    private final Map<Integer, Set<Value>> before = new HashMap<>();

    /** A machine comes to a slot where ways join, in a state that is new there or not. */
    void arrives(Machine m) {
        arrives(m, MOST_STATES, MOST_STATES_OF_CONSTANTS);
    }

    /** A machine comes to where an iterator of the kernel hands out what comes next: how often it does that nobody knows. */
    void comesBack(Machine m) {
        arrives(m, MOST_TURNS, MOST_TURNS);
    }

    private void arrives(Machine m, int most, int mostOfConstants) {
        int met = states.merge(m.pc, 1, Integer::sum);
        if (met < most) {
            return;
        }
        Set<Value> held = new HashSet<>();
        MachineValues.forEachInHand(m, held::add);
        Set<Value> last = before.put(m.pc, held);
        if (last != null) {
            forget(m, v -> v instanceof Value.Scalar s && !last.contains(v) && (met > mostOfConstants || !s.term().isConstant()) && !tellsTime(s)
                    ? m.forgotten(s) : v);
            m.facts = m.facts.retain(s -> s.kind().isClock() || s.kind() == Symbol.Kind.READ_ONLY);
        }
    }

    private static void forget(Machine m, UnaryOperator<Value> change) {
        for (int r = 0; r < m.registers.length; r++) {
            m.registers[r] = m.registers[r] == null ? null : change.apply(m.registers[r]);
        }
        m.frames.replaceAll(f -> f.turn() > 0 ? f : f.withSaved(f.saved().collect(v -> v == null ? null : change.apply(v))).withStack(f.stack().map(change)));
    }

    /** Clock samples keep their order. */
    private static boolean tellsTime(Value.Scalar s) {
        boolean[] clock = {false};
        Terms.forEachSymbol(s.term(), symbol -> clock[0] |= symbol.kind().isClock());
        return clock[0];
    }
}
