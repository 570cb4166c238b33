package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Values of this map type may hold a lock. */
final class LockMapType implements LockRule.OfMap {
    @Override
    public String id() {
        return "lock-map-type";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        if (!Locks.has(map, kernel, SpecialKind.SPIN_LOCK, SpecialKind.RES_SPIN_LOCK)
                || LockRules.pageOf(this).allows(map.type().name(), kernel.version())) {
            return Optional.empty();
        }
        return Optional.of(Breach.because("values of a map of type " + map.type() + " cannot hold a lock"
                + LockRules.pageOf(this).allowedSince(map.type().name()).map(v -> " before Linux " + v).orElse("")));
    }
}
