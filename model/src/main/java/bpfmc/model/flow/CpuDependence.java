package bpfmc.model.flow;

import bpfmc.model.call.KernelSteps;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;

/** How a program's code may tell CPUs apart. */
public enum CpuDependence {
    /** It behaves the same on all CPUs, whatever their numbers. */
    NONE,
    /** It reads the number of the CPU it runs on. */
    OWN_NUMBER,
    /** It names other CPUs by their numbers. */
    ANY_NUMBER;

    /** {@return the strongest dependence that any instruction of the program may have, reachable or not} */
    public static CpuDependence of(BpfProgram program) {
        CpuDependence strongest = NONE;
        for (int slot = 0; slot < program.code().size(); slot++) {
            boolean named = program.references().get(slot) instanceof Reference.Kfunc f && f.name().equals(KernelSteps.ON_CPU);
            CpuDependence one = named ? ANY_NUMBER : program.code().get(slot) instanceof Instruction.CallHelper call ? of(call.helper()) : NONE;
            strongest = one.compareTo(strongest) > 0 ? one : strongest;
        }
        return strongest;
    }

    private static CpuDependence of(int helper) {
        return switch (helper) {
            case HelperNumbers.GET_SMP_PROCESSOR_ID -> OWN_NUMBER;
            case HelperNumbers.MAP_LOOKUP_PERCPU_ELEM -> ANY_NUMBER;
            default -> NONE;
        };
    }
}
