package bpfmc.model.rules;

import bpfmc.model.thread.Moment;
import java.util.Optional;

/** The value of a map with a lock is described by BTF. */
final class BtfRequired implements LockRule.OfRun {
    @Override
    public String id() {
        return "btf-required";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Locks.callOnElement(m).flatMap(c -> m.mapOf(m.argument(1))
                .filter(map -> m.object().btf().isEmpty() || map.value().typeName().isEmpty())
                .map(map -> Breach.because("nothing says where the lock is in the values of map " + map.name()).with(map.name(), c.type())));
    }
}
