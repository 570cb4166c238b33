package bpfmc.model.value.bits;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Definitions;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Solver;
import bpfmc.model.value.Symbol;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Whether unknowns can have values that satisfy conditions. Equal conditions are decided equally, whoever asks and however often. */
public sealed interface Decision {
    /** They can. @param values of the unknowns; others may have any value. Small, where that costs little */
    record Satisfied(Map<Symbol, Long> values) implements Decision {}

    /** They cannot: no values satisfy all conditions. */
    record Contradiction() implements Decision {}

    /** A limit was met. @param limit which one */
    record Undecided(String limit) implements Decision {}

    /** The most gates that conditions may take; a multiplication of two unknowns takes 6,000, a division 20,000. */
    int MOST_GATES = 400_000;

    /** The most conflicts that the solver may meet. */
    int MOST_CONFLICTS = 8_000;

    /** So often a guess is mended before the solver is asked, where the solver knows that there are values, and where it gives up. */
    int FEW = 20;
    int SOME = 300;
    int MANY = 1000;

    /** {@return whether the conditions can be satisfied} */
    static Decision of(Conditions conditions) {
        return new Decisions(Integer.MAX_VALUE).of(conditions);
    }

    /** {@return whether conditions that belong together can be satisfied} */
    static Decision ofPart(Conditions conditions, int mostGates, int mostConflicts) {
        MutableList<Literal> literals = conditions.bounds().flatCollect(Conditions::comparisons).toList();
        literals.addAllIterable(conditions.literals());
        Optional<Facts> facts = Optional.of(Facts.NONE);
        for (Literal literal : literals) {
            facts = facts.flatMap(f -> f.assume(literal));
        }
        if (facts.isEmpty()) {
            return new Contradiction();
        }
        MutableList<ImmutableList<Literal>> choices = Lists.mutable.empty();
        for (ImmutableList<Literal> choice : conditions.choices()) {
            Facts known = facts.get();
            ImmutableList<Literal> open = choice.reject(l -> known.decide(l).equals(Optional.of(false)));
            if (open.isEmpty()) {
                return new Contradiction();
            }
            if (open.noneSatisfy(l -> known.decide(l).equals(Optional.of(true)))) {
                choices.add(open);
            }
        }
        return guessed(conditions, choices, FEW).<Decision>map(Satisfied::new).orElseGet(() -> solved(literals, choices, conditions, mostGates, mostConflicts));
    }

    /** The first of each choice is what a guess tries. */
    private static Optional<Map<Symbol, Long>> guessed(Conditions conditions, MutableList<ImmutableList<Literal>> choices, int repairs) {
        return Solver.guess(conditions.literals().newWithAll(choices.collect(ImmutableList::getFirst)).castToList(), conditions.bounds().castToList(), repairs);
    }

    private static Decision solved(MutableList<Literal> literals, MutableList<ImmutableList<Literal>> choices, Conditions conditions,
            int mostGates, int mostConflicts) {
        Clauses clauses = new Clauses(mostConflicts);
        Blaster blaster;
        try {
            Gates gates = new Gates(clauses, mostGates);
            blaster = new Blaster(gates, Definitions.of(literals));
            literals.forEach(l -> gates.require(blaster.of(l)));
            choices.forEach(choice -> gates.require(choice.collectInt(blaster::of).toArray()));
        } catch (Gates.TooMany e) {
            return new Undecided("the conditions take more than " + mostGates + " gates");
        }
        return switch (clauses.solve()) {
            case CONTRADICTION -> new Contradiction();
            case LIMIT -> guessed(conditions, choices, MANY).<Decision>map(Satisfied::new)
                    .orElseGet(() -> new Undecided("the solver met more than " + mostConflicts + " conflicts"));
            case SATISFIED -> {
                Optional<Map<Symbol, Long>> readable = guessed(conditions, choices, SOME);
                if (readable.isPresent()) {
                    yield new Satisfied(readable.get());
                }
                MutableList<Literal> made = Lists.mutable.withAll(conditions.literals());
                choices.forEach(choice -> made.add(choice.detect(l -> clauses.value(blaster.of(l)))));
                yield new Satisfied(Solver.smaller(made, conditions.bounds().castToList(), values(clauses, blaster)));
            }
        };
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
