package bpfmc.model.value;

/** An operation that has no linear form. Unary operators have {@link Constant#ZERO} on the right. */
public record Apply(Operator operator, Term left, Term right) implements Term {

    /** 64-bit operations, with the kernel's meaning of division by zero and of overlong shifts. */
    public enum Operator {
        MUL, UDIV, SDIV, UMOD, SMOD, AND, OR, XOR, SHL, LSHR, ASHR,
        SEXT8, SEXT16, SEXT32, SWAP16, SWAP32, SWAP64;

        /** {@return the value of the operation on known operands} */
        public long evaluate(long a, long b) {
            return switch (this) {
                case MUL -> a * b;
                case UDIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
                case SDIV -> b == 0 ? 0 : a / b;
                case UMOD -> b == 0 ? a : Long.remainderUnsigned(a, b);
                case SMOD -> b == 0 ? a : a % b;
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
                case SHL -> a << (b & 63);
                case LSHR -> a >>> (b & 63);
                case ASHR -> a >> (b & 63);
                case SEXT8 -> (byte) a;
                case SEXT16 -> (short) a;
                case SEXT32 -> (int) a;
                case SWAP16 -> Short.toUnsignedLong(Short.reverseBytes((short) a));
                case SWAP32 -> Integer.toUnsignedLong(Integer.reverseBytes((int) a));
                case SWAP64 -> Long.reverseBytes(a);
            };
        }

        /** {@return whether the right operand has no meaning} */
        public boolean unary() {
            return ordinal() >= SEXT8.ordinal();
        }

        boolean commutes() {
            return this == MUL || this == AND || this == OR || this == XOR;
        }
    }

    @Override
    public String toString() {
        return operator.unary() ? operator + "(" + left + ")" : operator + "(" + left + ", " + right + ")";
    }
}
