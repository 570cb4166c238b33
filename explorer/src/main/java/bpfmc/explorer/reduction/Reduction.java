package bpfmc.explorer.reduction;

import java.util.EnumSet;
import java.util.Set;

/** A way to look at fewer states. Each can be left out, for tests and for comparison. */
public enum Reduction {
    /** One state for all that differ in the numbers of CPUs only. */
    SYMMETRY,
    /** One state for all that differ in the numbers of elements only. */
    ELEMENTS,
    /** Steps that nobody else's steps can touch come first, alone. */
    STUBBORN,
    /** States with a single successor are looked at, but not stored. */
    CHAINS,
    /** Contents of maps that decide nothing are no part of a state. */
    CONTENTS;

    /** Which of them, by the names of the command line. */
    public enum Choice {
        none(EnumSet.noneOf(Reduction.class)),
        symmetry(EnumSet.of(SYMMETRY)),
        elements(EnumSet.of(ELEMENTS)),
        stubborn(EnumSet.of(STUBBORN)),
        chains(EnumSet.of(CHAINS)),
        contents(EnumSet.of(CONTENTS)),
        all(EnumSet.allOf(Reduction.class));

        private final Set<Reduction> chosen;

        Choice(EnumSet<Reduction> chosen) {
            this.chosen = Set.copyOf(chosen);
        }

        /** {@return the reductions} */
        public Set<Reduction> reductions() {
            return chosen;
        }
    }
}
