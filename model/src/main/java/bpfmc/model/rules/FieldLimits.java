package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import java.util.Optional;

/** A value has no more special fields than the kernel keeps a record of. */
final class FieldLimits implements LockRule.OfMap {
    @Override
    public String id() {
        return "field-limits";
    }

    /** BTF_FIELDS_MAX (include/linux/bpf.h). */
    private static final int MOST_FIELDS = 11;

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        int fields = Locks.visible(map, kernel).size();
        return fields > MOST_FIELDS ? Optional.of(Breach.because("its values have more than " + MOST_FIELDS + " special fields"))
                : Optional.empty();
    }
}
