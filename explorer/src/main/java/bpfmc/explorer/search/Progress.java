package bpfmc.explorer.search;

/** Told from time to time how a search goes. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (states, open, transitions, bytes) -> { };

    /** @param open states found but not yet looked at */
    void at(long states, long open, long transitions, long bytes);
}
