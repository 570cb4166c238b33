package bpfmc.explorer.axiomatic;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * How far one thread comes with the answers that it has.
 *
 * @param events its accesses in program order, those that wait for answers too
 */
public record Trace<V>(List<Event<V>> events, Ending<V> ending) {
    /** Where it stops. */
    public sealed interface Ending<V> permits Ended, Stalled, Cut, Impossible {}

    /** The thread is through; the last values of its registers, as far as they are known. */
    public record Ended<V>(List<V> registers) implements Ending<V> {}

    /** A branch, an address or an operand waits for an answer. What follows may still write to the cells of which this is true. */
    public record Stalled<V>(IntPredicate mayWrite) implements Ending<V> {}

    /** It turned a loop more often than it is allowed to. */
    public record Cut<V>() implements Ending<V> {}

    /** No execution has these answers: what it does has no meaning, or an assumption turned out wrong. */
    public record Impossible<V>() implements Ending<V> {}

    /** {@return whether executions can come of it} */
    boolean possible() {
        return ending instanceof Ended || ending instanceof Stalled;
    }

    /** {@return whether what follows the events here may write to a cell} */
    boolean laterMayWrite(int cell) {
        return ending instanceof Stalled<V> s && s.mayWrite().test(cell);
    }
}
