package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Instruction.LoadImmediate64;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.InstructionEncoder;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * Puts the kernel's numbers into a program where it refers to something.
 *
 * @param maps the descriptor of a map, by its index in the object @param functions the id of a kernel function's type, by its name
 */
record KernelLinker(IntUnaryOperator maps, ToIntFunction<String> functions) {
    /** {@return the program's bytes} @throws InputException when it refers to what only libbpf can find */
    byte[] bytes(BpfProgram program) {
        return InstructionEncoder.encodeAll(program.code().collectWithIndex((instruction, slot) -> linked(instruction, program.references().get(slot), slot)));
    }

    private Instruction linked(Instruction instruction, Reference reference, int slot) {
        return reference == null ? instruction : switch (reference) {
            case Reference.Map m -> wide(instruction, Pseudo.MAP_FD, maps.applyAsInt(m.map()), 0);
            case Reference.Data d -> wide(instruction, Pseudo.MAP_VALUE, maps.applyAsInt(d.map()), d.offset());
            case Reference.Function f -> wide(instruction, Pseudo.FUNCTION, f.slot() - slot - 1, 0);
            case Reference.Kfunc k -> new Instruction.CallKfunc(functions.applyAsInt(k.name()), (short) 0);
            case Reference.Kernel k -> throw new InputException("a program that bpfmc wrote for the kernel's own code is none that a kernel loads");
            case Reference.KernelSymbol s -> throw new InputException("instruction " + slot + " refers to the kernel's variable " + s.name());
        };
    }

    private static Instruction wide(Instruction instruction, Pseudo kind, int low, int high) {
        return new LoadImmediate64(((LoadImmediate64) instruction).dst(), kind, low, high);
    }
}
