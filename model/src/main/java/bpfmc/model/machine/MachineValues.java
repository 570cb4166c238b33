package bpfmc.model.machine;

import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.OperationTerms;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;

/** Every value that a machine holds: in registers, frames, memory, the packet, and the operation to come. */
public final class MachineValues {
    private MachineValues() {}

    /** Visits every value that a private state holds, in the same order. */
    public static void forEachValue(PrivateState state, Consumer<? super Value> visitor) {
        Machine machine = Machine.of(state);
        machine.operation = state.operation();
        forEachValue(machine, visitor);
    }

    /** Visits every value of the machine but what its private memories hold, in a fixed order. */
    public static void forEachRoot(Machine m, Consumer<? super Value> visitor) {
        forEachInHand(m, visitor);
        m.context.cells().each(c -> visitor.accept(c.value()));
        m.packet.written().cells().each(c -> visitor.accept(c.value()));
    }

    /** Visits every value in registers, frames and the call under way. */
    public static void forEachInHand(Machine m, Consumer<? super Value> visitor) {
        for (Value value : m.registers) {
            if (value != null) {
                visitor.accept(value);
            }
        }
        for (Frame frame : m.frames) {
            frame.saved().select(v -> v != null).each(visitor::accept);
            frame.stack().cells().each(c -> visitor.accept(c.value()));
        }
        UnaryOperator<Value> visit = v -> {
            visitor.accept(v);
            return v;
        };
        if (m.operation != null) {
            OperationTerms.map(m.operation, visit);
        }
        m.progress.gathered().each(cells -> cells.map(visit));
        m.progress.script().each(op -> OperationTerms.map(op, visit));
        if (m.progress.result() != null) {
            visitor.accept(m.progress.result());
        }
        m.misses.each(miss -> OperationTerms.key(miss.key(), visit));
    }

    /** Visits every value of the machine, in a fixed order. */
    public static void forEachValue(Machine m, Consumer<? super Value> visitor) {
        forEachRoot(m, visitor);
        new TreeMap<>(m.memories).values().forEach(cells -> cells.cells().each(c -> visitor.accept(c.value())));
    }

    /** Replaces every value of the machine. */
    public static void change(Machine m, UnaryOperator<Value> change) {
        for (int r = 0; r < 10; r++) {
            m.registers[r] = m.registers[r] == null ? null : change.apply(m.registers[r]);
        }
        m.frames.replaceAll(f -> f.withSaved(changeAll(f.saved(), change)).withStack(f.stack().map(change)));
        m.context = m.context.map(change);
        m.packet = m.packet.map(change);
        m.memories.replaceAll((id, cells) -> cells.map(change));
        m.operation = m.operation == null ? null : OperationTerms.map(m.operation, change);
        Progress p = m.progress;
        m.progress = p == Progress.NONE ? p : new Progress(p.gathered().collect(c -> c.map(change)),
                p.script().collect(op -> OperationTerms.map(op, change)), p.result() == null ? null : change.apply(p.result()), p.turns(), p.loads());
        m.misses = m.misses.collect(x -> new MissedLookup(x.map(), OperationTerms.key(x.key(), change), x.at(), x.inserted(), x.found()));
    }

    /** {@return the values replaced; the list itself when none is another one} */
    private static ImmutableList<Value> changeAll(ImmutableList<Value> values, UnaryOperator<Value> change) {
        MutableList<Value> changed = null;
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            Value other = value == null ? null : change.apply(value);
            if (other != value) {
                changed = changed == null ? values.toList() : changed;
                changed.set(i, other);
            }
        }
        return changed == null ? values : changed.toImmutable();
    }

    /** Renames the unknowns of the whole machine; symbols without a new name keep theirs. */
    public static void rename(Machine m, Map<Symbol, Symbol> names) {
        if (names.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()))) {
            return;
        }
        change(m, v -> switch (v) {
            case Value.Scalar s -> new Value.Scalar(Terms.substitute(s.term(), x -> names.getOrDefault(x, x)), s.loads());
            case Value.Pointer p -> p.at(p.region(), Terms.substitute(p.offset(), x -> names.getOrDefault(x, x)));
        });
        m.facts = m.facts.rename(x -> names.getOrDefault(x, x));
    }
}
