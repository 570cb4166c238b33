package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No lock is held where the program ends; before Linux 6.9 none where a function returns. */
final class UnlockBeforeExit implements LockRule.OfRun {
    @Override
    public String id() {
        return "unlock-before-exit";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (!(m.instruction() instanceof Instruction.Exit) || m.depth() > 0 && (kernel.atLeast(6, 9) || m.inCallback())) {
            return Optional.empty();
        }
        return Locks.held(m, kernel).getLastOptional().map(lock ->
                Breach.because("the lock taken here is still held where the " + (m.depth() == 0 ? "program ends" : "function returns")).since(lock.at()));
    }
}
