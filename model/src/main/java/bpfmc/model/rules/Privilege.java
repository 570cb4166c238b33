package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Locks are for loaders with CAP_BPF (before Linux 5.8 with CAP_SYS_ADMIN). */
final class Privilege {
    private static final String ID = "privilege";

    private Privilege() {}

    /** For maps: special fields. */
    static final class OfMaps implements LockRule.OfMap {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
            return !kernel.privileged() && Locks.visible(map, kernel).notEmpty()
                    ? Optional.of(Breach.because("the loader has no CAP_BPF, and the map's values have special fields").saying("map")) : Optional.empty();
        }
    }

    /** For programs: calls of the lock functions. */
    static final class OfCalls implements LockRule.OfRun {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
            return kernel.privileged() ? Optional.empty() : m.helper().filter(h -> Locks.call(m).isPresent())
                    .map(h -> Breach.because("the loader has no CAP_BPF, and the program takes a lock").with("bpf_" + h.name(), h.id()));
        }
    }
}
