package bpfmc.model.rules;

import bpfmc.model.flow.ControlFlow;
import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Every slot is an instruction of the kernel, and leads to another; some are looked at only where they are reached. */
final class ValidCode {
    private static final String ID = "valid-code";

    private ValidCode() {}

    /** In the whole program, reached or not. */
    static final class Everywhere implements LockRule.OfProgram {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
            for (int slot = 0; slot < program.size(); slot++) {
                Optional<String> refusal = refusal(program, slot, kernel);
                if (refusal.isPresent()) {
                    return Optional.of(Breach.because("instruction " + slot + " is none that this kernel knows").with(refusal.get()).since(slot));
                }
            }
            return ControlFlow.fault(program).map(f -> Breach.because(f.what()).with(f.says()).since(f.slot()));
        }

        private static Optional<String> refusal(BpfProgram program, int slot, Kernel kernel) {
            return switch (program.code().get(slot)) {
                case null -> Optional.empty();
                case Instruction.Invalid i when i.unreached() -> Optional.of(i.says());
                case Instruction.CallIndirect i -> Optional.of("unknown opcode 8d");
                case Instruction.JumpIndirect i when !kernel.atLeast(6, 19) -> Optional.of("unknown opcode 0d");
                case Instruction.LoadImmediate64 i when !program.references().containsKey(slot) -> unnamed(i);
                case Instruction i -> Optional.empty();
            };
        }

        /** {@return what the verifier says of an immediate that should name something, but that no relocation filled in} */
        private static Optional<String> unnamed(Instruction.LoadImmediate64 i) {
            return switch (i.kind()) {
                case CONSTANT -> Optional.empty();
                case MAP_FD, MAP_VALUE -> Optional.of("fd " + i.low() + " is not pointing to valid bpf_map");
                case BTF_ID -> Optional.of("pseudo btf_id " + i.low() + " in ldimm64 isn't KIND_VAR or KIND_FUNC");
                case FUNCTION -> Optional.of("call to invalid destination");
                case MAP_INDEX, MAP_INDEX_VALUE -> Optional.of("fd_idx without fd_array is invalid");
            };
        }
    }

    /** Where the program gets to. */
    static final class Reached implements LockRule.OfRun {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
            return m.instruction() instanceof Instruction.Invalid i
                    ? Optional.of(Breach.because("the instruction is none that the kernel executes").with(i.says())) : Optional.empty();
        }
    }
}
