package bpfmc.model.value;

import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Sum.Product;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The only maker of terms: every operation gives its result in normal form. */
public final class Terms {
    private Terms() {}

    public static Term constant(long value) {
        return value == 0 ? Constant.ZERO : value == 1 ? Constant.ONE : new Constant(value);
    }

    public static Term add(Term a, Term b) {
        return linear(1, a, 1, b);
    }

    public static Term subtract(Term a, Term b) {
        return linear(1, a, -1, b);
    }

    public static Term negate(Term a) {
        return linear(-1, a, 0, Constant.ZERO);
    }

    /** {@return {@code factor * a}} */
    public static Term scale(long factor, Term a) {
        return linear(factor, a, 0, Constant.ZERO);
    }

    private static Term linear(long ca, Term a, long cb, Term b) {
        if (a instanceof Constant x && b instanceof Constant y) {
            return constant(ca * x.value() + cb * y.value());
        }
        var builder = new SumBuilder();
        builder.add(ca, a);
        builder.add(cb, b);
        return builder.build();
    }

    /** {@return bytes {@code offset} to {@code offset + bytes} of the term, zero-extended} */
    public static Term extract(Term term, int offset, int bytes) {
        if (offset == 0 && (bytes >= 8 || fits(upperBound(term), bytes))) {
            return term;
        }
        return switch (term) {
            case Constant c -> constant((c.value() >>> (8 * offset)) & mask(bytes));
            case Extract e -> offset >= e.bytes()
                    ? Constant.ZERO
                    : extract(e.term(), e.offset() + offset, Math.min(bytes, e.bytes() - offset));
            case Symbol s -> offset >= s.bytes() ? Constant.ZERO : new Extract(s, offset, Math.min(bytes, s.bytes() - offset));
            case Sum s -> offset == 0 ? lowBytes(s, bytes) : highBytes(s, offset, bytes);
            case Apply a -> extractApplication(a, offset, bytes);
        };
    }

    /** The low bytes of a sum depend only on the low bytes of its products. */
    private static Term lowBytes(Sum sum, int bytes) {
        var builder = new SumBuilder();
        builder.addLow(1, sum, bytes);
        Term reduced = builder.build();
        boolean wraps = reduced instanceof Sum && !fits(upperBound(reduced), bytes);
        return wraps ? new Extract(reduced, 0, bytes) : extract(reduced, 0, bytes);
    }

    /** Where the products split at the byte boundary without a carry, the high part is the divided sum. */
    private static Term highBytes(Sum sum, int offset, int bytes) {
        int shift = 8 * offset;
        long unit = 1L << shift;
        var high = new SumBuilder();
        long lowBound = sum.constant() & (unit - 1);
        high.add(sum.constant() >>> shift, Constant.ONE);
        for (Product p : sum.products()) {
            if ((p.coefficient() & (unit - 1)) == 0) {
                high.add(p.coefficient() >>> shift, p.term());
            } else {
                lowBound = saturatingAdd(lowBound, saturatingMultiply(p.coefficient(), upperBound(p.term())));
            }
        }
        boolean splits = Long.compareUnsigned(lowBound, unit) < 0;
        return splits ? extract(high.build(), 0, Math.min(bytes, 8 - offset)) : new Extract(sum, offset, Math.min(bytes, 8 - offset));
    }

    private static Term extractApplication(Apply a, int offset, int bytes) {
        int sourceBytes = switch (a.operator()) {
            case SEXT8 -> 1;
            case SEXT16 -> 2;
            case SEXT32 -> 4;
            default -> 0;
        };
        if (offset + bytes <= sourceBytes) {
            return extract(a.left(), offset, bytes);
        }
        return new Extract(a, offset, Math.min(bytes, 8 - offset));
    }

    /** {@return the term read as a signed number of {@code bytes} bytes} */
    public static Term signExtend(Term term, int bytes) {
        if (bytes >= 8) {
            return term;
        }
        Term low = extract(term, 0, bytes);
        if (low instanceof Constant c) {
            return constant(signExtend(c.value(), bytes));
        }
        if (Long.compareUnsigned(upperBound(low), mask(bytes) >>> 1) <= 0) {
            return low;
        }
        return new Apply(bytes == 1 ? Operator.SEXT8 : bytes == 2 ? Operator.SEXT16 : Operator.SEXT32, low, Constant.ZERO);
    }

