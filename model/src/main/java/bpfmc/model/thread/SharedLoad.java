package bpfmc.model.thread;

/**
 * A load from shared memory whose value the run still uses: if the value is written back after somebody else wrote
 * there, that write is lost.
 *
 * @param element the element's slot; follows the key when another run replaces the element; -1 once it is deleted
 * @param offset bytes @param size bytes @param at slot of the loading instruction
 * @param overwritten whether another run has stored to these bytes since
 */
public record SharedLoad(int element, int offset, int size, int at, boolean overwritten) {
    boolean overlaps(int otherElement, int otherOffset, int otherSize) {
        return element == otherElement && offset < otherOffset + otherSize && otherOffset < offset + size;
    }
}
