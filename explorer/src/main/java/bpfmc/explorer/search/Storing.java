package bpfmc.explorer.search;

/**
 * What a search stores, and where.
 *
 * @param keep which states @param hashes whether only 64 bits of each, which may miss some: see {@link Outcome#omission()}
 * @param checkpoint where the search is kept; {@link Checkpoint#NONE} with hashes
 */
public record Storing(Keep keep, boolean hashes, Checkpoint checkpoint) {
    /** Every state, exactly, in memory. */
    public static final Storing ALL = new Storing(Keep.ALL, false, Checkpoint.NONE);

    /** @throws IllegalArgumentException if hashes are to be kept in a checkpoint */
    public Storing {
        if (hashes && checkpoint != Checkpoint.NONE) {
            throw new IllegalArgumentException("hashes cannot be gone on with");
        }
    }

    /** {@return the same for a variant of the search} @param variant its name, "" for the search itself */
    public Storing of(String variant) {
        return new Storing(keep, hashes, checkpoint.of(variant));
    }

    /** {@return the same for other states} */
    public Storing with(Keep states) {
        return new Storing(states, hashes, checkpoint);
    }
}
