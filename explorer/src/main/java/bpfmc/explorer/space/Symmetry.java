package bpfmc.explorer.space;

/**
 * Which states of a system differ only in the names of its actors. Renaming a state renames its steps: for every step
 * of a state there is one of the renamed state by the renamed actor, and it leads to the renamed successor. So it is
 * enough to look at one state of each class.
 *
 * <p>A representative need not be unique; where two states of one class have two of them, both are looked at. One
 * instance is used by one thread at a time.
 */
public interface Symmetry {
    /** No two states are alike. */
    Symmetry NONE = new Symmetry() {
        @Override
        public boolean trivial() {
            return true;
        }

        @Override
        public void canonical(int[] state, int last, int[] names) {
            for (int actor = 0; actor < names.length; actor++) {
                names[actor] = actor;
            }
        }

        @Override
        public void rename(int[] state, int[] names, int[] renamed) {
            System.arraycopy(state, 0, renamed, 0, state.length);
        }

        @Override
        public void byAppearance(int[] appearance, int[] names) {
            canonical(appearance, -1, names);
        }
    };

    /** {@return whether every state stands for itself alone} */
    default boolean trivial() {
        return false;
    }

    /**
     * Replaces a state by the representative of its class.
     *
     * @param state is changed @param last the actor that moved last, to be told apart from its like, -1 for none
     * @param names is told the actors' new names, by their old ones
     */
    void canonical(int[] state, int last, int[] names);

    /**
     * Renames the actors of a state.
     *
     * @param names the new names by the old ones, put together from those that {@link #canonical} tells
     * @param renamed is told the state by its new names
     */
    void rename(int[] state, int[] names, int[] renamed);

    /**
     * Tells new names under which actors that are alike appear in the order of their numbers.
     *
     * @param appearance actors in the order in which they appear; once is enough @param names as {@link #canonical} tells them
     */
    void byAppearance(int[] appearance, int[] names);

    /** {@return whether something was met that has no number yet, as {@link Draft#marked} says: what {@link #canonical} has told is to be dropped then} */
    default boolean marked() {
        return false;
    }
}