    /** {@return the operation applied to the terms} */
    public static Term apply(Operator operator, Term a, Term b) {
        if (a instanceof Constant x && b instanceof Constant y) {
            return constant(operator.evaluate(x.value(), y.value()));
        }
        if (operator.commutes() && (a.isConstant() || !b.isConstant() && a.compareTo(b) > 0)) {
            return apply(operator, b, a);
        }
        return switch (operator) {
            case MUL -> b instanceof Constant y ? scale(y.value(), a) : new Apply(operator, a, b);
            case SHL -> b instanceof Constant y ? scale(1L << (y.value() & 63), a) : new Apply(operator, a, b);
            case LSHR -> b instanceof Constant y ? shiftRight(a, (int) (y.value() & 63)) : new Apply(operator, a, b);
            case ASHR -> b instanceof Constant y && (y.value() & 63) == 0 ? a
                    : b instanceof Constant && upperBound(a) >= 0 ? apply(Operator.LSHR, a, b) : new Apply(operator, a, b);
            case AND -> and(a, b);
            case OR -> or(a, b);
            case XOR -> a.equals(b) ? Constant.ZERO : b instanceof Constant y && y.value() == 0 ? a
                    : b instanceof Constant z && z.value() == -1 ? subtract(constant(-1), a) : new Apply(operator, a, b);
            case UDIV -> b instanceof Constant y && y.value() == 1 ? a : new Apply(operator, a, b);
            case UMOD -> b instanceof Constant y && Long.compareUnsigned(upperBound(a), y.value()) < 0 ? a : new Apply(operator, a, b);
            case SDIV, SMOD -> new Apply(operator, a, b);
            case SEXT8 -> signExtend(a, 1);
            case SEXT16 -> signExtend(a, 2);
            case SEXT32 -> signExtend(a, 4);
            case SWAP16, SWAP32, SWAP64 -> a instanceof Constant x
                    ? constant(operator.evaluate(x.value(), 0)) : new Apply(operator, a, Constant.ZERO);
        };
    }

    private static Term shiftRight(Term a, int count) {
        if (count == 0) {
            return a;
        }
        if (count % 8 == 0) {
            return extract(a, count / 8, 8 - count / 8);
        }
        return Long.compareUnsigned(upperBound(a) >>> count, 0) == 0 ? Constant.ZERO : new Apply(Operator.LSHR, a, constant(count));
    }

    private static Term and(Term a, Term b) {
        if (a.equals(b)) {
            return a;
        }
        if (b instanceof Constant c) {
            for (int bytes = 1; bytes <= 8; bytes++) {
                if (c.value() == mask(bytes)) {
                    return extract(a, 0, bytes);
                }
            }
            if (c.value() == 0) {
                return Constant.ZERO;
            }
            if (a instanceof Apply inner && inner.operator() == Operator.AND && inner.right() instanceof Constant d) {
                return and(inner.left(), constant(c.value() & d.value()));
            }
        }
        return new Apply(Operator.AND, a, b);
    }

    private static Term or(Term a, Term b) {
        return a.equals(b) || b.equals(Constant.ZERO) ? a : disjoint(a, b) ? add(a, b) : new Apply(Operator.OR, a, b);
    }

    /** {@return whether the terms share no bit that may be one, so that OR is addition} */
    private static boolean disjoint(Term a, Term b) {
        long lowA = Long.lowestOneBit(multipleOf(a));
        long lowB = Long.lowestOneBit(multipleOf(b));
        return lowA != 0 && Long.compareUnsigned(upperBound(b), lowA) < 0
                || lowB != 0 && Long.compareUnsigned(upperBound(a), lowB) < 0;
    }

    /** {@return a number whose lowest set bit divides the term} */
    private static long multipleOf(Term term) {
        return switch (term) {
            case Constant c -> c.value();
            case Sum s -> s.constant() | s.products().collectLong(Product::coefficient).injectInto(0L, (a, b) -> a | b);
            case Symbol s -> 1;
            case Extract e -> 1;
            case Apply a -> a.operator() == Operator.AND && a.right() instanceof Constant c ? c.value() : 1;
        };
    }

