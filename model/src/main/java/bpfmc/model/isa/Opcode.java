package bpfmc.model.isa;

/** Fields of the opcode byte (include/uapi/linux/bpf_common.h, include/uapi/linux/bpf.h). */
final class Opcode {
    static final int LD = 0;
    static final int LDX = 1;
    static final int ST = 2;
    static final int STX = 3;
    static final int ALU = 4;
    static final int JMP = 5;
    static final int JMP32 = 6;
    static final int ALU64 = 7;

    static final int ABS = 0x20;
    static final int IND = 0x40;
    static final int MEM = 0x60;
    static final int MEMSX = 0x80;
    static final int ATOMIC = 0xc0;

    static final int DIV = 0x30;
    static final int NEG = 0x80;
    static final int MOD = 0x90;
    static final int MOV = 0xb0;
    static final int END = 0xd0;

    static final int CALL = 0x80;
    static final int EXIT = 0x90;
    static final int MAY_GOTO = 0xe0;

    static final int FETCH = 0x01;
    static final int LOAD_ACQUIRE = 0x100;
    static final int STORE_RELEASE = 0x110;

    static final int LD_IMM64 = 0x18;

    private Opcode() {}

    /** {@return the operation bits; signed division and remainder share those of the unsigned ones} */
    static int of(AluOp op) {
        return switch (op) {
            case ADD -> 0x00;
            case SUB -> 0x10;
            case MUL -> 0x20;
            case DIV, SDIV -> DIV;
            case OR -> 0x40;
            case AND -> 0x50;
            case LSH -> 0x60;
            case RSH -> 0x70;
            case MOD, SMOD -> MOD;
            case XOR -> 0xa0;
            case ARSH -> 0xc0;
        };
    }

    /** {@return the operation bits of a conditional jump} */
    static int of(Condition condition) {
        return switch (condition) {
            case EQ -> 0x10;
            case GT -> 0x20;
            case GE -> 0x30;
            case SET -> 0x40;
            case NE -> 0x50;
            case SGT -> 0x60;
            case SGE -> 0x70;
            case LT -> 0xa0;
            case LE -> 0xb0;
            case SLT -> 0xc0;
            case SLE -> 0xd0;
        };
    }

    /** {@return the immediate of an atomic operation, without {@link #FETCH}} */
    static int of(AtomicOp op) {
        return switch (op) {
            case ADD -> 0x00;
            case OR -> 0x40;
            case AND -> 0x50;
            case XOR -> 0xa0;
            case XCHG -> 0xe0;
            case CMPXCHG -> 0xf0;
        };
    }
}
