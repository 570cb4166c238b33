package bpfmc.model.rules;

import bpfmc.model.value.Constant;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The offset of a lock in its value is a constant. */
final class ConstantOffset implements LockRule.OfRun {
    @Override
    public String id() {
        return "constant-offset";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return FieldCalls.onElement(m).filter(c -> !c.field().pointer()).filter(c -> !(c.address(m).offset() instanceof Constant o)
                        && !m.range(c.address(m).offset()).isExact())
                .map(c -> Breach.because("its offset in the value depends on an unknown").with(c.words()));
    }
}
