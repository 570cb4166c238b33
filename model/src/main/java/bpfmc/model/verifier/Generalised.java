package bpfmc.model.verifier;

import bpfmc.model.machine.Machine;
import bpfmc.model.value.Sum;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Numbers that are computed become unknowns in their ranges, as every number is to the verifier. How they were computed tells no more where
 * no other place knows their unknowns. Where one does, it tells how the two belong together: that is kept until there are too many ways.
 * From then on a run knows no more than the verifier: no relations but that two numbers differ by a constant, of a number and its lower half
 * their ranges, and of the stack only what was stored
 * at multiples of 8 (kernel/bpf/verifier.c, check_stack_write_fixed_off).
 */
final class Generalised {
    private static final int WORD = 4;

    private final VerifierPath way;
    private final Machine machine;
    private final Map<Symbol, Long> homes = new HashMap<>();
    private final Set<Symbol> shared = new HashSet<>();
    private final Map<Symbol, Symbol> unnamed = new HashMap<>();
    private boolean computed;

    private Generalised(VerifierPath way) {
        this.way = way;
        this.machine = way.machine;
    }

    /** What is computed from unknowns of one place alone becomes an unknown. */
    static void alone(VerifierPath way) {
        var g = new Generalised(way);
        Places.forEach(way.machine, g::note);
        if (g.computed) {
            Places.changeFrames(way.machine, (place, value) -> g.plain(value) || g.belongs(value) ? value : g.generalised(value));
        }
    }

    /** Everything becomes what the verifier knows of it. */
    static void asTheVerifierKnows(VerifierPath way) {
        var g = new Generalised(way);
        Machine m = way.machine;
        m.frames.replaceAll(f -> f.withStack(f.stack().select(c -> c.value() instanceof Value.Pointer || c.value().is(0) || c.offset() % 8 == 0)));
        Places.changeFrames(m, (place, value) -> g.plain(value) ? value : g.generalised(value));
        m.facts = m.facts.ofSingleTerms();
    }

    private void note(long place, Value value) {
        computed |= !plain(value);
        Terms.forEachSymbol(term(value), s -> {
            Long home = homes.putIfAbsent(s, place);
            if (s.kind() != Symbol.Kind.FRESH || home != null && home != place || !Places.ofFrames(place)) {
                shared.add(s);
            }
        });
    }

    private boolean belongs(Value value) {
        return term(value) instanceof Symbol || Segment.symbols(term(value)).stream().anyMatch(shared::contains);
    }

    private Value generalised(Value value) {
        long numbers = way.segment.restsOn(value);
        Term unknown = switch (term(value)) {
            case Symbol s -> unnamed.computeIfAbsent(s, this::unknown);
            case Sum sum when sum.products().size() == 1 && sum.products().getFirst().coefficient() == 1
                    && sum.products().getFirst().term() instanceof Symbol s -> Terms.add(unnamed.computeIfAbsent(s, this::unknown), Terms.constant(sum.constant()));
            case Term t -> unknown(t);
        };
        return switch (value) {
            case Value.Scalar s -> new Value.Scalar(unknown, numbers);
            case Value.Pointer p -> {
                way.restsOn(numbers);
                yield new Value.Pointer(p.region(), unknown);
            }
        };
    }

    private Symbol unknown(Term term) {
        Symbol unknown = machine.unknown(8);
        machine.facts = machine.facts.knowing(unknown, machine.facts.range(term)).knowing(Terms.extract(unknown, 0, WORD), machine.facts.range(Terms.extract(term, 0, WORD)));
        return unknown;
    }

    private static Term term(Value value) {
        return switch (value) {
            case Value.Scalar s -> s.term();
            case Value.Pointer p -> p.offset();
        };
    }

    private boolean plain(Value value) {
        return term(value).isConstant() || term(value) instanceof Symbol s && s.kind() == Symbol.Kind.FRESH;
    }
}
