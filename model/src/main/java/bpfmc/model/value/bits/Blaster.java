package bpfmc.model.value.bits;

import bpfmc.model.value.Apply;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Definitions;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Terms and comparisons as circuits over the bits of their unknowns; equal terms are one circuit. */
final class Blaster {
    private final Gates gates;
    private final Numbers numbers;
    private final Map<Term, int[]> terms = new HashMap<>();
    private final Map<Symbol, int[]> unknowns = new LinkedHashMap<>();

    private final Definitions definitions;

    /** @param definitions unknowns that are circuits over others */
    Blaster(Gates gates, Definitions definitions) {
        this.gates = gates;
        this.definitions = definitions;
        this.numbers = new Numbers(gates);
    }

    Blaster(Gates gates) {
        this(gates, Definitions.of(List.of()));
    }

    /** {@return the bits of every unknown met, the lowest first} */
    Map<Symbol, int[]> unknowns() {
        return unknowns;
    }

    /** {@return whether the literal holds} */
    int of(Literal literal) {
        int comparison = of(literal.comparison());
        return literal.holds() ? comparison : -comparison;
    }

    private int of(Comparison c) {
        int[] a = of(c.left());
        int[] b = of(c.right());
        return switch (c.order()) {
            case EQUAL -> numbers.equal(a, b);
            case LESS_UNSIGNED -> numbers.lessUnsigned(a, b);
            case LESS_SIGNED -> numbers.lessSigned(a, b);
        };
    }

    int[] of(Term term) {
        int[] known = terms.get(term);
        if (known == null) {
            known = compute(term);
            terms.put(term, known);
        }
        return known;
    }

    private int[] compute(Term term) {
        return switch (term) {
            case Constant c -> numbers.constant(c.value());
            case Symbol s when definitions.meaning(s) != null -> {
                int[] bits = of(definitions.meaning(s));
                unknowns.put(s, bits);
                yield bits;
            }
            case Symbol s -> {
                int[] bits = numbers.unknown(8 * s.bytes());
                unknowns.put(s, bits);
                yield bits;
            }
            case Extract e -> numbers.extract(of(e.term()), e.offset(), e.bytes());
            case Sum s -> {
                int[] sum = numbers.constant(s.constant());
                for (Sum.Product p : s.products()) {
                    sum = numbers.add(sum, numbers.scale(p.coefficient(), of(p.term())));
                }
                yield sum;
            }
            case Apply a -> apply(a);
        };
    }

    private int[] apply(Apply apply) {
        int[] a = of(apply.left());
        int[] b = of(apply.right());
        return switch (apply.operator()) {
            case MUL -> numbers.multiply(a, b);
            case UDIV -> numbers.divide(a, b).quotient();
            case UMOD -> numbers.divide(a, b).remainder();
            case SDIV -> numbers.divideSigned(a, b).quotient();
            case SMOD -> numbers.divideSigned(a, b).remainder();
            case AND -> numbers.and(a, b);
            case OR -> numbers.or(a, b);
            case XOR -> numbers.xor(a, b);
            case SHL -> numbers.shiftLeft(a, b);
            case LSHR -> numbers.shiftRight(a, b, gates.no);
            case ASHR -> numbers.shiftRight(a, b, a[Numbers.BITS - 1]);
            case SEXT8 -> numbers.signExtend(a, 1);
            case SEXT16 -> numbers.signExtend(a, 2);
            case SEXT32 -> numbers.signExtend(a, 4);
            case SWAP16 -> numbers.swap(a, 2);
            case SWAP32 -> numbers.swap(a, 4);
            case SWAP64 -> numbers.swap(a, 8);
        };
    }
}
