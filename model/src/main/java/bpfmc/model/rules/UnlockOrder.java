package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Locks are released in the reverse order of taking. */
final class UnlockOrder implements LockRule.OfRun {
    @Override
    public String id() {
        return "unlock-order";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Locks.callOnElement(m).filter(c -> !c.acquires() && m.custody().locks().notEmpty()
                        && m.custody().locks().getLast().element() != Locks.element(m.argument(1)).get())
                .map(c -> Breach.because("the lock taken last, here, is to be released first").since(m.custody().locks().getLast().at()).with(c.unlock()));
    }
}
