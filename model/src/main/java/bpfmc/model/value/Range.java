package bpfmc.model.value;

import bpfmc.model.value.Apply.Operator;

/**
 * What is known of a 64-bit value: unsigned bounds, signed bounds and known bits. Always consistent: each part has been
 * tightened by the others, as the kernel's reg_bounds_sync does (kernel/bpf/verifier.c). The empty set has no Range.
 *
 * @param umin unsigned lower bound @param umax unsigned upper bound
 * @param smin signed lower bound @param smax signed upper bound
 * @param value the bits known to be one @param unknown the bits not known; disjoint from {@code value}
 */
public record Range(long umin, long umax, long smin, long smax, long value, long unknown) {
    public static final Range ANY = new Range(0, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1L);

    public static Range exactly(long value) {
        return new Range(value, value, value, value, value, 0);
    }

    /** {@return all values of the interval, both bounds included, unsigned} */
    public static Range unsigned(long min, long max) {
        return tightened(min, max, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1L);
    }

    /** {@return all values of the interval, both bounds included, signed} */
    public static Range signed(long min, long max) {
        return tightened(0, -1L, min, max, 0, -1L);
    }

    /** {@return all values with these known bits} */
    public static Range bits(long value, long unknown) {
        return tightened(0, -1L, Long.MIN_VALUE, Long.MAX_VALUE, value, unknown);
    }

    public boolean isExact() {
        return umin == umax;
    }

    public boolean contains(long v) {
        return Long.compareUnsigned(umin, v) <= 0 && Long.compareUnsigned(v, umax) <= 0
                && smin <= v && v <= smax && (v & ~unknown) == value;
    }

    /** {@return whether the other allows all that this one does} */
    public boolean within(Range other) {
        return Long.compareUnsigned(other.umin, umin) <= 0 && Long.compareUnsigned(umax, other.umax) <= 0
                && other.smin <= smin && smax <= other.smax
                && (unknown & ~other.unknown) == 0 && ((value ^ other.value) & ~other.unknown) == 0;
    }

    /** {@return the common values, null when there are none} */
    public Range meet(Range other) {
        if (((value ^ other.value) & ~unknown & ~other.unknown) != 0) {
            return null;
        }
        return tightened(maxUnsigned(umin, other.umin), minUnsigned(umax, other.umax), Math.max(smin, other.smin),
                Math.min(smax, other.smax), value | other.value, unknown & other.unknown);
    }

    /** Bounds deduce bits, bits deduce bounds, signed and unsigned bounds deduce each other, until nothing moves. */
    private static Range tightened(long umin, long umax, long smin, long smax, long value, long unknown) {
        while (true) {
            if (Long.compareUnsigned(umin, umax) > 0 || smin > smax) {
                return null;
            }
            long u0 = maxUnsigned(umin, value);
            long u1 = minUnsigned(umax, value | unknown);
            long s0 = Math.max(smin, signedMinimum(value, unknown));
            long s1 = Math.min(smax, signedMaximum(value, unknown));
            if (u0 >= 0 == u1 >= 0 && Long.compareUnsigned(u0, u1) <= 0) {
                s0 = Math.max(s0, u0);
                s1 = Math.min(s1, u1);
            } else if (u0 >= 0 && u1 < s0) {
                s0 = Math.max(s0, u0);
                u1 = minUnsigned(u1, s1);
            } else if (u1 < 0 && s1 < u0) {
                s1 = Math.min(s1, u1);
                u0 = maxUnsigned(u0, s0);
            }
            if (s0 >= 0 == s1 >= 0 && s0 <= s1) {
                u0 = maxUnsigned(u0, s0);
                u1 = minUnsigned(u1, s1);
            }
            long open = u0 == u1 ? 0 : -1L >>> Long.numberOfLeadingZeros(u0 ^ u1);
            long known = ~open;
            if (((value ^ u0) & known & ~unknown) != 0) {
                return null;
            }
            long v = value | (u0 & known & unknown);
            long k = unknown & open;
            if (u0 == umin && u1 == umax && s0 == smin && s1 == smax && v == value && k == unknown) {
                return new Range(umin, umax, smin, smax, value, unknown);
            }
            umin = u0;
            umax = u1;
            smin = s0;
            smax = s1;
            value = v;
            unknown = k;
        }
    }

    private static long signedMinimum(long value, long unknown) {
        return value | (unknown & Long.MIN_VALUE);
    }

    private static long signedMaximum(long value, long unknown) {
        return value | (unknown & Long.MAX_VALUE);
    }

