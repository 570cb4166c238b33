package bpfmc.model.rules;

import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Socket filters, which may be preempted, name no map with a lock. */
final class SocketFilter implements LockRule.OfProgram {
    @Override
    public String id() {
        return "socket-filter";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        return program.section().type() == ProgramType.SOCKET_FILTER
                ? Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.SPIN_LOCK, SpecialKind.RES_SPIN_LOCK))
                        .map(slot -> Breach.because("a socket filter names a map whose values hold a lock").since(slot))
                : Optional.empty();
    }
}
