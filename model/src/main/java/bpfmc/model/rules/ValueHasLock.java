package bpfmc.model.rules;

import bpfmc.model.program.MapDefinition;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The value holds a lock of the kind that is taken. */
final class ValueHasLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "value-has-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return FieldCalls.onElement(m).filter(c -> !c.field().pointer()).filter(c -> Locks.fields(m, c.address(m), kernel)
                        .map(fields -> fields.noneSatisfy(f -> f.kind() == c.field())).orElse(false))
                .map(c -> m.mapOf(c.address(m)).map(map -> Breach.because("values of map " + map.name() + " hold no " + c.words() + why(map, kernel))
                        .with(KernelNames.of(m.object(), map), c.words()))
                        .orElseGet(() -> Breach.because("the object holds no " + c.words()).saying("kptr", c.words())));
    }

    /** One field that the kernel cannot make sense of hides all others. */
    private static String why(MapDefinition map, Kernel kernel) {
        return Locks.visible(map, kernel).isEmpty()
                ? map.value().special().collect(f -> f.fault().map(fault -> " that the kernel could find: " + fault).orElse("")).detectOptional(f -> !f.isEmpty()).orElse("")
                : "";
    }
}
