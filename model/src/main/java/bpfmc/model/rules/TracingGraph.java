package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Programs that may run anywhere name no map with lists or trees. */
final class TracingGraph implements LockRule.OfProgram {
    @Override
    public String id() {
        return "tracing-graph";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        return LockRules.pageOf(this).concerns(program.section().type().name(), kernel.version())
                ? Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.LIST_HEAD, SpecialKind.RB_ROOT))
                        .map(slot -> Breach.because("a program of type " + program.section().type()
                                + " names a map whose values hold a list head or tree root").since(slot))
                : Optional.empty();
    }
}
