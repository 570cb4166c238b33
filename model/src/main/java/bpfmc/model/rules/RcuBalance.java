package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** RCU read sections are closed where the program ends, and only open ones are closed. */
final class RcuBalance implements LockRule.OfRun {
    @Override
    public String id() {
        return "rcu-balance";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (m.kfunc().equals("bpf_rcu_read_unlock") && m.custody().rcu() == 0) {
            return Optional.of(Breach.because("it leaves an RCU read section, but none is open").saying("unmatched"));
        }
        if (m.kfunc().equals("bpf_rcu_read_lock") && m.custody().rcu() > 0 && !kernel.atLeast(6, 19)) {
            return Optional.of(Breach.because("it opens an RCU read section inside another, which kernels count since 6.19 only").saying("nested"));
        }
        return m.custody().rcu() > 0 ? Regions.exit(m, kernel).map(e -> e.inside("an RCU read section is still open")) : Optional.empty();
    }
}
