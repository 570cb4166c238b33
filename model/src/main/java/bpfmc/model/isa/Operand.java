package bpfmc.model.isa;

/** The second operand of an instruction: a register, or a 32-bit immediate that is sign-extended in 64-bit operations. */
public sealed interface Operand {
    record Reg(Register register) implements Operand {}

    record Imm(int value) implements Operand {}
}
