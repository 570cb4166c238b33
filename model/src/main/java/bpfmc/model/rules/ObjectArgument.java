package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.load.AllocatedFields;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** What is dropped is owned, and named by its own address; what gets one more reference is an object that counts them. */
final class ObjectArgument implements LockRule.OfRun {
    @Override
    public String id() {
        return "object-argument";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return switch (m.function()) {
            case "bpf_obj_drop", "bpf_percpu_obj_drop" -> none(m).map(b -> b.variant().isEmpty() ? b.saying("drop") : b).or(() -> inside(m));
            case "bpf_refcount_acquire" -> none(m).or(() -> uncounted(m, kernel));
            default -> Optional.empty();
        };
    }

    /** An unknown number may be the address of an object of the kernel, which is not followed. */
    private static Optional<Breach> none(VerifierPoint m) {
        Value object = m.argument(1);
        if (object.is(0)) {
            return Optional.of(Breach.because("the object is NULL, or may be").saying("null"));
        }
        if (m.released(object)) {
            return Optional.of(Breach.because("the object was given up, or the lock that kept it in place was released"));
        }
        return switch (object) {
            case Value.Scalar s -> s.term() instanceof Constant ? Optional.of(Breach.because("the object is a number")) : Optional.empty();
            case Value.Pointer p -> switch (p.region()) {
                case Region.Element e -> m.origin(p).filter(o -> o instanceof Origin.MapValue)
                        .map(o -> Breach.because("the object is a map value, not an allocated object"));
                case Region.Stack s -> Optional.of(Breach.because("the object lies on the stack"));
                case Region.Context c -> Optional.of(Breach.because("the object is the context"));
                case Region.Memory r -> Optional.empty();
                case Region.Packet r -> Optional.empty();
                case Region.PacketEnd r -> Optional.empty();
                case Region.MapHandle r -> Optional.empty();
                case Region.Code r -> Optional.empty();
                case Region.Kernel r -> Optional.empty();
            };
        };
    }

    private static Optional<Breach> inside(VerifierPoint m) {
        return m.origin(m.argument(1)).orElse(null) instanceof Origin.Allocated && m.argument(1) instanceof Value.Pointer p
                && m.range(p.offset()).isExact() && m.range(p.offset()).value() != 0
                ? Optional.of(Breach.because("the address lies inside of the object").saying("inside")) : Optional.empty();
    }

    private static Optional<Breach> uncounted(VerifierPoint m, Kernel kernel) {
        return m.origin(m.argument(1)).orElse(null) instanceof Origin.Allocated a && Structs.is(m, a.type())
                && Locks.visible(AllocatedFields.of(m.object(), a.type()), kernel).noneSatisfy(f -> f.kind() == SpecialKind.REFCOUNT)
                ? Optional.of(Breach.because("the object's struct has no bpf_refcount").saying("uncounted")) : Optional.empty();
    }
}
