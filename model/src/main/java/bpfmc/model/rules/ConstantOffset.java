package bpfmc.model.rules;

import bpfmc.model.thread.Moment;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import java.util.Optional;

/** The offset of a lock in its value is a constant. */
final class ConstantOffset implements LockRule.OfRun {
    @Override
    public String id() {
        return "constant-offset";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Locks.callOnElement(m).filter(c -> !(((Value.Pointer) m.argument(1)).offset() instanceof Constant o)
                        && !m.range(((Value.Pointer) m.argument(1)).offset()).isExact())
                .map(c -> Breach.because("the lock's offset in the value depends on an unknown").with(c.type()));
    }
}
