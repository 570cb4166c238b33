package bpfmc.model.program.load;

import bpfmc.model.InputException;

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

    /**
     * Puts a value where an instruction of this class holds one: the immediate of arithmetic and of two-slot loads, the
     * offset of loads and stores.
     *
     * @throws InputException when the instruction holds none, or the value does not fit
     */
    void patch(int slot, long value) {
        switch (opcode(slot) & 7) {
            case 4, 7 -> patchArithmetic(slot, value);
            case 1, 2, 3 -> patchOffset(slot, value);
            default -> {
                if (!loadsImmediate(slot)) {
                    throw new InputException("opcode 0x" + Integer.toHexString(opcode(slot)) + " holds no such value");
                }
                setImmediate(slot, (int) value);
                setHighImmediate(slot, (int) (value >>> 32));
            }
        }
    }

    private void patchArithmetic(int slot, long value) {
        if ((opcode(slot) & 8) != 0 || value != (int) value && value >>> 32 != 0) {
            throw new InputException("the value " + value + " does not fit the instruction with opcode 0x"
                    + Integer.toHexString(opcode(slot)));
        }
        setImmediate(slot, (int) value);
    }

    private void patchOffset(int slot, long value) {
        if (value < 0 || value > Short.MAX_VALUE) {
            throw new InputException("the offset " + value + " does not fit an instruction");
        }
        bytes[slot * 8 + 2] = (byte) value;
        bytes[slot * 8 + 3] = (byte) (value >>> 8);
    }
}
