package bpfmc.model.value.bits;

import bpfmc.model.value.Symbol;
import java.util.Map;

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

    /** So often a guess is mended before the solver is asked. */
    int FEW = 20;

    /** {@return whether the conditions can be satisfied} */
    static Decision of(Conditions conditions) {
        return new Decisions(Integer.MAX_VALUE).of(conditions);
    }

    /** {@return whether conditions that belong together can be satisfied} */
    static Decision ofPart(Conditions conditions, int mostGates, int mostConflicts) {
        return Simplified.of(conditions).<Decision>map(s -> s.guessed(FEW).<Decision>map(Satisfied::new).orElseGet(() -> s.solved(mostGates, mostConflicts)))
                .orElseGet(Contradiction::new);
    }

    /**
     * {@return the same, sooner} The values are not small.
     *
     * @param starts values that satisfied other conditions, which may do here, or nearly
     */
    static Decision ofPartSoon(Conditions conditions, Iterable<Map<Symbol, Long>> starts, int mostGates, int mostConflicts) {
        return Simplified.of(conditions).map(s -> s.soon(starts, mostGates, mostConflicts)).orElseGet(Contradiction::new);
    }
}
