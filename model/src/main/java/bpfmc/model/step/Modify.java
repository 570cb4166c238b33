package bpfmc.model.step;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;

/** The arithmetic of atomic read-modify-write operations. */
public final class Modify {
    private Modify() {}

    /** {@return what is stored} @param bytes 4 or 8 */
    public static Term compute(AtomicOp op, Term old, Term operand, int bytes) {
        return Terms.extract(switch (op) {
            case ADD -> Terms.add(old, operand);
            case OR -> Terms.apply(Operator.OR, old, operand);
            case AND -> Terms.apply(Operator.AND, old, operand);
            case XOR -> Terms.apply(Operator.XOR, old, operand);
            case XCHG, CMPXCHG -> operand;
        }, 0, bytes);
    }
}
