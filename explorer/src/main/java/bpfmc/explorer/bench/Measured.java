package bpfmc.explorer.bench;

/** What one exploration cost. @param states stored @param bytes of the visited set, 0 when not told @param complete whether it ended */
public record Measured(long states, double seconds, long bytes, boolean complete) {
    /** {@return the cheaper of two in time} */
    public Measured orFaster(Measured other) {
        return other.seconds < seconds ? other : this;
    }
}
