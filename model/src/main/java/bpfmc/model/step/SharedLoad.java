package bpfmc.model.step;

/**
 * A load from shared memory whose value the run still uses: if the value is written back after somebody else wrote
 * there, that write is lost.
 *
 * @param element the element's slot; follows the key when another run replaces the element; -1 once it is deleted
 * @param offset bytes @param size bytes @param at slot of the loading instruction
 * @param from the first of these bytes that another run has stored to since, in bytes from the element's start
 * @param to behind the last of them; equal to {@code from} while nobody has
 */
public record SharedLoad(int element, int offset, int size, int at, int from, int to) {
    /** A load of bytes that nobody has stored to since. */
    public SharedLoad(int element, int offset, int size, int at) {
        this(element, offset, size, at, 0, 0);
    }

    public boolean overlaps(int otherElement, int otherOffset, int otherSize) {
        return element == otherElement && offset < otherOffset + otherSize && otherOffset < offset + size;
    }

    /** {@return whether another run has stored to any of these bytes since} */
    public boolean overwritten() {
        return from < to;
    }

    /** {@return the load once another run has stored to these bytes, some of which it read} */
    public SharedLoad overwrittenBy(int otherOffset, int otherSize) {
        int first = Math.max(offset, otherOffset);
        int last = Math.min(offset + size, otherOffset + otherSize);
        return new SharedLoad(element, offset, size, at, overwritten() ? Math.min(from, first) : first, overwritten() ? Math.max(to, last) : last);
    }

    /** {@return the load as one of another element's bytes} */
    public SharedLoad in(int otherElement) {
        return new SharedLoad(otherElement, offset, size, at, from, to);
    }
}
