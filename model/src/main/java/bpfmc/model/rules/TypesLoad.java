package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.RefusedTypes;
import java.util.Optional;

/** The kernel loads the object's BTF; without it, maps have no locks, timers and kernel pointers. */
final class TypesLoad implements LockRule.OfObject {
    @Override
    public String id() {
        return "types-load";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, Kernel kernel) {
        return RefusedTypes.why(object, kernel.version()).map(why -> Breach.because("the kernel refuses the object's types, and every map is"
                + " made without them: " + why));
    }
}
