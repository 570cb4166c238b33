package bpfmc.model.isa;

import bpfmc.model.InputException;

/** The fields of one 8-byte slot. */
record Raw(int opcode, int dst, int src, short offset, int immediate) {
    /** Begins what is said of a first byte that no instruction has. */
    static final String UNKNOWN = "unknown opcode 0x";

    static Raw of(long word) {
        return new Raw((int) word & 0xff, (int) (word >>> 8) & 0xf, (int) (word >>> 12) & 0xf, (short) (word >>> 16),
                (int) (word >>> 32));
    }

    Register dstRegister() {
        return Register.of(dst);
    }

    Register srcRegister() {
        return Register.of(src);
    }

    boolean fromRegister() {
        return (opcode & 8) != 0;
    }

    int mode() {
        return opcode & 0xe0;
    }

    Size size() {
        return switch (opcode & 0x18) {
            case 0x00 -> Size.WORD;
            case 0x08 -> Size.HALF;
            case 0x10 -> Size.BYTE;
            default -> Size.DOUBLE;
        };
    }

    Operand operand() {
        if (fromRegister()) {
            requireImmediate(0);
            return new Operand.Reg(srcRegister());
        }
        requireSource(0);
        return new Operand.Imm(immediate);
    }

    void requireDestination(int expected) {
        require(dst == expected, "reserved destination register field " + dst);
    }

    void requireSource(int expected) {
        require(src == expected, "reserved source register field " + src);
    }

    void requireOffset(int expected) {
        require(offset == expected, "reserved offset field " + offset);
    }

    void requireImmediate(int expected) {
        require(immediate == expected, "reserved immediate field " + immediate);
    }

    /** Whether the opcode exists at all, whatever the other fields hold. */
    void requireOpcode(boolean known) {
        if (!known) {
            throw unknown();
        }
    }

    void require(boolean valid, String what) {
        if (!valid) {
            throw new InputException("invalid encoding (opcode 0x" + Integer.toHexString(opcode) + "): " + what);
        }
    }

    InputException unknown() {
        return new InputException(UNKNOWN + Integer.toHexString(opcode));
    }
}
