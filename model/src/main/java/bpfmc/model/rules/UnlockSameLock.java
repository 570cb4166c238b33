package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The lock released is one that is held: of the same lookup, allocation or data section, taken by the same functions. */
final class UnlockSameLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "unlock-same-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.callOnElement(m).filter(c -> !c.acquires() && Locks.held(m, kernel).notEmpty() && Locks.held(m, kernel).noneSatisfy(l ->
                        l.kind() == c.kind() && l.element() == Locks.element(m.argument(1)).get()))
                .map(c -> Breach.because("the lock held was taken here, through another lookup or by other functions")
                        .since(Locks.held(m, kernel).getLast().at()).with(c.unlock()));
    }
}
