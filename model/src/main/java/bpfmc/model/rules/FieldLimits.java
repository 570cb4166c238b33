package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.RefusedTypes;
import java.util.Optional;

/** A value with more special fields than the kernel keeps a record of has none: the map is made without any. */
final class FieldLimits implements LockRule.OfMap {
    @Override
    public String id() {
        return "field-limits";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return Locks.known(map.value().special(), kernel).size() > RefusedTypes.MOST_FIELDS
                ? Optional.of(Breach.because("its values have more than " + RefusedTypes.MOST_FIELDS + " special fields: the kernel makes the map as if they had none"))
                : Optional.empty();
    }
}
