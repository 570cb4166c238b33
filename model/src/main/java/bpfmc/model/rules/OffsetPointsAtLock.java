package bpfmc.model.rules;

import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.thread.Moment;
import bpfmc.model.value.Value;
import java.util.Optional;

/** The argument points at the lock itself. */
final class OffsetPointsAtLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "offset-points-at-lock";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Locks.callOnElement(m).flatMap(c -> {
            long offset = m.range(((Value.Pointer) m.argument(1)).offset()).umin();
            Optional<SpecialField> field = Locks.fields(m, m.argument(1), kernel).flatMap(fields -> fields.detectOptional(f -> f.kind() == c.field()));
            return field.filter(f -> f.offset() != offset).map(f -> Breach.because("the lock is at offset " + f.offset() + ", not " + offset)
                    .with(offset, c.type(), f.offset()));
        });
    }
}
