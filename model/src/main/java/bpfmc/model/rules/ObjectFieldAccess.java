package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.load.AllocatedFields;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** No load, store or atomic touches the bytes of a lock in an allocated object. */
final class ObjectFieldAccess implements LockRule.OfRun {
    @Override
    public String id() {
        return "object-field-access";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Access.of(m).collect(a -> touched(m, a, kernel)).detectOptional(Optional::isPresent).flatMap(x -> x);
    }

    private static Optional<Breach> touched(VerifierPoint m, Access access, Kernel kernel) {
        return m.origin(access.address()).flatMap(o -> o instanceof Origin.Allocated a
                        ? access.first(Locks.visible(AllocatedFields.of(m.object(), a.type()), kernel)) : Optional.empty())
                .map(f -> Breach.because("the access touches the " + f.kind().structName() + " at offset " + f.offset()).with(f.kind().structName()));
    }
}
