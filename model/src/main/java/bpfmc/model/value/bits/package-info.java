/**
 * Decides whether unknowns can have values that satisfy conditions.
 *
 * <pre>
 * Conditions = comparisons of terms, ranges of terms, and groups of comparisons of which one must hold
 * Decision   = Satisfied(values) | Contradiction | Undecided(which limit)
 * </pre>
 *
 * What ranges and known bits, and then a short search by guesses, do not decide is written as a circuit of gates over the single
 * bits of the unknowns, as clauses, and given to a solver for those (sat4j). The limits are numbers of gates and of conflicts, so that
 * the answer depends on nothing but the conditions.
 *
 * <pre>
 * {@link bpfmc.model.value.bits.Decision} over {@link bpfmc.model.value.bits.Blaster} over {@code Numbers} over {@code Gates} over {@code Clauses}
 * </pre>
 */
package bpfmc.model.value.bits;
