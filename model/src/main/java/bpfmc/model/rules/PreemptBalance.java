package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.thread.Moment;
import java.util.Optional;

/** Preemption is enabled where the program ends, as often as it was disabled. */
final class PreemptBalance implements LockRule.OfRun {
    @Override
    public String id() {
        return "preempt-balance";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        if (m.kfunc().equals("bpf_preempt_enable") && m.custody().preempt() == 0) {
            return Optional.of(Breach.because("it leaves a region with preemption disabled, but none is open").saying("unmatched"));
        }
        return m.instruction() instanceof Instruction.Exit && m.depth() == 0 && m.custody().preempt() > 0
                ? Optional.of(Breach.because("a region with preemption disabled is still open where the program ends")) : Optional.empty();
    }
}
