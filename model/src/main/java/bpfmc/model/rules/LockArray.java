package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** An array of locks is none: btf_repeat_fields repeats kptrs and graph roots only, and a map whose fields make no sense is made without any. */
final class LockArray implements LockRule.OfMap {
    @Override
    public String id() {
        return "lock-array";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, MapDefinition map, Kernel kernel) {
        return map.value().special().anySatisfy(f -> f.repeated() && (f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK))
                ? Optional.of(Breach.because("its values hold an array of locks: the kernel makes the map as if they had no special fields")) : Optional.empty();
    }
}
