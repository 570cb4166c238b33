package bpfmc.model.value;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Equations among conditions that say what an unknown stands for: {@code s == term}, where the term does not come back to {@code s}. Whoever
 * has values for the others has the value of such an unknown.
 */
public final class Definitions {
    private final Map<Symbol, Term> meanings = new HashMap<>();
    private final Map<Symbol, Term> inOrder = new LinkedHashMap<>();

    private Definitions() {}

    /** {@return those among the literals; of two for one unknown the first} */
    public static Definitions of(Iterable<Literal> literals) {
        Definitions all = new Definitions();
        literals.forEach(all::note);
        all.meanings.keySet().stream().sorted().forEach(all::place);
        return all;
    }

    private void note(Literal l) {
        if (l.holds() && l.comparison().order() == Order.EQUAL) {
            Term a = l.comparison().left();
            Term b = l.comparison().right();
            if (!(a instanceof Symbol s && note(s, b)) && b instanceof Symbol s) {
                note(s, a);
            }
        }
    }

    private boolean note(Symbol symbol, Term meaning) {
        if (meanings.containsKey(symbol) || Long.compareUnsigned(Terms.upperBound(meaning), Terms.mask(symbol.bytes())) > 0
                || comesTo(meaning, symbol, new HashSet<>())) {
            return false;
        }
        meanings.put(symbol, meaning);
        return true;
    }

    private boolean comesTo(Term term, Symbol symbol, Set<Symbol> seen) {
        boolean[] found = {false};
        Terms.forEachSymbol(term, s -> found[0] |= s.equals(symbol)
                || !found[0] && seen.add(s) && meanings.containsKey(s) && comesTo(meanings.get(s), symbol, seen));
        return found[0];
    }

    private void place(Symbol symbol) {
        if (!inOrder.containsKey(symbol)) {
            Terms.forEachSymbol(meanings.get(symbol), s -> {
                if (meanings.containsKey(s)) {
                    place(s);
                }
            });
            inOrder.put(symbol, meanings.get(symbol));
        }
    }

    /** {@return what each unknown stands for, those that others stand on first} */
    public Map<Symbol, Term> inOrder() {
        return inOrder;
    }

    /** {@return what the unknown stands for, null when it stands for itself} */
    public Term meaning(Symbol symbol) {
        return meanings.get(symbol);
    }
}