    /** {@return the largest value the term can have, unsigned, whatever its unknowns are; an over-approximation} */
    public static long upperBound(Term term) {
        return switch (term) {
            case Constant c -> c.value();
            case Symbol s -> mask(s.bytes());
            case Extract e -> boundOfExtract(e);
            case Sum s -> boundOfSum(s);
            case Apply a -> boundOfApplication(a);
        };
    }

    private static long boundOfExtract(Extract e) {
        long inner = upperBound(e.term()) >>> (8 * e.offset());
        return Long.compareUnsigned(inner, mask(e.bytes())) < 0 ? inner : mask(e.bytes());
    }

    private static long boundOfSum(Sum s) {
        long bound = s.constant();
        for (Product p : s.products()) {
            bound = saturatingAdd(bound, saturatingMultiply(p.coefficient(), upperBound(p.term())));
        }
        return bound;
    }

    private static long boundOfApplication(Apply a) {
        long left = a.operator().unary() ? 0 : upperBound(a.left());
        return switch (a.operator()) {
            case AND -> Long.compareUnsigned(left, upperBound(a.right())) < 0 ? left : upperBound(a.right());
            case OR, XOR -> {
                long bits = left | upperBound(a.right());
                yield bits == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(bits);
            }
            case LSHR -> a.right() instanceof Constant c ? left >>> (c.value() & 63) : left;
            case UDIV -> a.right() instanceof Constant c && c.value() != 0 ? Long.divideUnsigned(left, c.value()) : left;
            case UMOD -> a.right() instanceof Constant c && c.value() != 0
                    && Long.compareUnsigned(c.value() - 1, left) < 0 ? c.value() - 1 : left;
            case SWAP16 -> 0xffffL;
            case SWAP32 -> 0xffff_ffffL;
            case MUL, SDIV, SMOD, SHL, ASHR, SEXT8, SEXT16, SEXT32, SWAP64 -> -1L;
        };
    }

    private static long saturatingAdd(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? -1L : sum;
    }

