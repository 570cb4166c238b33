package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import java.util.Optional;

/** A map with special fields cannot be frozen, and libbpf freezes read-only data. */
final class FrozenLock implements LockRule.OfMap {
    @Override
    public String id() {
        return "frozen-lock";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return map.data().filter(d -> d.kind() == MapDefinition.DataSection.Kind.RODATA).isPresent() && Locks.visible(map, kernel).notEmpty()
                ? Optional.of(Breach.because("read-only data is frozen at load time, but a special field stands in it")) : Optional.empty();
    }
}
