package bpfmc.model.flow;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Where control goes inside one function; a call goes on after the call. */
public final class ControlFlow {
    private ControlFlow() {}

    /** An instruction that leads where no instruction is. @param says what the verifier's log says @param what in our words */
    public record Fault(int slot, String says, String what) {}

    /**
     * {@return where control leaves its function} As the kernel's check_subprogs and check_cfg: control stays inside each function
     * and never lands in the middle of an instruction, and calls go to functions; in code that is never reached as well.
     */
    public static Optional<Fault> fault(BpfProgram program) {
        for (Function function : program.functions()) {
            for (int slot = function.start(); slot < function.end(); slot++) {
                if (program.code().get(slot) != null) {
                    Optional<Fault> fault = fault(program, function, slot);
                    if (fault.isPresent()) {
                        return fault;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(BpfProgram program, Function function, int slot) {
        List<Fault> faults = new ArrayList<>();
        successors(program, slot, to -> {
            if (to < function.start() || to >= function.end()) {
                String says = to == function.end() && to == slot + program.code().get(slot).slots() ? "last insn is not an exit or jmp"
                        : "jump out of range from insn " + slot + " to " + to;
                faults.add(new Fault(slot, says, leads(slot, to, function)));
            } else if (program.code().get(to) == null) {
                faults.add(new Fault(slot, "jump into the middle of ldimm64 insn " + to, leads(slot, to, function)));
            }
        });
        if (program.code().get(slot) instanceof Instruction.CallSubprogram call
                && program.functions().noneSatisfy(f -> f.start() == slot + 1 + call.offset())) {
            faults.add(new Fault(slot, "call to invalid destination", "instruction " + slot + " calls no function"));
        }
        return faults.stream().findFirst();
    }

    private static String leads(int from, int to, Function function) {
        return "instruction " + from + " leads to " + to + ", which is no instruction of function " + function.name();
    }

    /** {@return whether some jump of the program goes backwards} */
    public static boolean loops(BpfProgram program) {
        boolean[] back = {false};
        for (int slot = 0; slot < program.size(); slot++) {
            int from = slot;
            if (program.code().get(slot) != null) {
                successors(program, slot, to -> back[0] |= to <= from);
            }
        }
        return back[0];
    }

    /** @throws InputException when control leaves a function */
    static void require(BpfProgram program) {
        fault(program).ifPresent(f -> {
            throw new InputException("program " + program.name() + ": " + f.what());
        });
    }

    /** Calls {@code successor} with each slot that may run next. An unresolved indirect jump has no successors. */
    public static void successors(BpfProgram program, int slot, IntConsumer successor) {
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
            case Instruction.Invalid i -> { }
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
