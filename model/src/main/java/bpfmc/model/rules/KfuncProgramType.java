package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Functions on lists, trees and allocated objects, and bpf_throw, are called by programs of some types only. */
final class KfuncProgramType implements LockRule.OfRun {
    @Override
    public String id() {
        return "kfunc-program-type";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        String type = m.program().section().type().name();
        return (Graph.any(m) || m.function().equals("bpf_throw")) && LockRules.pageOf(this).concerns(type, kernel.version())
                ? Optional.of(Breach.because(m.kfunc() + " is not there for programs of type " + type).with(m.kfunc())) : Optional.empty();
    }
}
