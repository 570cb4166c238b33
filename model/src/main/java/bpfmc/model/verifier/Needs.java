package bpfmc.model.verifier;

/**
 * Numbers of a checkpoint on which something rests, one bit each.
 *
 * @param covered those that a state must cover: the same, or less of it, can happen with fewer values
 * @param same those of which exactly as much must be known: a rule looked at them; among the others
 */
record Needs(long covered, long same) {
    static final Needs NONE = new Needs(0, 0);

    static Needs covered(long numbers) {
        return new Needs(numbers, 0);
    }

    static Needs same(long numbers) {
        return new Needs(numbers, numbers);
    }

    boolean isEmpty() {
        return covered == 0;
    }

    Needs and(Needs other) {
        return new Needs(covered | other.covered, same | other.same);
    }

    Needs without(Needs other) {
        return new Needs((covered & ~other.covered) | (same & ~other.same), same & ~other.same);
    }
}
