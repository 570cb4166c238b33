package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.Optional;

/** Sleepable programs name only maps whose values live long enough for them. */
final class SleepableMapType implements LockRule.OfProgram {
    @Override
    public String id() {
        return "sleepable-map-type";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        RulePage page = LockRules.pageOf(this);
        return program.section().sleepable()
                ? Locks.firstUse(object, program, map -> !page.allows(map.type().name(), kernel.version()))
                        .map(slot -> Breach.because("a sleepable program names a map of a type that it cannot use").since(slot))
                : Optional.empty();
    }
}
