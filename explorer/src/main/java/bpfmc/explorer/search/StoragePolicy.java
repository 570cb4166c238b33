package bpfmc.explorer.search;

/**
 * What a search stores, and where.
 *
 * @param states which states @param hashes whether only 64 bits of each, which may miss some: see {@link Outcome#omission()}
 * @param checkpoint where the search is kept; {@link Checkpoint#NONE} with hashes
 */
public record StoragePolicy(States states, boolean hashes, Checkpoint checkpoint) {
    /** Which states a search stores. It looks at all of them. */
    public enum States {
        /** Every one. */
        ALL,
        /** Those with one successor only where something led to them by a choice: chains of steps without a choice are run through. */
        BRANCHING
    }

    /** Every state, exactly, in memory. */
    public static final StoragePolicy ALL = new StoragePolicy(States.ALL, false, Checkpoint.NONE);

    /** @throws IllegalArgumentException if hashes are to be kept in a checkpoint */
    public StoragePolicy {
        if (hashes && checkpoint != Checkpoint.NONE) {
            throw new IllegalArgumentException("a search that stores only hashes cannot be kept in a checkpoint");
        }
    }

    /** {@return the same for a variant of the search} @param variant its name, "" for the search itself */
    public StoragePolicy of(String variant) {
        return new StoragePolicy(states, hashes, checkpoint.of(variant));
    }

    /** {@return the same for other states} */
    public StoragePolicy with(States others) {
        return new StoragePolicy(others, hashes, checkpoint);
    }
}
