package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** A list head or tree root stands beside the lock that guards it. */
final class GraphRootNeedsLock implements LockRule.OfMap {
    @Override
    public String id() {
        return "graph-root-needs-lock";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return Locks.has(map, kernel, SpecialKind.LIST_HEAD, SpecialKind.RB_ROOT)
                && !Locks.has(map, kernel, SpecialKind.SPIN_LOCK, SpecialKind.RES_SPIN_LOCK)
                ? Optional.of(Breach.because("its values hold a list head or tree root but no lock")) : Optional.empty();
    }
}
