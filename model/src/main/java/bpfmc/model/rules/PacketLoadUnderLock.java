package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No LD_ABS or LD_IND while a lock is held: it may end the program. */
final class PacketLoadUnderLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "packet-load-under-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.instruction() instanceof Instruction.LoadPacket
                ? Locks.held(m, kernel).getLastOptional().map(lock -> Breach.because("the load may end the program while the lock taken here is held").since(lock.at()))
                : Optional.empty();
    }
}
