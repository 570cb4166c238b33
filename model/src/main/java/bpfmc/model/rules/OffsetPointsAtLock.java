package bpfmc.model.rules;

import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The argument points at the lock itself. */
final class OffsetPointsAtLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "offset-points-at-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return FieldCalls.onElement(m).filter(c -> !c.field().pointer()).flatMap(c -> {
            long offset = m.range(c.address(m).offset()).umin();
            Optional<SpecialField> field = Locks.fields(m, c.address(m), kernel).flatMap(fields -> fields.detectOptional(f -> f.kind() == c.field()));
            return field.filter(f -> f.offset() != offset).map(f -> Breach.because("the " + c.words() + " is at offset " + f.offset() + ", not " + offset)
                    .with(offset, c.words(), f.offset()));
        });
    }
}
