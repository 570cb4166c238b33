package bpfmc.explorer.parameterized;

import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;

/** The number of the CPU that a run is on: an unknown, the same for all of a run, and for all runs of one stack. */
final class CpuNumbers {
    /** bpf_get_smp_processor_id (include/uapi/linux/bpf.h). */
    private static final int HELPER = 8;

    private CpuNumbers() {}

    static Term own() {
        return new Symbol(Symbol.OWN, Symbol.Kind.CONSTANT_RESULT, HELPER, 0, Integer.BYTES);
    }
}
