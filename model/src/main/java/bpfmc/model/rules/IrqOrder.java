package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Interrupt flags are restored in the reverse order of saving, by the functions that saved them. */
final class IrqOrder implements LockRule.OfRun {
    @Override
    public String id() {
        return "irq-order";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        Optional<Integer> id = IrqBalance.restores(m).flatMap(m::irqFlag);
        VerifierState.IrqFlag flag = id.map(i -> m.custody().irqs().detect(f -> f.id() == i)).orElse(null);
        if (flag == null) {
            return Optional.empty();
        }
        boolean byLock = m.kfunc().equals("bpf_res_spin_unlock_irqrestore");
        if (flag.byLock() != byLock) {
            return Optional.of(Breach.because("flags saved here are restored by a function of another kind").since(flag.at())
                    .saying("class", flag.byLock() ? "lock" : "native", byLock ? "lock" : "native"));
        }
        VerifierState.IrqFlag last = m.custody().irqs().getLast();
        return flag.equals(last) ? Optional.empty()
                : Optional.of(Breach.because("the flags saved last are to be restored first").since(last.at()).with(last.id(), last.at()));
    }
}
