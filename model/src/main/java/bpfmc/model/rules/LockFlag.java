package bpfmc.model.rules;

import bpfmc.model.kernel.Flags;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** BPF_F_LOCK is used only on maps whose values hold a bpf_spin_lock. */
final class LockFlag implements LockRule.OfRun {
    @Override
    public String id() {
        return "lock-flag";
    }


    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        boolean update = m.helper().map(h -> h.name().equals("map_update_elem")).orElse(false);
        return update && m.argument(4) instanceof Value.Scalar s && s.term() instanceof Constant flags && (flags.value() & Flags.LOCK) != 0
                ? m.mapArgument(1).filter(map -> !Locks.has(map, kernel, SpecialKind.SPIN_LOCK))
                        .map(map -> Breach.because("the update of map " + map.name() + " asks for its lock, but its values hold none"))
                : Optional.empty();
    }
}
