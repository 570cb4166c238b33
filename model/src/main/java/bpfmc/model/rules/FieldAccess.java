package bpfmc.model.rules;

import bpfmc.model.thread.Moment;
import java.util.Optional;

/** No load, store, atomic or helper touches the bytes of a lock in a map value. */
final class FieldAccess implements LockRule.OfRun {
    @Override
    public String id() {
        return "field-access";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Access.of(m).collect(a -> touched(m, a, kernel)).detectOptional(Optional::isPresent).flatMap(x -> x);
    }

    private static Optional<Breach> touched(Moment m, Access access, Kernel kernel) {
        return m.mapOf(access.address()).flatMap(map -> access.first(Locks.visible(map, kernel)))
                .map(f -> Breach.because("the access touches the " + f.kind().structName() + " at offset " + f.offset()).with(f.kind().structName()));
    }
}
