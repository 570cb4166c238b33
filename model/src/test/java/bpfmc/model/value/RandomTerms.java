package bpfmc.model.value;

import bpfmc.model.value.Apply.Operator;
import java.util.Random;

/** Terms over a few unknowns together with what they are worth, computed beside them and not through them. */
public final class RandomTerms {
    private static final long[] PLAIN = {0, 1, -1, 2, 0x7f, 0x80, 0xff, 0x100, 0x8000, 0xffff, 0x7fff_ffffL,
            0x8000_0000L,
        0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, 0x00ff_ff00L, -256};
    private static final int[] SYMBOL_BYTES = {8, 8, 4, 2, 1, 3};

    private final Random random;
    private final int[] bytes;
    private final long[] values;

    /** @param value what the term is worth for the current values of the unknowns */
    public record Known(Term term, long value) {}

    public RandomTerms(Random random) {
        this(random, SYMBOL_BYTES);
    }

    /** @param bytes of each unknown */
    public RandomTerms(Random random, int... bytes) {
        this.random = random;
        this.bytes = bytes.clone();
        this.values = new long[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = number() & Terms.mask(bytes[i]);
        }
    }

    /** {@return the value of an unknown that this generator uses} */
    public long valueOf(Symbol symbol) {
        return values[symbol.index()];
    }

    public Symbol symbol() {
        int i = random.nextInt(values.length);
        return new Symbol(Symbol.OWN, Symbol.Kind.FRESH, i, 0, bytes[i]);
    }

    public long number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(-16, 16);
            case 2 -> 1L << random.nextInt(64);
            default -> PLAIN[random.nextInt(PLAIN.length)];
        };
    }

    /** {@return a term of at most this many operations on top of one another} */
    public Known term(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf();
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> sum(term(depth - 1), term(depth - 1));
            case 2 -> difference(term(depth - 1), term(depth - 1));
            case 3 -> scaled(number(), term(depth - 1));
            case 4 -> extract(term(depth - 1));
            case 5 -> concatenate(term(depth - 1), term(depth - 1));
            case 6 -> signExtend(term(depth - 1));
            default -> apply(Operator.values()[random.nextInt(Operator.values().length)], term(depth - 1),
                    term(depth - 1));
        };
    }

    private Known leaf() {
        if (random.nextInt(4) == 0) {
            long number = number();
            return new Known(Terms.constant(number), number);
        }
        Symbol symbol = symbol();
        return new Known(symbol, valueOf(symbol));
    }

    private static Known sum(Known a, Known b) {
        return new Known(Terms.add(a.term(), b.term()), a.value() + b.value());
    }

    private static Known difference(Known a, Known b) {
        return new Known(Terms.subtract(a.term(), b.term()), a.value() - b.value());
    }

    private static Known scaled(long factor, Known a) {
        return new Known(Terms.scale(factor, a.term()), factor * a.value());
    }

    private Known extract(Known a) {
        int offset = random.nextInt(8);
        int bytes = random.nextInt(1, 9 - offset);
        return new Known(Terms.extract(a.term(), offset, bytes), low(a.value() >>> (8 * offset), bytes));
    }

    /** Low bytes of one, and above them bytes of the other: what a load across two stores reads. */
    private Known concatenate(Known a, Known b) {
        int bytes = random.nextInt(1, 8);
        Known low = new Known(Terms.extract(a.term(), 0, bytes), low(a.value(), bytes));
        return sum(low, scaled(1L << (8 * bytes), random.nextBoolean() ? b
                : new Known(Terms.extract(a.term(), bytes, 8 - bytes), a.value() >>> (8 * bytes))));
    }

    private Known signExtend(Known a) {
        int bytes = 1 << random.nextInt(4);
        int shift = 64 - 8 * bytes;
        return new Known(Terms.signExtend(a.term(), bytes), a.value() << shift >> shift);
    }

    private static Known apply(Operator operator, Known a, Known b) {
        if (operator.unary()) {
            return new Known(Terms.apply(operator, a.term(), Constant.ZERO), operator.evaluate(a.value(), 0));
        }
        return new Known(Terms.apply(operator, a.term(), b.term()), operator.evaluate(a.value(), b.value()));
    }

    private static long low(long value, int bytes) {
        return value & Terms.mask(bytes);
    }
}
