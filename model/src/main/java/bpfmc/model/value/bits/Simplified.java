package bpfmc.model.value.bits;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Definitions;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Solver;
import bpfmc.model.value.Symbol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Conditions that belong together and do not contradict each other by ranges alone: what is left for a guess and for the solver.
 *
 * @param literals that must hold, the bounds as such included
 * @param choices of which one literal each must hold, without those that ranges decide
 */
record Simplified(Conditions conditions, ImmutableList<Literal> literals, ImmutableList<ImmutableList<Literal>> choices) {
    /** So often a guess is mended where nobody needs values, where the solver knows that there are values, and where it gives up. */
    private static final int HARDLY = 8;
    private static final int SOME = 300;
    private static final int MANY = 1000;

    /** {@return the conditions, empty when ranges alone say that they contradict each other} */
    static Optional<Simplified> of(Conditions conditions) {
        MutableList<Literal> literals = conditions.bounds().flatCollect(Conditions::comparisons).toList();
        literals.addAllIterable(conditions.literals());
        Optional<Facts> facts = Optional.of(Facts.NONE);
        for (Literal literal : literals) {
            facts = facts.flatMap(f -> f.assume(literal));
        }
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        MutableList<ImmutableList<Literal>> choices = Lists.mutable.empty();
        for (ImmutableList<Literal> choice : conditions.choices()) {
            Facts known = facts.get();
            ImmutableList<Literal> open = choice.reject(l -> known.decide(l).equals(Optional.of(false)));
            if (open.isEmpty()) {
                return Optional.empty();
            }
            if (open.noneSatisfy(l -> known.decide(l).equals(Optional.of(true)))) {
                choices.add(open);
            }
        }
        return Optional.of(new Simplified(conditions, literals.toImmutable(), choices.toImmutable()));
    }

    /** {@return small values that satisfy the conditions, if they are found} */
    Optional<Map<Symbol, Long>> guessed(int repairs) {
        return Solver.guess(tried(), conditions.bounds().castToList(), repairs);
    }

    /** The first of each choice is what a guess tries. */
    private List<Literal> tried() {
        return conditions.literals().newWithAll(choices.collect(ImmutableList::getFirst)).castToList();
    }

    /** {@return small values that satisfy the conditions, that there are none, or that a limit was met} */
    Decision solved(int mostGates, int mostConflicts) {
        return switch (asked(mostGates, mostConflicts)) {
            case Decision.Satisfied s -> new Decision.Satisfied(guessed(SOME).orElseGet(() -> Solver.smaller(made(s.values()), conditions.bounds().castToList(), s.values())));
            case Decision.Contradiction c -> c;
            case Decision.Undecided u -> guessed(MANY).<Decision>map(Decision.Satisfied::new).orElse(u);
        };
    }

    /** {@return any values that satisfy the conditions, that there are none, or that a limit was met} @param starts values that may do, or nearly */
    Decision soon(Iterable<Map<Symbol, Long>> starts, int mostGates, int mostConflicts) {
        return Solver.near(tried(), conditions.bounds().castToList(), starts, HARDLY).<Decision>map(Decision.Satisfied::new)
                .orElseGet(() -> asked(mostGates, mostConflicts));
    }

    /** {@return what the solver says} */
    private Decision asked(int mostGates, int mostConflicts) {
        Clauses clauses = new Clauses(mostConflicts);
        Blaster blaster;
        try {
            Gates gates = new Gates(clauses, mostGates);
            blaster = new Blaster(gates, Definitions.of(literals.castToList()));
            literals.each(l -> gates.require(blaster.of(l)));
            choices.each(choice -> gates.require(choice.collectInt(blaster::of).toArray()));
        } catch (Gates.TooMany e) {
            return new Decision.Undecided("the conditions take more than " + mostGates + " gates");
        }
        return switch (clauses.solve()) {
            case CONTRADICTION -> new Decision.Contradiction();
            case LIMIT -> new Decision.Undecided("the solver met more than " + mostConflicts + " conflicts");
            case SATISFIED -> new Decision.Satisfied(values(clauses, blaster));
        };
    }

    /** {@return literals that these values satisfy, all that must hold and one of each choice} */
    private List<Literal> made(Map<Symbol, Long> values) {
        return conditions.literals().newWithAll(choices.collect(choice -> choice.detect(l -> Solver.violated(List.of(l), List.of(), values).isEmpty()))).castToList();
    }

    private static Map<Symbol, Long> values(Clauses clauses, Blaster blaster) {
        Map<Symbol, Long> values = new LinkedHashMap<>();
        blaster.unknowns().forEach((symbol, bits) -> {
            long value = 0;
            for (int i = 0; i < Long.SIZE; i++) {
                value |= clauses.value(bits[i]) ? 1L << i : 0;
            }
            values.put(symbol, value);
        });
        return values;
    }
}
