package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import java.util.Optional;

/** A map whose programs may only read or only write holds no special fields. */
final class ReadWriteOnlyMap implements LockRule.OfMap {
    @Override
    public String id() {
        return "read-write-only-map";
    }

    /** BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG (include/uapi/linux/bpf.h). */
    private static final long ONE_WAY = 1 << 7 | 1 << 8;

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return (map.flags() & ONE_WAY) != 0 && map.data().isEmpty() && Locks.visible(map, kernel).notEmpty()
                ? Optional.of(Breach.because("programs may only read it, or only write it, but its values have special fields"))
                : Optional.empty();
    }
}
