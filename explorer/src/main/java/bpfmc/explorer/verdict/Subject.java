package bpfmc.explorer.verdict;

/**
 * The memory a finding is about, whichever element it is in.
 *
 * @param map index in the object, -1 when the finding is about no memory
 * @param offset bytes from the start of the value @param size bytes, 0 for the element as a whole
 */
public record Subject(int map, int offset, int size) {
    public static final Subject NOTHING = new Subject(-1, 0, 0);

    /** {@return whether both have bytes in common} */
    public boolean overlaps(Subject other) {
        return map == other.map && offset < other.offset + other.size && other.offset < offset + size;
    }
}
