package bpfmc.model.program;

/** The encoded instructions of one function, to be changed in place. Slots count from the start of the function. */
final class CodeBytes {
    private static final int LOAD_IMMEDIATE_64 = 0x18;
    private static final int CALL = 0x85;

    private final byte[] bytes;

    CodeBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int slots() {
        return bytes.length / 8;
    }

    int opcode(int slot) {
        return bytes[slot * 8] & 0xff;
    }

    /** {@return whether the two-slot load begins here; its second slot exists} */
    boolean loadsImmediate(int slot) {
        return opcode(slot) == LOAD_IMMEDIATE_64 && slot + 1 < slots();
    }

    boolean calls(int slot) {
        return opcode(slot) == CALL;
    }

    int source(int slot) {
        return bytes[slot * 8 + 1] >>> 4 & 15;
    }

    void setSource(int slot, int source) {
        bytes[slot * 8 + 1] = (byte) (bytes[slot * 8 + 1] & 15 | source << 4);
    }

    int immediate(int slot) {
        int at = slot * 8 + 4;
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    void setImmediate(int slot, int value) {
        int at = slot * 8 + 4;
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Sets the upper half of a two-slot load's immediate. */
    void setHighImmediate(int slot, int value) {
        setImmediate(slot + 1, value);
    }

    void setOffset(int slot, int value) {
        bytes[slot * 8 + 2] = (byte) value;
        bytes[slot * 8 + 3] = (byte) (value >>> 8);
    }
}
