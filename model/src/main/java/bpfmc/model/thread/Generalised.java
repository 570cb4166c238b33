package bpfmc.model.thread;

import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Numbers computed from unknowns that no other place knows: how they were computed tells no more than their range, so each becomes an
 * unknown in its range, as every number is to the verifier.
 */
final class Generalised {
    private Generalised() {}

    static void of(Way way) {
        Machine m = way.machine;
        Map<Symbol, Long> homes = new HashMap<>();
        Set<Symbol> shared = new HashSet<>();
        boolean[] computed = new boolean[1];
        Places.forEach(m, (place, value) -> {
            Term term = term(value);
            computed[0] |= !plain(term);
            Terms.forEachSymbol(term, s -> {
                Long home = homes.putIfAbsent(s, place);
                if (s.kind() != Symbol.Kind.FRESH || home != null && home != place || !Places.ofFrames(place)) {
                    shared.add(s);
                }
            });
        });
        if (computed[0]) {
            Places.changeFrames(m, (place, value) -> generalised(way, value, shared));
        }
    }

    private static Value generalised(Way way, Value value, Set<Symbol> shared) {
        Term term = term(value);
        if (plain(term) || Segment.symbols(term).stream().anyMatch(shared::contains)) {
            return value;
        }
        Machine m = way.machine;
        long numbers = way.segment.restsOn(value);
        Symbol unknown = m.unknown(8);
        m.facts = m.facts.knowing(unknown, m.facts.range(term));
        return switch (value) {
            case Value.Scalar s -> new Value.Scalar(unknown, numbers);
            case Value.Pointer p -> {
                way.restsOn(numbers);
                yield new Value.Pointer(p.region(), unknown);
            }
        };
    }

    private static Term term(Value value) {
        return switch (value) {
            case Value.Scalar s -> s.term();
            case Value.Pointer p -> p.offset();
        };
    }

    private static boolean plain(Term term) {
        return term.isConstant() || term instanceof Symbol;
    }
}
