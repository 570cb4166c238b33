package bpfmc.explorer.litmus;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A litmus test: what the threads do, what memory and registers hold at first, and what is asked of the final states.
 *
 * @param threads the instructions of each
 * @param registers what registers hold at first; the others hold 0
 * @param variables by name, in alphabetical order
 * @param types of registers that were declared
 * @param shown locations to be shown besides those of the condition
 * @param filter only final states that have it count
 */
public record LitmusTest(String name, List<List<Instruction>> threads, Map<Location.Register, Value> registers, Map<String, Variable> variables,
        Map<Location.Register, IntType> types, List<Location> shown, Proposition filter, Quantifier quantifier, Proposition condition) {

    /** What is asked of the set of final states. */
    public enum Quantifier {
        EXISTS("exists", "Allowed"), NOT_EXISTS("~exists", "Forbidden"), FORALL("forall", "Required");

        private final String word;
        private final String kind;

        Quantifier(String word, String kind) {
            this.word = word;
            this.kind = kind;
        }

        /** {@return as a litmus file writes it} */
        public String word() {
            return word;
        }

        /** {@return as herd's block heads it} */
        public String kind() {
            return kind;
        }
    }

    /** One cell, or several in a row. */
    record Variable(String name, IntType type, boolean array, List<Value> initial) {}

    /** {@return the locations that make up a state, in order} */
    List<Location> displayed() {
        return List.copyOf(new TreeSet<>(Stream.concat(condition.locations(), shown.stream()).toList()));
    }

    /** {@return the locations that anything is asked of} */
    Set<Location> asked() {
        return new TreeSet<>(Stream.concat(displayed().stream(), filter.locations()).toList());
    }

    IntType type(Location location) {
        return switch (location) {
            case Location.Register r -> types.getOrDefault(r, IntType.INT);
            case Location.Cell c -> variables.get(c.variable()).type();
        };
    }
}
