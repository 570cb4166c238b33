package bpfmc.model.call;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.Reference;
import java.util.Optional;

/** The function of the kernel that a call instruction names. */
public sealed interface Callee {

    /** {@return its whole name, as C has it: "bpf_map_lookup_elem"} Of a kernel function without the ending that hides arguments. */
    String name();

    /** A helper, called by number. */
    record OfHelper(Helper helper) implements Callee {
        @Override
        public String name() {
            return "bpf_" + helper.name();
        }
    }

    /** A helper number that no kernel known here has. */
    record Unknown(int number) implements Callee {
        @Override
        public String name() {
            return "helper #" + number;
        }
    }

    /** A kernel function, called by BTF id. */
    record OfKfunc(Reference.Kfunc kfunc) implements Callee {
        @Override
        public String name() {
            return base(kfunc.name());
        }
    }

    /** A step of the kernel's own, in programs that bpfmc writes. */
    record OfKernel(KernelStep step) implements Callee {
        @Override
        public String name() {
            return step.function();
        }
    }

    /** A call by BTF id that names no function. */
    record Nameless() implements Callee {
        @Override
        public String name() {
            return "a kernel function without a name";
        }
    }

    /** {@return the name without the ending that older headers give to functions with hidden arguments} */
    static String base(String name) {
        return name.endsWith("_impl") ? name.substring(0, name.length() - "_impl".length()) : name;
    }

    /** {@return what the instruction in this slot calls of the kernel, empty when it calls nothing of it} */
    static Optional<Callee> at(BpfProgram program, int slot) {
        return switch (program.code().get(slot)) {
            case Instruction.CallHelper call -> Optional.of(Helpers.byId(call.helper()).<Callee>map(OfHelper::new)
                    .orElseGet(() -> new Unknown(call.helper())));
            case Instruction.CallKfunc call -> Optional.of(switch (program.references().get(slot)) {
                case Reference.Kfunc k -> new OfKfunc(k);
                case Reference.Kernel k -> new OfKernel(k.step());
                case null, default -> new Nameless();
            });
            case null, default -> Optional.empty();
        };
    }
}
