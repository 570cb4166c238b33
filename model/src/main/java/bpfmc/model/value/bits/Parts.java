package bpfmc.model.value.bits;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.HashMap;
import java.util.Map;

/** Which unknowns conditions tie together, each group known by one of its own. */
final class Parts {
    /** Stands for the group of what has no unknown. */
    static final Symbol NO_UNKNOWN = new Symbol(Symbol.INITIAL, Symbol.Kind.FRESH, -1, -1, 1);

    private final Map<Symbol, Symbol> parents = new HashMap<>();

    void join(Comparison c) {
        join(c.left(), c.right());
    }

    /** Puts all unknowns of the terms into one group. */
    void join(Term... terms) {
        Symbol[] first = {null};
        for (Term term : terms) {
            Terms.forEachSymbol(term, s -> {
                if (first[0] == null) {
                    first[0] = s;
                } else {
                    parents.put(root(s), root(first[0]));
                }
            });
        }
    }

    private Symbol root(Symbol s) {
        Symbol at = s;
        for (Symbol up = parents.get(at); up != null && !up.equals(at); up = parents.get(at)) {
            at = up;
        }
        return at;
    }

    Symbol of(Literal l) {
        return of(l.comparison().left(), l.comparison().right());
    }

    Symbol of(Term... terms) {
        Symbol[] first = {NO_UNKNOWN};
        for (Term term : terms) {
            Terms.forEachSymbol(term, s -> first[0] = first[0].equals(NO_UNKNOWN) ? s : first[0]);
        }
        return root(first[0]);
    }
}
