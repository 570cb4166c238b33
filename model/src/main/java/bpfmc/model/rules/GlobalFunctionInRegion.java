package bpfmc.model.rules;

import bpfmc.model.program.Function;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No global function is called with preemption or interrupts disabled, until Linux 6.14. */
final class GlobalFunctionInRegion implements LockRule.OfRun {
    @Override
    public String id() {
        return "global-function-in-region";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.subprogram().filter(Function::global).flatMap(f -> m.custody().preempt() > 0
                ? Optional.of(Breach.because("global function " + f.name() + " is called with preemption disabled"))
                : m.custody().irqs().getLastOptional().map(flag ->
                        Breach.because("global function " + f.name() + " is called with the interrupts off that are saved here").since(flag.at()).saying("irq")));
    }
}
