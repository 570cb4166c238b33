package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;

/** Numbers, as instruction-set.rst has them. */
final class Arithmetic {
    private Arithmetic() {}

    static long alu(AluOp op, boolean wide, long a, long b) {
        return wide ? alu64(op, a, b) : alu32(op, (int) a, (int) b) & 0xffff_ffffL;
    }

    private static long alu64(AluOp op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
            case SDIV -> b == 0 ? 0 : a / b;
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << (b & 63);
            case RSH -> a >>> (b & 63);
            case MOD -> b == 0 ? a : Long.remainderUnsigned(a, b);
            case SMOD -> b == 0 ? a : a % b;
            case XOR -> a ^ b;
            case ARSH -> a >> (b & 63);
        };
    }

    private static long alu32(AluOp op, int a, int b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : Integer.divideUnsigned(a, b);
            case SDIV -> b == 0 ? 0 : a / b;
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << (b & 31);
            case RSH -> a >>> (b & 31);
            case MOD -> b == 0 ? a : Integer.remainderUnsigned(a, b);
            case SMOD -> b == 0 ? a : a % b;
            case XOR -> a ^ b;
            case ARSH -> a >> (b & 31);
        };
    }

    static boolean holds(Condition condition, boolean wide, long x, long y) {
        long a = wide ? x : x & 0xffff_ffffL;
        long b = wide ? y : y & 0xffff_ffffL;
        long sa = wide ? x : (int) x;
        long sb = wide ? y : (int) y;
        return switch (condition) {
            case EQ -> a == b;
            case NE -> a != b;
            case SET -> (a & b) != 0;
            case GT -> Long.compareUnsigned(a, b) > 0;
            case GE -> Long.compareUnsigned(a, b) >= 0;
            case LT -> Long.compareUnsigned(a, b) < 0;
            case LE -> Long.compareUnsigned(a, b) <= 0;
            case SGT -> sa > sb;
            case SGE -> sa >= sb;
            case SLT -> sa < sb;
            case SLE -> sa <= sb;
        };
    }

    /** {@return what an atomic operation leaves} @param expected of a compare-and-exchange */
    static long atomic(AtomicOp op, long old, long operand, long expected) {
        return switch (op) {
            case ADD -> old + operand;
            case OR -> old | operand;
            case AND -> old & operand;
            case XOR -> old ^ operand;
            case XCHG -> operand;
            case CMPXCHG -> old == expected ? operand : old;
        };
    }

    static long cut(long number, int size) {
        return size == 8 ? number : number & (1L << 8 * size) - 1;
    }

    static long signed(long number, int bits) {
        return number << 64 - bits >> 64 - bits;
    }
}
