package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.SpecialKind;
import java.util.Optional;

/** Programs that may run anywhere name no map with timers or work items. */
final class TracingTimer implements LockRule.OfProgram {
    @Override
    public String id() {
        return "tracing-timer";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        if (!LockRules.pageOf(this).concerns(program.section().type().name(), kernel.version())) {
            return Optional.empty();
        }
        Optional<Integer> timer = Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.TIMER));
        Optional<Integer> work = kernel.atLeast(6, 10)
                ? Locks.firstUse(object, program, map -> Locks.has(map, kernel, SpecialKind.WORKQUEUE)) : Optional.empty();
        String start = "a program of type " + program.section().type() + " names a map whose values hold a ";
        return timer.map(slot -> Breach.because(start + "timer").with("bpf_timer").since(slot))
                .or(() -> work.map(slot -> Breach.because(start + "work item").with("bpf_wq").since(slot)));
    }
}
