package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.verifier.VerifierPoint;
import bpfmc.model.verifier.VerifierRun;
import java.util.Optional;

/**
 * Functions of modules: whether they may be called under a lock or in a region is written in the module (KF_SPINLOCK_SAFE since
 * Linux 7.3, KF_SLEEPABLE), and nobody here has it.
 */
final class UnknownFunction {
    private UnknownFunction() {}

    /** {@return that the call may be refused or not, empty when that is known} */
    static Optional<VerifierRun.Gap> at(VerifierPoint m, Kernel kernel) {
        if (m.instruction() instanceof Instruction.CallKfunc && m.kfunc().isEmpty()) {
            return Optional.of(new VerifierRun.Gap("which kernel function is called by number depends on the build of the kernel", m.slot()));
        }
        boolean asks = kernel.atLeast(7, 3) && Locks.held(m, kernel).notEmpty() || Regions.around(m).isPresent();
        return !asks || m.kfunc().isEmpty() || Kfuncs.known(m.kfunc()) || Locks.held(m, kernel).notEmpty() && !kernel.atLeast(7, 3)
                ? Optional.empty()
                : Optional.of(new VerifierRun.Gap("whether " + m.kfunc() + ", which is no function of the kernel itself, may be called here is not known", m.slot()));
    }
}
