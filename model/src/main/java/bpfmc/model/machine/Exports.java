package bpfmc.model.machine;

import bpfmc.model.step.OperationTerms;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unknowns that leave the run with a visible operation keep their names from then on: others may hold them. */
public final class Exports {
    private Exports() {}

    /** Gives every private unknown of the machine's operation and script a lasting name. */
    public static void of(Machine m) {
        m.operation = OperationTerms.withScalarContents(m.operation, m::number);
        Map<Symbol, Symbol> names = new LinkedHashMap<>();
        collect(m, m.operation, names);
        m.progress.script().each(op -> collect(m, op, names));
        if (!names.isEmpty()) {
            MachineValues.rename(m, names);
        }
    }

    private static void collect(Machine m, VisibleOperation operation, Map<Symbol, Symbol> names) {
        OperationTerms.map(operation, v -> {
            if (v instanceof Value.Scalar s) {
                Terms.forEachSymbol(s.term(), x -> {
                    if (x.kind() == Symbol.Kind.FRESH) {
                        names.computeIfAbsent(x, k -> new Symbol(Symbol.OWN, Symbol.Kind.EXPORTED, m.exported++, k.detail(), k.bytes()));
                    }
                });
            }
            return v;
        });
    }
}
