package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/**
 * No load, store, atomic or helper touches the bytes of a lock in a map value. Kernel pointers are loaded whole, and those that
 * the value does not own are stored whole too (verifier.c, check_map_access, check_map_kptr_access).
 */
final class FieldAccess implements LockRule.OfRun {
    private static final int POINTER_BYTES = 8;

    @Override
    public String id() {
        return "field-access";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Access.of(m).collect(a -> touched(m, a, kernel)).detectOptional(Optional::isPresent).flatMap(x -> x);
    }

    private static Optional<Breach> touched(VerifierPoint m, Access access, Kernel kernel) {
        return m.mapOf(access.address()).flatMap(map -> access.first(Locks.visible(map, kernel))).flatMap(f -> f.kind().pointer()
                ? pointer(m, access, f, kernel)
                : Optional.of(touches(f).with(f.kind().structName())));
    }

    private static Breach touches(SpecialField f) {
        return Breach.because("the access touches the " + f.kind().structName() + " at offset " + f.offset());
    }

    private static Optional<Breach> pointer(VerifierPoint m, Access access, SpecialField f, Kernel kernel) {
        Value.Pointer address = (Value.Pointer) access.address();
        if (m.instruction() instanceof Instruction.CallHelper) {
            return Optional.of(touches(f).saying("kptr-helper"));
        }
        if (!(address.offset() instanceof Constant) && !m.range(address.offset()).isExact()) {
            return Optional.of(touches(f).saying("kptr-offset"));
        }
        if (access.from() != f.offset()) {
            return Optional.of(touches(f).saying("kptr-misaligned", f.offset(), access.from()));
        }
        if (access.to() - access.from() != POINTER_BYTES) {
            return Optional.of(touches(f).saying("kptr-size"));
        }
        return switch (m.instruction()) {
            case Instruction.Load load -> Optional.empty();
            case Instruction.Store store -> store(m, store, f, kernel);
            case Instruction other -> Optional.of(touches(f).saying("kptr-mode"));
        };
    }

    private static Optional<Breach> store(VerifierPoint m, Instruction.Store store, SpecialField f, Kernel kernel) {
        boolean owned = f.kind() == SpecialKind.PERCPU_KPTR || f.kind() == SpecialKind.KPTR && kernel.atLeast(6, 4);
        if (owned || f.kind() == SpecialKind.UPTR) {
            return Optional.of(Breach.because("it stores to the pointer at offset " + f.offset() + ", which only "
                    + (owned ? "bpf_kptr_xchg" : "user space") + " may change").saying(owned ? "kptr-owned" : "uptr-store"));
        }
        Breach number = Breach.because("it stores a number other than 0 to the pointer at offset " + f.offset());
        return switch (store.src()) {
            case Operand.Imm i -> i.value() == 0 ? Optional.empty() : Optional.of(number.saying("kptr-immediate", f.offset()));
            case Operand.Reg r -> number(m, r.register()) ? Optional.of(number.saying("kptr-number", r.register().number())) : Optional.empty();
        };
    }

    /** An unknown number may be a pointer that was loaded. */
    private static boolean number(VerifierPoint m, Register register) {
        return m.register(register) instanceof Value.Scalar s && s.term() instanceof Constant c && c.value() != 0;
    }
}
