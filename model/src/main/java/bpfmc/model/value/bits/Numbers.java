package bpfmc.model.value.bits;

/** 64-bit arithmetic on arrays of literals, the lowest bit first; the same results as {@code Apply.Operator.evaluate}. */
final class Numbers {
    static final int BITS = Long.SIZE;

    private final Gates gates;

    Numbers(Gates gates) {
        this.gates = gates;
    }

    int[] constant(long value) {
        int[] bits = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            bits[i] = gates.constant((value >>> i & 1) != 0);
        }
        return bits;
    }

    /** {@return an unknown number of so many bits} */
    int[] unknown(int width) {
        int[] bits = constant(0);
        for (int i = 0; i < width; i++) {
            bits[i] = gates.input();
        }
        return bits;
    }

    int[] add(int[] a, int[] b) {
        return sum(a, b, gates.no);
    }

    int[] subtract(int[] a, int[] b) {
        return sum(a, not(b), gates.yes);
    }

    int[] negate(int[] a) {
        return subtract(constant(0), a);
    }

    private int[] sum(int[] a, int[] b, int carryIn) {
        int[] sum = new int[BITS];
        int carry = carryIn;
        for (int i = 0; i < BITS; i++) {
            sum[i] = gates.xor(gates.xor(a[i], b[i]), carry);
            carry = gates.majority(a[i], b[i], carry);
        }
        return sum;
    }

    int[] not(int[] a) {
        int[] not = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            not[i] = -a[i];
        }
        return not;
    }

    int[] and(int[] a, int[] b) {
        int[] and = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            and[i] = gates.and(a[i], b[i]);
        }
        return and;
    }

    int[] or(int[] a, int[] b) {
        return not(and(not(a), not(b)));
    }

    int[] xor(int[] a, int[] b) {
        int[] xor = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            xor[i] = gates.xor(a[i], b[i]);
        }
        return xor;
    }

    /** {@return {@code factor * a}} */
    int[] scale(long factor, int[] a) {
        if (factor < 0 && Long.bitCount(-factor) < Long.bitCount(factor)) {
            return negate(scale(-factor, a));
        }
        int[] product = constant(0);
        for (long rest = factor; rest != 0; rest &= rest - 1) {
            product = add(product, left(a, Long.numberOfTrailingZeros(rest)));
        }
        return product;
    }

    int[] multiply(int[] a, int[] b) {
        int[] product = constant(0);
        for (int i = 0; i < BITS; i++) {
            int[] row = left(a, i);
            for (int j = 0; j < BITS; j++) {
                row[j] = gates.and(row[j], b[i]);
            }
            product = add(product, row);
        }
        return product;
    }

    /** {@return the number moved to the left by a known count below 64} */
    int[] left(int[] a, int count) {
        int[] moved = constant(0);
        System.arraycopy(a, 0, moved, count, BITS - count);
        return moved;
    }

    /** {@return the number moved to the right by a known count below 64} @param fill what comes in from above */
    int[] right(int[] a, int count, int fill) {
        int[] moved = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            moved[i] = i + count < BITS ? a[i + count] : fill;
        }
        return moved;
    }

    /** {@return the number moved to the left by the lowest six bits of the count, as the instruction set has it} */
    int[] shiftLeft(int[] a, int[] count) {
        int[] moved = a;
        for (int bit = 0; bit < 6; bit++) {
            moved = choose(count[bit], left(moved, 1 << bit), moved);
        }
        return moved;
    }

    /** {@return likewise to the right} @param fill what comes in from above */
    int[] shiftRight(int[] a, int[] count, int fill) {
        int[] moved = a;
        for (int bit = 0; bit < 6; bit++) {
            moved = choose(count[bit], right(moved, 1 << bit, fill), moved);
        }
        return moved;
    }

    int[] choose(int condition, int[] a, int[] b) {
        int[] chosen = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            chosen[i] = gates.choose(condition, a[i], b[i]);
        }
        return chosen;
    }

    /** {@return the number of {@code bytes} bytes as a signed one} */
    int[] signExtend(int[] a, int bytes) {
        int[] extended = a.clone();
        for (int i = 8 * bytes; i < BITS; i++) {
            extended[i] = a[8 * bytes - 1];
        }
        return extended;
    }

    /** {@return bytes {@code offset} to {@code offset + bytes}, zero-extended} */
    int[] extract(int[] a, int offset, int bytes) {
        int[] part = constant(0);
        System.arraycopy(a, 8 * offset, part, 0, 8 * bytes);
        return part;
    }

    /** {@return the lowest bytes in the other order, zero-extended} */
    int[] swap(int[] a, int bytes) {
        int[] swapped = constant(0);
        for (int i = 0; i < bytes; i++) {
            System.arraycopy(a, 8 * i, swapped, 8 * (bytes - 1 - i), 8);
        }
        return swapped;
    }

    /** @param quotient 0 when the divisor is @param remainder the dividend when the divisor is 0 */
    record Division(int[] quotient, int[] remainder) {}

    /** {@return both results of an unsigned division, digit by digit as on paper} What the solver would be long in finding is said besides. */
    Division divide(int[] a, int[] b) {
        int[] quotient = constant(0);
        int[] remainder = constant(0);
        for (int i = BITS - 1; i >= 0; i--) {
            int overflow = remainder[BITS - 1];
            remainder = left(remainder, 1);
            remainder[0] = a[i];
            int fits = gates.or(overflow, -lessUnsigned(remainder, b));
            quotient[i] = fits;
            remainder = choose(fits, subtract(remainder, b), remainder);
        }
        int zero = -any(b);
        gates.require(zero, lessUnsigned(remainder, b));
        gates.require(zero, -lessUnsigned(a, remainder));
        gates.require(zero, -lessUnsigned(a, quotient));
        return new Division(choose(zero, constant(0), quotient), choose(zero, a, remainder));
    }

    /** {@return both results of a signed division that rounds towards zero} */
    Division divideSigned(int[] a, int[] b) {
        int signA = a[BITS - 1];
        int signB = b[BITS - 1];
        Division positive = divide(choose(signA, negate(a), a), choose(signB, negate(b), b));
        int[] quotient = choose(gates.xor(signA, signB), negate(positive.quotient()), positive.quotient());
        return new Division(quotient, choose(signA, negate(positive.remainder()), positive.remainder()));
    }

    private int any(int[] a) {
        int any = gates.no;
        for (int bit : a) {
            any = gates.or(any, bit);
        }
        return any;
    }

    int equal(int[] a, int[] b) {
        return -any(xor(a, b));
    }

    int lessUnsigned(int[] a, int[] b) {
        int less = gates.no;
        for (int i = 0; i < BITS; i++) {
            less = gates.majority(-a[i], b[i], less);
        }
        return less;
    }

    int lessSigned(int[] a, int[] b) {
        int[] x = a.clone();
        int[] y = b.clone();
        x[BITS - 1] = -x[BITS - 1];
        y[BITS - 1] = -y[BITS - 1];
        return lessUnsigned(x, y);
    }
}
