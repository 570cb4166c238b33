package bpfmc.model.verifier;

import bpfmc.model.value.Apply;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Extract;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether some numbers of one state stand for those of another: what the other knows is put in place of the unknowns of the first, and
 * must satisfy all that the first knows of them.
 */
final class Cover {
    private final Facts general;
    private final Facts special;
    private final Map<Symbol, Term> instead = new HashMap<>();

    /** @param general what is known in the state that may cover @param special in the one that may be covered */
    Cover(Facts general, Facts special) {
        this.general = general;
        this.special = special;
    }

    /** {@return whether a number of the first can stand for what the other holds in the same place} @param value null when nothing is known of it */
    boolean number(Term term, Value value) {
        return switch (value) {
            case null -> false;
            case Value.Scalar s -> term(term, s.term());
            case Value.Pointer p -> term(term, p.offset());
        };
    }

    /** {@return whether as much is known of both} */
    boolean same(Term term, Value value) {
        return value instanceof Value.Scalar s && special.range(s.term()).equals(general.range(term));
    }

    private boolean term(Term term, Term other) {
        return switch (term) {
            case Constant c when other instanceof Constant o -> o.value() == c.value();
            case Constant c -> special.range(other).isExact() && special.range(other).umin() == c.value();
            case Symbol s when s.kind() == Symbol.Kind.FRESH -> {
                Term before = instead.putIfAbsent(s, other);
                yield before == null || before.equals(other);
            }
            case Symbol s -> {
                instead.put(s, s);
                yield other.equals(s);
            }
            case Sum s when s.products().size() == 1 && s.products().getFirst().coefficient() == 1 ->
                    term(s.products().getFirst().term(), Terms.subtract(other, Terms.constant(s.constant())));
            case Sum s -> other instanceof Sum o && s.constant() == o.constant() && s.products().size() == o.products().size()
                    && s.products().zip(o.products()).allSatisfy(p -> p.getOne().coefficient() == p.getTwo().coefficient()
                            && term(p.getOne().term(), p.getTwo().term()));
            case Extract e -> other instanceof Extract o && e.offset() == o.offset() && e.bytes() == o.bytes() && term(e.term(), o.term());
            case Apply a -> other instanceof Apply o && a.operator() == o.operator() && term(a.left(), o.left()) && term(a.right(), o.right());
        };
    }

    /** {@return whether what was put in place of the unknowns satisfies all that is known of them} */
    boolean holds() {
        return instead.entrySet().stream().allMatch(e -> special.range(e.getValue()).within(general.range(e.getKey())))
                && general.ranges().keyValuesView().allSatisfy(p -> !known(p.getOne())
                        || special.range(replaced(p.getOne())).within(p.getTwo()))
                && general.literals().allSatisfy(l -> !known(l.comparison().left()) || !known(l.comparison().right())
                        || special.decide(replaced(l)).orElse(false));
    }

    private boolean known(Term term) {
        boolean[] all = {true};
        Terms.forEachSymbol(term, s -> all[0] &= instead.containsKey(s));
        return all[0];
    }

    private Term replaced(Term term) {
        return Terms.substitute(term, instead::get);
    }

    private Literal replaced(Literal l) {
        Term a = replaced(l.comparison().left());
        Term b = replaced(l.comparison().right());
        return l.comparison().order() == Order.EQUAL
                ? Comparison.equal(a, b, l.holds()) : new Literal(new Comparison(l.comparison().order(), a, b), l.holds());
    }
}
