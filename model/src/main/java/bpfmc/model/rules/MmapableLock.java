package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import java.util.Optional;

/** A map with special fields cannot be mapped into user space, and libbpf maps data sections with visible variables. */
final class MmapableLock implements LockRule.OfMap {
    @Override
    public String id() {
        return "mmapable-lock";
    }

    /** BPF_F_MMAPABLE (include/uapi/linux/bpf.h). */
    private static final long MMAPABLE = 1 << 10;

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return (map.flags() & MMAPABLE) != 0 && Locks.visible(map, kernel).notEmpty()
                ? Optional.of(Breach.because("it can be mapped into user space, and a special field stands in it")) : Optional.empty();
    }
}
