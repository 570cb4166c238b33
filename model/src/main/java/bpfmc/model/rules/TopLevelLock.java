package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The lock is a member of the value itself, not of a struct inside it. */
final class TopLevelLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "top-level-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.callOnElement(m).flatMap(c -> m.mapOf(m.argument(1))
                .filter(map -> !Locks.has(map, kernel, c.field()) && map.value().special().anySatisfy(f -> f.kind() == c.field()))
                .map(map -> Breach.because("the lock is inside a struct of the value, where this kernel does not look").with(KernelNames.of(m.object(), map))));
    }
}
