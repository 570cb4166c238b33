package bpfmc.model.thread;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import java.util.function.IntConsumer;

/** Where control goes inside one function; a call goes on after the call. */
final class ControlFlow {
    private ControlFlow() {}

    /**
     * Checks what the kernel's check_cfg and check_subprogs check: control stays inside each function and never lands in the
     * middle of an instruction, calls go to functions; and that nothing writes r10, which the kernel's check_reg_arg refuses.
     *
     * @throws InputException when it does not
     */
    static void require(BpfProgram program) {
        for (Function function : program.functions()) {
            for (int slot = function.start(); slot < function.end(); slot++) {
                if (program.code().get(slot) != null) {
                    int from = slot;
                    successors(program, slot, next -> requireTarget(program, function, from, next));
                    requireCall(program, slot);
                    requireFramePointer(program, slot);
                }
            }
        }
    }

    private static void requireTarget(BpfProgram program, Function function, int from, int to) {
        if (to < function.start() || to >= function.end() || program.code().get(to) == null) {
            throw new InputException("program " + program.name() + ": instruction " + from + " leads to " + to
                    + ", which is no instruction of function " + function.name());
        }
    }

    private static void requireCall(BpfProgram program, int slot) {
        if (program.code().get(slot) instanceof Instruction.CallSubprogram call
                && program.functions().noneSatisfy(f -> f.start() == slot + 1 + call.offset())) {
            throw new InputException("program " + program.name() + ": instruction " + slot + " calls no function");
        }
    }

    private static void requireFramePointer(BpfProgram program, int slot) {
        if ((RegisterUse.of(program, slot).writes() & 1 << Register.R10.number()) != 0) {
            throw new InputException("program " + program.name() + ": instruction " + slot
                    + " writes r10: the frame pointer is read only");
        }
    }

    /** Calls {@code successor} with each slot that may run next. An unresolved indirect jump has no successors. */
    static void successors(BpfProgram program, int slot, IntConsumer successor) {
        Instruction instruction = program.code().get(slot);
        switch (instruction) {
            case Instruction.Jump j -> successor.accept(slot + 1 + j.offset());
            case Instruction.Branch b -> {
                successor.accept(slot + 1);
                successor.accept(slot + 1 + b.offset());
            }
            case Instruction.MayGoto g -> {
                successor.accept(slot + 1);
                successor.accept(slot + 1 + g.offset());
            }
            case Instruction.Exit e -> { }
            case Instruction.JumpIndirect j -> { }
            case Instruction.Alu i -> successor.accept(slot + 1);
            case Instruction.Negate i -> successor.accept(slot + 1);
            case Instruction.Move i -> successor.accept(slot + 1);
            case Instruction.MoveSignExtend i -> successor.accept(slot + 1);
            case Instruction.ByteSwap i -> successor.accept(slot + 1);
            case Instruction.AddressSpaceCast i -> successor.accept(slot + 1);
            case Instruction.LoadImmediate64 i -> successor.accept(slot + 2);
            case Instruction.Load i -> successor.accept(slot + 1);
            case Instruction.LoadPacket i -> successor.accept(slot + 1);
            case Instruction.Store i -> successor.accept(slot + 1);
            case Instruction.Atomic i -> successor.accept(slot + 1);
            case Instruction.LoadAcquire i -> successor.accept(slot + 1);
            case Instruction.StoreRelease i -> successor.accept(slot + 1);
            case Instruction.CallHelper i -> successor.accept(slot + 1);
            case Instruction.CallSubprogram i -> successor.accept(slot + 1);
            case Instruction.CallKfunc i -> successor.accept(slot + 1);
            case Instruction.CallIndirect i -> successor.accept(slot + 1);
        }
    }
}
