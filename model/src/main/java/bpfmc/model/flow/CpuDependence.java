package bpfmc.model.flow;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;

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
        return Calls.any(program, Use.NAMES_CPUS) ? ANY_NUMBER : Calls.any(program, Use.TELLS_OWN_CPU) ? OWN_NUMBER : NONE;
    }

    /** {@return likewise, where the kernel hands the program the values of all CPUs too} */
    public static CpuDependence of(BpfObject object, BpfProgram program) {
        return IteratedMaps.maps(object, program).anySatisfy(m -> m.type().perCpu()) ? ANY_NUMBER : of(program);
    }
}
