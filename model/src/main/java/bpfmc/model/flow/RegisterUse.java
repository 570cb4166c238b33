package bpfmc.model.flow;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;

/** Which registers an instruction reads and which it overwrites, as bit sets of r0 to r10. */
public record RegisterUse(int reads, int writes) {
    private static final int ARGUMENTS = 0b111110;
    private static final int CALLER_SAVED = 0b111111;

    public static RegisterUse of(BpfProgram program, int slot) {
        return switch (program.code().get(slot)) {
            case Instruction.Alu i -> new RegisterUse(bit(i.dst()) | bits(i.src()), bit(i.dst()));
            case Instruction.Negate i -> new RegisterUse(bit(i.dst()), bit(i.dst()));
            case Instruction.Move i -> new RegisterUse(bits(i.src()), bit(i.dst()));
            case Instruction.MoveSignExtend i -> new RegisterUse(bit(i.src()), bit(i.dst()));
            case Instruction.ByteSwap i -> new RegisterUse(bit(i.dst()), bit(i.dst()));
            case Instruction.AddressSpaceCast i -> new RegisterUse(bit(i.src()), bit(i.dst()));
            case Instruction.LoadImmediate64 i -> new RegisterUse(0, bit(i.dst()));
            case Instruction.Load i -> new RegisterUse(bit(i.base()), bit(i.dst()));
            case Instruction.LoadPacket i -> new RegisterUse(1 << 6
                    | (i.mode() == Instruction.LoadPacket.Mode.INDIRECT ? bit(i.index()) : 0), CALLER_SAVED);
            case Instruction.Store i -> new RegisterUse(bit(i.base()) | bits(i.src()), 0);
            case Instruction.Atomic i -> atomic(i);
            case Instruction.LoadAcquire i -> new RegisterUse(bit(i.base()), bit(i.dst()));
            case Instruction.StoreRelease i -> new RegisterUse(bit(i.base()) | bit(i.src()), 0);
            case Instruction.Jump i -> new RegisterUse(0, 0);
            case Instruction.JumpIndirect i -> new RegisterUse(bit(i.target()), 0);
            case Instruction.Branch i -> new RegisterUse(bit(i.dst()) | bits(i.src()), 0);
            case Instruction.MayGoto i -> new RegisterUse(0, 0);
            case Instruction.CallHelper i -> new RegisterUse(
                    arguments(Helpers.byId(i.helper()).map(h -> h.arguments().size()).orElse(5)), CALLER_SAVED);
            case Instruction.CallSubprogram i -> new RegisterUse(ARGUMENTS, CALLER_SAVED);
            case Instruction.CallKfunc i -> new RegisterUse(program.references().get(slot) instanceof Reference.Kfunc k
                    ? arguments(k.prototype().parameters().size()) : ARGUMENTS, CALLER_SAVED);
            case Instruction.CallIndirect i -> new RegisterUse(ARGUMENTS | bit(i.target()), CALLER_SAVED);
            case Instruction.Exit i -> new RegisterUse(1, 0);
            case Instruction.Invalid i -> new RegisterUse(0, 0);
        };
    }

    private static RegisterUse atomic(Instruction.Atomic i) {
        int reads = bit(i.base()) | bit(i.src());
        return i.op() == AtomicOp.CMPXCHG ? new RegisterUse(reads | 1, 1)
                : new RegisterUse(reads, i.fetch() ? bit(i.src()) : 0);
    }

    private static int bit(Register register) {
        return 1 << register.number();
    }

    private static int bits(Operand operand) {
        return operand instanceof Operand.Reg r ? bit(r.register()) : 0;
    }

    private static int arguments(int count) {
        return (1 << (Math.min(count, 5) + 1)) - 2;
    }
}