    private static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }

    private static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? a : b;
    }

    /** {@return what is known of the sum, modulo 2^64} */
    public Range plus(Range other) {
        boolean unsignedWraps = Long.compareUnsigned(umax + other.umax, umax) < 0;
        boolean signedWraps = overflows(smin, other.smin) || overflows(smax, other.smax);
        long sum = value + other.value;
        long sigma = sum + unknown + other.unknown;
        long open = (sigma ^ sum) | unknown | other.unknown;
        return orAny(tightened(unsignedWraps ? 0 : umin + other.umin, unsignedWraps ? -1L : umax + other.umax,
                signedWraps ? Long.MIN_VALUE : smin + other.smin, signedWraps ? Long.MAX_VALUE : smax + other.smax,
                sum & ~open, open));
    }

    private static boolean overflows(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0;
    }

    /** {@return what is known of the product with a constant, modulo 2^64} */
    public Range times(long factor) {
        if (factor == 1) {
            return this;
        }
        if (isExact()) {
            return exactly(umin * factor);
        }
        int zeros = Long.numberOfTrailingZeros(factor);
        long lowKnown = Math.min(64, (long) Long.numberOfTrailingZeros(unknown) + zeros);
        long open = lowKnown >= 64 ? 0 : -1L << lowKnown;
        Range bits = bits((value * factor) & ~open, open);
        boolean unsignedFits = factor > 0 && Math.unsignedMultiplyHigh(umax, factor) == 0;
        boolean signedFits = fitsSigned(smin, factor) && fitsSigned(smax, factor);
        Range bounds = tightened(unsignedFits ? umin * factor : 0, unsignedFits ? umax * factor : -1L,
                signedFits ? Math.min(smin * factor, smax * factor) : Long.MIN_VALUE,
                signedFits ? Math.max(smin * factor, smax * factor) : Long.MAX_VALUE, 0, -1L);
        return orAny(orAny(bounds).meet(orAny(bits)));
    }

    private static boolean fitsSigned(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        return high == a * b >> 63;
    }

    /** {@return what is known of {@code bytes} bytes from {@code offset}, zero-extended} */
    public Range extract(int offset, int bytes) {
        long mask = Terms.mask(bytes);
        int shift = 8 * offset;
        long high = umax >>> shift;
        boolean fits = Long.compareUnsigned(high, mask) <= 0;
        Range bits = bits((value >>> shift) & mask, (unknown >>> shift) & mask);
        Range bounds = fits ? unsigned(umin >>> shift, high) : unsigned(0, mask);
        return orAny(orAny(bits).meet(orAny(bounds)));
    }

    /** {@return what is known of the operation's result} */
    public static Range apply(Operator operator, Range a, Range b) {
        if (a.isExact() && b.isExact()) {
            return exactly(operator.evaluate(a.umin, b.umin));
        }
        return switch (operator) {
            case AND -> orAny(orAny(bits(a.value & b.value, (a.value | a.unknown) & (b.value | b.unknown) & ~(a.value & b.value)))
                    .meet(unsigned(0, minUnsigned(a.umax, b.umax))));
            case OR -> orAny(orAny(bits(a.value | b.value, (a.unknown | b.unknown) & ~(a.value | b.value)))
                    .meet(unsigned(maxUnsigned(a.umin, b.umin), -1L)));
            case XOR -> orAny(bits((a.value ^ b.value) & ~(a.unknown | b.unknown), a.unknown | b.unknown));
            case LSHR -> b.isExact() ? a.shiftRight((int) (b.umin & 63)) : unsigned(0, a.umax);
            case ASHR -> b.isExact() ? orAny(signed(a.smin >> (b.umin & 63), a.smax >> (b.umin & 63))) : ANY;
            case UDIV -> b.umin != 0 ? orAny(unsigned(Long.divideUnsigned(a.umin, b.umax), Long.divideUnsigned(a.umax, b.umin)))
                    : unsigned(0, a.umax);
            case UMOD -> b.umin != 0 ? orAny(unsigned(0, minUnsigned(a.umax, b.umax - 1))) : unsigned(0, a.umax);
            case SEXT8 -> a.signExtended(1);
            case SEXT16 -> a.signExtended(2);
            case SEXT32 -> a.signExtended(4);
            case SWAP16 -> unsigned(0, 0xffffL);
            case SWAP32 -> unsigned(0, 0xffff_ffffL);
            case SHL -> b.isExact() ? a.times(1L << (b.umin & 63)) : ANY;
            case MUL -> Math.unsignedMultiplyHigh(a.umax, b.umax) == 0
                    ? orAny(unsigned(a.umin * b.umin, a.umax * b.umax)) : ANY;
            case SDIV, SMOD, SWAP64 -> ANY;
        };
    }

    /** {@return what is known of the low bytes, extended by their sign} */
    private Range signExtended(int bytes) {
        Range low = extract(0, bytes);
        long sign = Long.MIN_VALUE >>> 64 - 8 * bytes;
        if (Long.compareUnsigned(low.umax, sign) < 0) {
            return low;
        }
        return Long.compareUnsigned(low.umin, sign) >= 0 ? low.plus(exactly(-2 * sign)) : signed(-sign, sign - 1);
    }

    private Range shiftRight(int count) {
        return orAny(orAny(bits(value >>> count, unknown >>> count)).meet(unsigned(umin >>> count, umax >>> count)));
    }

    private static Range orAny(Range range) {
        return range == null ? ANY : range;
    }

    @Override
    public String toString() {
        return isExact() ? Long.toUnsignedString(umin)
                : this.equals(ANY) ? "any" : Long.toUnsignedString(umin) + ".." + Long.toUnsignedString(umax);
    }
}