    private static long saturatingMultiply(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) != 0 ? -1L : a * b;
    }

    /** {@return the value of the term for these values of its unknowns} */
    public static long evaluate(Term term, ToLongFunction<Symbol> values) {
        return switch (term) {
            case Constant c -> c.value();
            case Symbol s -> values.applyAsLong(s) & mask(s.bytes());
            case Extract e -> (evaluate(e.term(), values) >>> (8 * e.offset())) & mask(e.bytes());
            case Sum s -> s.constant() + s.products().sumOfLong(p -> p.coefficient() * evaluate(p.term(), values));
            case Apply a -> a.operator().evaluate(evaluate(a.left(), values), evaluate(a.right(), values));
        };
    }

    /** {@return the term with each unknown replaced; the term itself when none is another one} */
    public static Term substitute(Term term, Function<Symbol, ? extends Term> replacement) {
        return switch (term) {
            case Constant c -> c;
            case Symbol s -> replacement.apply(s);
            case Extract e -> {
                Term inner = substitute(e.term(), replacement);
                yield inner == e.term() ? e : extract(inner, e.offset(), e.bytes());
            }
            case Sum s -> substitute(s, replacement);
            case Apply a -> {
                Term left = substitute(a.left(), replacement);
                Term right = substitute(a.right(), replacement);
                yield left == a.left() && right == a.right() ? a : apply(a.operator(), left, right);
            }
        };
    }

    private static Term substitute(Sum sum, Function<Symbol, ? extends Term> replacement) {
        Term[] terms = new Term[sum.products().size()];
        boolean same = true;
        for (int i = 0; i < terms.length; i++) {
            terms[i] = substitute(sum.products().get(i).term(), replacement);
            same &= terms[i] == sum.products().get(i).term();
        }
        if (same) {
            return sum;
        }
        var builder = new SumBuilder();
        builder.add(sum.constant(), Constant.ONE);
        for (int i = 0; i < terms.length; i++) {
            builder.add(sum.products().get(i).coefficient(), terms[i]);
        }
        return builder.build();
    }

    /** Calls the visitor for each occurrence of an unknown, in a fixed order. */
    public static void forEachSymbol(Term term, Consumer<? super Symbol> visitor) {
        switch (term) {
            case Constant c -> { }
            case Symbol s -> visitor.accept(s);
            case Extract e -> forEachSymbol(e.term(), visitor);
            case Sum s -> s.products().each(p -> forEachSymbol(p.term(), visitor));
            case Apply a -> {
                forEachSymbol(a.left(), visitor);
                forEachSymbol(a.right(), visitor);
            }
        }
    }

    /** {@return the number of nodes, a measure for limits} */
    public static int size(Term term) {
        return switch (term) {
            case Constant c -> 1;
            case Symbol s -> 1;
            case Extract e -> 1 + size(e.term());
            case Sum s -> 1 + (int) s.products().sumOfInt(p -> size(p.term()));
            case Apply a -> 1 + size(a.left()) + size(a.right());
        };
    }

    /** {@return the low {@code 8 * bytes} bits set} */
    public static long mask(int bytes) {
        return bytes >= 8 ? -1L : (1L << (8 * bytes)) - 1;
    }

    private static long signExtend(long value, int bytes) {
        int shift = 64 - 8 * bytes;
        return value << shift >> shift;
    }

    private static boolean fits(long bound, int bytes) {
        return Long.compareUnsigned(bound, mask(bytes)) <= 0;
    }

    /** Collects products; equal terms are merged, sums are flattened, neighbouring extracts are joined. */
    private static final class SumBuilder {
        private long constant;
        private final MutableList<Product> products = Lists.mutable.empty();

        void add(long coefficient, Term term) {
            if (coefficient == 0) {
                return;
            }
            switch (term) {
                case Constant c -> constant += coefficient * c.value();
                case Sum s -> {
                    constant += coefficient * s.constant();
                    s.products().each(p -> addProduct(coefficient * p.coefficient(), p.term()));
                }
                case Symbol s -> addProduct(coefficient, s);
                case Extract e -> addProduct(coefficient, e);
                case Apply a -> addProduct(coefficient, a);
            }
        }

        /** Adds modulo 2^(8 * bytes), with extracts that only cut higher bytes taken away. */
        void addLow(long coefficient, Term term, int bytes) {
            switch (term) {
                case Extract e when e.offset() == 0 && e.bytes() >= bytes -> addLow(coefficient, e.term(), bytes);
                case Sum s -> {
                    constant += coefficient * s.constant();
                    s.products().each(p -> addLow(coefficient * p.coefficient(), p.term(), bytes));
                }
                case Constant c -> constant += coefficient * c.value();
                case Symbol s -> addProduct(coefficient, s);
                case Extract e -> addProduct(coefficient, e);
                case Apply a -> addProduct(coefficient, a);
            }
            constant &= mask(bytes);
            products.replaceAll(p -> new Product(signExtend(p.coefficient(), bytes), p.term()));
            products.removeIf(p -> p.coefficient() == 0);
        }

        private void addProduct(long coefficient, Term term) {
            int i = products.detectIndex(p -> p.term().equals(term));
            long total = coefficient + (i < 0 ? 0 : products.remove(i).coefficient());
            if (total != 0 && !(term instanceof Extract e && joins(total, e))) {
                products.add(new Product(total, term));
            }
        }

        /** {@code c*x[i:j] + c*2^(8(j-i))*x[j:k] = c*x[i:k]}. */
        private boolean joins(long coefficient, Extract part) {
            for (int i = 0; i < products.size(); i++) {
                if (products.get(i).term() instanceof Extract other && other.term().equals(part.term())) {
                    long otherCoefficient = products.get(i).coefficient();
                    boolean below = other.offset() + other.bytes() == part.offset()
                            && coefficient == otherCoefficient << (8 * other.bytes());
                    boolean above = part.offset() + part.bytes() == other.offset()
                            && otherCoefficient == coefficient << (8 * part.bytes());
                    if (below || above) {
                        products.remove(i);
                        add(below ? otherCoefficient : coefficient, extract(part.term(),
                                Math.min(part.offset(), other.offset()), part.bytes() + other.bytes()));
                        return true;
                    }
                }
            }
            return false;
        }

        Term build() {
            if (products.isEmpty()) {
                return constant(constant);
            }
            if (constant == 0 && products.size() == 1 && products.getFirst().coefficient() == 1) {
                return products.getFirst().term();
            }
            return new Sum(constant, products.sortThis((a, b) -> a.term().compareTo(b.term())).toImmutable());
        }
    }
}
