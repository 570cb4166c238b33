package bpfmc.explorer.report;

import bpfmc.model.isa.Instruction;

/** Stands in until the disassembler of model.isa and the helper table of model.kernel are merged. */
final class InstructionText {
    private InstructionText() {}

    static String of(Instruction instruction) {
        return instruction.toString();
    }

    static String helper(int number) {
        return "helper " + number;
    }
}
