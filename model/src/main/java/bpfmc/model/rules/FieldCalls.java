package bpfmc.model.rules;

import bpfmc.model.program.SpecialKind;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Calls that work on a special field of a map value or allocated object: locks, timers, work items, kernel pointers. */
final class FieldCalls {
    private FieldCalls() {}

    /** @param field what the argument points to @param words what the kernel calls it @param argument its number */
    record Call(SpecialKind field, String words, int argument) {
        Value.Pointer address(VerifierPoint m) {
            return (Value.Pointer) m.argument(argument);
        }
    }

    /** {@return the call that the instruction is, when its argument points into an element} */
    static Optional<Call> onElement(VerifierPoint m) {
        return call(m).filter(c -> Locks.element(m.argument(c.argument())).isPresent());
    }

    private static Optional<Call> call(VerifierPoint m) {
        String name = m.helper().map(h -> "bpf_" + h.name()).orElse(m.function());
        return Locks.call(m).map(c -> new Call(c.field(), c.type(), 1)).or(() -> Optional.ofNullable(switch (name) {
            case "bpf_timer_init", "bpf_timer_set_callback", "bpf_timer_start", "bpf_timer_cancel" -> new Call(SpecialKind.TIMER, "bpf_timer", 1);
            case "bpf_wq_init" -> new Call(SpecialKind.WORKQUEUE, "bpf_wq", 1);
            case "bpf_kptr_xchg" -> new Call(SpecialKind.KPTR, "bpf_kptr_xchg", 1);
            default -> null;
        }));
    }
}
