package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.thread.Moment;
import java.util.Optional;

/** RCU read sections are closed where the program ends, and only open ones are closed. */
final class RcuBalance implements LockRule.OfRun {
    @Override
    public String id() {
        return "rcu-balance";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        if (m.kfunc().equals("bpf_rcu_read_unlock") && m.custody().rcu() == 0) {
            return Optional.of(Breach.because("it leaves an RCU read section, but none is open").saying("unmatched"));
        }
        return m.instruction() instanceof Instruction.Exit && m.depth() == 0 && m.custody().rcu() > 0
                ? Optional.of(Breach.because("an RCU read section is still open where the program ends")) : Optional.empty();
    }
}
