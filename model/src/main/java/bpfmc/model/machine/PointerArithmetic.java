package bpfmc.model.machine;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Width;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;

/** 64-bit arithmetic where an operand may be an address. */
public final class PointerArithmetic {
    private PointerArithmetic() {}

    /** {@return {@code a op b}}: addresses plus or minus numbers stay addresses, differences inside one object are numbers. */
    public static Value compute(Machine m, AluOp op, Value a, Value b) {
        if (a instanceof Value.Scalar x && b instanceof Value.Scalar y) {
            return Arithmetic.scalar(m, Arithmetic.compute(Width.W64, op, x.term(), y.term()), x, y);
        }
        if (a instanceof Value.Pointer p && b instanceof Value.Scalar y && op == AluOp.ADD) {
            return moved(m, p, y, 1);
        }
        if (a instanceof Value.Scalar x && b instanceof Value.Pointer q && op == AluOp.ADD) {
            return moved(m, q, x, 1);
        }
        if (a instanceof Value.Pointer p && b instanceof Value.Scalar y && op == AluOp.SUB) {
            return moved(m, p, y, -1);
        }
        if (a instanceof Value.Pointer p && b instanceof Value.Pointer q && op == AluOp.SUB && Addresses.sameObject(p, q)) {
            return m.bounded(Terms.subtract(p.offset(), q.offset()), p.loads() | q.loads());
        }
        return new Value.Scalar(m.named(8, () -> Arithmetic.compute(Width.W64, op, number(m, a), number(m, b))), a.loads() | b.loads());
    }

    private static Term number(Machine m, Value value) {
        return switch (value) {
            case Value.Scalar s -> s.term();
            case Value.Pointer p -> Addresses.number(m, p);
        };
    }

    /** The bits of a run alone, which remembers no loads, are no loads: they say on which numbers its way rests. */
    private static Value moved(Machine m, Value.Pointer p, Value.Scalar by, int sign) {
        long loads = m.loads.isEmpty() ? 0 : p.loads() | by.loads();
        return new Value.Pointer(p.region(), m.bounded(Terms.add(p.offset(), Terms.scale(sign, by.term())), 0).term(), loads);
    }
}
