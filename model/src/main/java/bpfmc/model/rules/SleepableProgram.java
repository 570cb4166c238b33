package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Sleepable programs name no map with a lock. */
final class SleepableProgram implements LockRule.OfProgram {
    @Override
    public String id() {
        return "sleepable-program";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        return program.section().sleepable()
                ? Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.SPIN_LOCK))
                        .map(slot -> Breach.because("a sleepable program names a map whose values hold a lock").since(slot))
                : Optional.empty();
    }
}
