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

    static final int FETCH = 0x01;
    static final int LOAD_ACQUIRE = 0x100;
    static final int STORE_RELEASE = 0x110;

    static final int LD_IMM64 = 0x18;

    private Opcode() {}
}
