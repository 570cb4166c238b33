package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Preemption is enabled where the program ends, as often as it was disabled. */
final class PreemptBalance implements LockRule.OfRun {
    @Override
    public String id() {
        return "preempt-balance";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        int depth = m.custody().preempt();
        if (m.kfunc().equals("bpf_preempt_enable") && depth == 0) {
            return Optional.of(Breach.because("it leaves a region with preemption disabled, but none is open").saying("unmatched"));
        }
        return depth > 0 ? Regions.exit(m, kernel).map(e -> e.inside("a region with preemption disabled is still open"))
                .map(b -> b.with(b.arguments().getFirst(), depth, depth == 1 ? "is" : "s are")) : Optional.empty();
    }
}
