package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** A value holds a bpf_spin_lock or a bpf_res_spin_lock, not both. */
final class OneLockKind implements LockRule.OfMap {
    @Override
    public String id() {
        return "one-lock-kind";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return Locks.has(map, kernel, SpecialKind.SPIN_LOCK) && Locks.has(map, kernel, SpecialKind.RES_SPIN_LOCK)
                ? Optional.of(Breach.because("its values hold a lock of each kind")) : Optional.empty();
    }
}
