package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** No array of locks: btf_repeat_fields repeats kptrs and graph roots only. */
final class LockArray implements LockRule.OfMap {
    @Override
    public String id() {
        return "lock-array";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return map.value().special().anySatisfy(f -> f.repeated() && (f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK))
                ? Optional.of(Breach.because("its values hold an array of locks")) : Optional.empty();
    }
}
