package bpfmc.model.machine;

/**
 * What a program may take for granted of a field of its context as it finds it at its start.
 *
 * @param offset bytes into the context @param size 1 to 8 @param least unsigned @param most unsigned, not below {@code least}
 */
public record InputRange(int offset, int size, long least, long most) {
    boolean exact() {
        return least == most;
    }

    boolean overlaps(int otherOffset, int otherSize) {
        return offset < otherOffset + otherSize && otherOffset < offset + size;
    }
}
