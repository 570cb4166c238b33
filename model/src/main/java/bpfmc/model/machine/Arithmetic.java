package bpfmc.model.machine;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Width;
import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;

/** The arithmetic of the instruction set on terms (instruction-set.rst, section 4.1). */
public final class Arithmetic {
    private Arithmetic() {}

    /** {@return {@code a op b} on numbers; 32-bit results are zero-extended} */
    public static Term compute(Width width, AluOp op, Term a, Term b) {
        return width == Width.W64 ? compute64(op, a, b) : compute32(op, a, b);
    }

    private static Term compute64(AluOp op, Term a, Term b) {
        return switch (op) {
            case ADD -> Terms.add(a, b);
            case SUB -> Terms.subtract(a, b);
            case MUL -> Terms.apply(Operator.MUL, a, b);
            case DIV -> Terms.apply(Operator.UDIV, a, b);
            case SDIV -> Terms.apply(Operator.SDIV, a, b);
            case OR -> Terms.apply(Operator.OR, a, b);
            case AND -> Terms.apply(Operator.AND, a, b);
            case LSH -> Terms.apply(Operator.SHL, a, shiftCount(b, 63));
            case RSH -> Terms.apply(Operator.LSHR, a, shiftCount(b, 63));
            case MOD -> Terms.apply(Operator.UMOD, a, b);
            case SMOD -> Terms.apply(Operator.SMOD, a, b);
            case XOR -> Terms.apply(Operator.XOR, a, b);
            case ARSH -> Terms.apply(Operator.ASHR, a, shiftCount(b, 63));
        };
    }

    private static Term compute32(AluOp op, Term a, Term b) {
        Term low = low(a);
        Term other = low(b);
        return low(switch (op) {
            case ADD, SUB, MUL, OR, AND, XOR -> compute64(op, low, other);
            case DIV, MOD -> compute64(op, low, other);
            case SDIV, SMOD -> compute64(op, Terms.signExtend(low, 4), Terms.signExtend(other, 4));
            case LSH -> Terms.apply(Operator.SHL, low, shiftCount(b, 31));
            case RSH -> Terms.apply(Operator.LSHR, low, shiftCount(b, 31));
            case ARSH -> Terms.apply(Operator.ASHR, Terms.signExtend(low, 4), shiftCount(b, 31));
        });
    }

    public static Term low(Term a) {
        return Terms.extract(a, 0, 4);
    }

    private static Term shiftCount(Term b, int mask) {
        return Terms.apply(Operator.AND, b, new Constant(mask));
    }

    public static Term negate(Width width, Term a) {
        Term negated = Terms.negate(a);
        return width == Width.W64 ? negated : low(negated);
    }

    public static Term byteSwap(Instruction.ByteSwap swap, Term a) {
        int bytes = swap.bits() / 8;
        return switch (swap.order()) {
            case TO_LITTLE -> Terms.extract(a, 0, bytes);
            case TO_BIG, SWAP -> Terms.apply(
                    bytes == 2 ? Operator.SWAP16 : bytes == 4 ? Operator.SWAP32 : Operator.SWAP64,
                    Terms.extract(a, 0, bytes), Constant.ZERO);
        };
    }

    public static Term signExtend(Width width, Term a, int bits) {
        Term extended = Terms.signExtend(a, bits / 8);
        return width == Width.W64 ? extended : low(extended);
    }

    /** {@return the result as a value} What does not depend on its operands does not come from their loads either. */
    public static Value.Scalar scalar(Machine machine, Term term, Value.Scalar a, Value.Scalar b) {
        boolean independent = term.isConstant() && !(a.term().isConstant() && b.term().isConstant());
        return machine.bounded(term, independent ? 0 : a.loads() | b.loads());
    }
}
