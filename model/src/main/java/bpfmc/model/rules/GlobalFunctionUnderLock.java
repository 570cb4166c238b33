package bpfmc.model.rules;

import bpfmc.model.program.Function;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No global function is called while a lock is held: it is verified on its own. */
final class GlobalFunctionUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "global-function-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.subprogram().filter(Function::global).flatMap(f -> Locks.held(m, kernel).getLastOptional().map(lock ->
                Breach.because("global function " + f.name() + " is called while the lock taken here is held").since(lock.at())));
    }
}
