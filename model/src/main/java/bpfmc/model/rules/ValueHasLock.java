package bpfmc.model.rules;

import bpfmc.model.thread.Moment;
import java.util.Optional;

/** The value holds a lock of the kind that is taken. */
final class ValueHasLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "value-has-lock";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Locks.callOnElement(m).filter(c -> Locks.fields(m, m.argument(1), kernel)
                        .map(fields -> fields.noneSatisfy(f -> f.kind() == c.field())).orElse(false))
                .map(c -> m.mapOf(m.argument(1)).map(map -> Breach.because("values of map " + map.name() + " hold no " + c.type())
                        .with(map.name(), c.type())).orElseGet(() -> Breach.because("the object holds no " + c.type()).saying("kptr", c.type())));
    }
}
