package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** The value of a map with a lock is described by BTF. */
final class BtfRequired implements LockRule.OfRun {
    @Override
    public String id() {
        return "btf-required";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return FieldCalls.onElement(m).flatMap(c -> m.mapOf(m.argument(c.argument()))
                .filter(map -> m.object().btf().isEmpty() || map.value().typeName().isEmpty())
                .map(map -> Breach.because("nothing tells the kernel where " + words(c) + " is in the values of map " + map.name())
                        .with(KernelNames.of(m.object(), map), c.words())));
    }

    private static String words(FieldCalls.Call call) {
        return switch (call.field()) {
            case SPIN_LOCK, RES_SPIN_LOCK -> "the lock";
            case TIMER -> "the timer";
            case WORKQUEUE -> "the work item";
            case KPTR, KPTR_UNTRUSTED, PERCPU_KPTR, UPTR -> "the kernel pointer";
            case TASK_WORK, LIST_HEAD, LIST_NODE, RB_ROOT, RB_NODE, REFCOUNT -> "the field";
        };
    }
}
