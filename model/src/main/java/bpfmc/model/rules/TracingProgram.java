package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Programs that may run anywhere, in NMI too, name no map with a lock (is_tracing_prog_type). */
final class TracingProgram implements LockRule.OfProgram {
    @Override
    public String id() {
        return "tracing-program";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        if (!LockRules.pageOf(this).concerns(program.section().type().name(), kernel.version())) {
            return Optional.empty();
        }
        boolean resilient = !kernel.atLeast(7, 3);
        return Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.SPIN_LOCK)
                        || resilient && Locks.has(map, kernel, SpecialKind.RES_SPIN_LOCK))
                .map(slot -> Breach.because("a program of type " + program.section().type() + " names a map whose values hold a lock").since(slot));
    }
}
