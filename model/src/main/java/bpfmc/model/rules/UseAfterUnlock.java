package bpfmc.model.rules;

import bpfmc.model.isa.Register;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A node that belongs to a list or tree is looked at only under its lock, an object only while it is owned. */
final class UseAfterUnlock implements LockRule.OfRun {
    @Override
    public String id() {
        return "use-after-unlock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        Optional<Register> through = Locks.base(m.instruction());
        if (through.isPresent() && m.released(m.register(through.get()))) {
            return Optional.of(Breach.because("the object was given up, or the lock that kept it in place was released").with(through.get().number()));
        }
        return Locks.call(m).isPresent() && m.released(m.argument(1))
                ? Optional.of(Breach.because("the lock's object was given up").with(1)) : Optional.empty();
    }
}
