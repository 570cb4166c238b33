package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.machine.VerifierState.Lock;
import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.program.load.AllocatedFields;
import bpfmc.model.program.load.RefusedTypes;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** What rules ask about locks. */
final class Locks {
    private Locks() {}

    /** A call that takes or releases a lock. @param acquires which of the two */
    record Call(LockClass kind, boolean acquires) {
        /** {@return the lock's type in C, without "struct"} */
        String type() {
            return kind == LockClass.PLAIN ? "bpf_spin_lock" : "bpf_res_spin_lock";
        }

        /** {@return what the kernel's messages call an unlock of this class} */
        String unlock() {
            return kind == LockClass.PLAIN ? "bpf_spin_unlock" : "bpf_res_spin_unlock";
        }

        SpecialKind field() {
            return kind == LockClass.PLAIN ? SpecialKind.SPIN_LOCK : SpecialKind.RES_SPIN_LOCK;
        }
    }

    /** {@return the lock call that the instruction is} */
    static Optional<Call> call(VerifierPoint m) {
        String name = m.helper().map(h -> "bpf_" + h.name()).orElse(m.kfunc());
        return Optional.ofNullable(switch (name) {
            case "bpf_spin_lock" -> new Call(LockClass.PLAIN, true);
            case "bpf_spin_unlock" -> new Call(LockClass.PLAIN, false);
            case "bpf_res_spin_lock" -> new Call(LockClass.RESILIENT, true);
            case "bpf_res_spin_unlock" -> new Call(LockClass.RESILIENT, false);
            case "bpf_res_spin_lock_irqsave" -> new Call(LockClass.RESILIENT_IRQ, true);
            case "bpf_res_spin_unlock_irqrestore" -> new Call(LockClass.RESILIENT_IRQ, false);
            default -> null;
        });
    }

    /** {@return the call with its element} */
    static Optional<Call> callOnElement(VerifierPoint m) {
        return call(m).filter(c -> element(m.argument(1)).isPresent());
    }

    /** {@return the identity of the element that a value points into} */
    static Optional<Integer> element(Value value) {
        return value instanceof Value.Pointer p && p.region() instanceof Region.Element e ? Optional.of(e.slot()) : Optional.empty();
    }

    /**
     * {@return the locks that the kernel knows to be held} Before Linux 6.2 a lock was known by the number of its lookup alone,
     * and global data has none (active_spin_lock = reg-&gt;id).
     */
    static ImmutableList<Lock> held(VerifierPoint m, Kernel kernel) {
        return kernel.atLeast(6, 2) ? m.custody().locks()
                : m.custody().locks().reject(l -> l.element() < m.object().maps().size());
    }

    /**
     * {@return the fields of a value that a kernel sees} None when it cannot make sense of one of them, or there are too many; only members of the value
     * itself before Linux 6.11.
     */
    static ImmutableList<SpecialField> visible(ImmutableList<SpecialField> fields, Kernel kernel) {
        ImmutableList<SpecialField> known = known(fields, kernel);
        return kernel.atLeast(6, 2) && known.size() > RefusedTypes.MOST_FIELDS ? Lists.immutable.empty() : known;
    }

    /** {@return the fields of a value that a kernel knows, however many there are} */
    static ImmutableList<SpecialField> known(ImmutableList<SpecialField> fields, Kernel kernel) {
        if (fields.anySatisfy(f -> f.fault().isPresent() && (f.kind().pointer() ? kernel.atLeast(5, 19) : kernel.atLeast(6, 2)))) {
            return Lists.immutable.empty();
        }
        if (kernel.atLeast(6, 11) && fields.anySatisfy(f -> f.repeated() && !repeats(f.kind()))) {
            return Lists.immutable.empty();
        }
        return fields.select(f -> kernel.atLeast(6, 11) || f.depth() == 0 && !f.repeated())
                .reject(f -> f.kind() == SpecialKind.RES_SPIN_LOCK && !kernel.atLeast(6, 15));
    }

    /** {@return whether the kernel makes sense of arrays of a field (btf_repeat_fields)} */
    static boolean repeats(SpecialKind kind) {
        return kind.pointer() || kind == SpecialKind.LIST_HEAD || kind == SpecialKind.RB_ROOT;
    }

    static ImmutableList<SpecialField> visible(MapDefinition map, Kernel kernel) {
        return visible(map.value().special(), kernel);
    }

    static boolean has(MapDefinition map, Kernel kernel, SpecialKind... kinds) {
        ImmutableList<SpecialKind> wanted = Lists.immutable.with(kinds);
        return visible(map, kernel).anySatisfy(f -> wanted.contains(f.kind()));
    }

    /** {@return the fields of the element that a value points into, empty when its type is not known} */
    static Optional<ImmutableList<SpecialField>> fields(VerifierPoint m, Value value, Kernel kernel) {
        return m.origin(value).flatMap(o -> switch (o) {
            case Origin.MapValue v -> m.mapOf(value).map(map -> visible(map, kernel));
            case Origin.Allocated a -> a.type() == 0 ? Optional.<ImmutableList<SpecialField>>empty()
                    : Optional.of(visible(AllocatedFields.of(m.object(), a.type()), kernel));
        });
    }

    /** {@return the slot of the first instruction that names a map of this kind, dead code included, as the verifier looks} */
    static Optional<Integer> firstUse(BpfObject object, BpfProgram program, Predicate<MapDefinition> kind) {
        int first = program.references().keySet().select(slot -> switch (program.references().get(slot)) {
            case Reference.Map r -> kind.test(object.maps().get(r.map()));
            case Reference.Data r -> kind.test(object.maps().get(r.map()));
            case Reference.Function r -> false;
            case Reference.Kfunc r -> false;
            case Reference.Kernel r -> false;
            case Reference.KernelSymbol r -> false;
        }).minIfEmpty(-1);
        return first < 0 ? Optional.empty() : Optional.of(first);
    }

    /** {@return the register through which the instruction reaches memory} */
    static Optional<Register> base(Instruction instruction) {
        return Optional.ofNullable(switch (instruction) {
            case Instruction.Load i -> i.base();
            case Instruction.LoadAcquire i -> i.base();
            case Instruction.Store i -> i.base();
            case Instruction.StoreRelease i -> i.base();
            case Instruction.Atomic i -> i.base();
            case Instruction i -> null;
        });
    }
}
