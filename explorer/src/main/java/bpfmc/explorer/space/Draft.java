package bpfmc.explorer.space;

/**
 * What a thread that helps with a search may not do: give numbers to what it meets. Where a system would have to, it marks the draft, and
 * tells of no further successors; the state is left to the one thread that gives numbers.
 */
public interface Draft {
    /** Of the thread that gives numbers. */
    Draft NONE = new Draft() {
        @Override
        public void begin() {}

        @Override
        public boolean marked() {
            return false;
        }
    };

    /** Begins with another state: nothing is marked. */
    void begin();

    /** {@return whether since then something was met that has no number} */
    boolean marked();
}
