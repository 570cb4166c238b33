package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A value holds at most one lock of a kind: refused when the map is made; before Linux 6.2 where the lock is used. */
final class OneLockPerValue {
    private static final String ID = "one-lock-per-value";

    private OneLockPerValue() {}

    private static boolean several(MapDefinition map, Kernel kernel, SpecialKind kind) {
        return Locks.visible(map, kernel).count(f -> f.kind() == kind && !f.repeated()) > 1;
    }

    /** When the map is made. */
    static final class InMap implements LockRule.OfMap {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
            return kernel.atLeast(6, 2)
                    && (several(map, kernel, SpecialKind.SPIN_LOCK) || several(map, kernel, SpecialKind.RES_SPIN_LOCK))
                    ? Optional.of(Breach.because("its values hold more than one lock").saying("made")) : Optional.empty();
        }
    }

    /** Where the lock is used. */
    static final class AtUse implements LockRule.OfRun {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
            return kernel.atLeast(6, 2) ? Optional.empty() : Locks.callOnElement(m).flatMap(c -> m.mapOf(m.argument(1)))
                    .filter(map -> several(map, kernel, SpecialKind.SPIN_LOCK))
                    .map(map -> Breach.because("values of map " + map.name() + " hold more than one lock").with(map.name()));
        }
    }
}
