package bpfmc.model.flow;

import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.program.BpfProgram;

/** To what purpose the instructions of a program read maps, whatever its branches decide. */
public final class LoadUse {
    private final BpfProgram program;
    private final Liveness deciding;
    private final Liveness any;

    private LoadUse(BpfProgram program) {
        this.program = program;
        this.deciding = Liveness.unreadMaps(program);
        this.any = new Liveness(program);
    }

    /** {@return the purposes of the program's loads} */
    public static LoadUse of(BpfProgram program) {
        return new LoadUse(program);
    }

    /** {@return whether what the instruction reads may decide where control goes, what is accessed, or what a call is handed; storing it decides nothing} */
    public boolean decides(int slot) {
        return reads(slot, deciding);
    }

    /** {@return whether what the instruction reads is used at all, if only to be stored} */
    public boolean used(int slot) {
        return reads(slot, any);
    }

    private boolean reads(int slot, Liveness liveness) {
        return switch (program.code().get(slot)) {
            case Instruction.Load i -> live(slot, i.dst(), liveness);
            case Instruction.LoadAcquire i -> live(slot, i.dst(), liveness);
            case Instruction.Atomic i when i.op() == AtomicOp.CMPXCHG -> true;
            case Instruction.Atomic i -> i.fetch() && live(slot, i.src(), liveness); // what it stores stays in the same bytes
            case null, default -> true;
        };
    }

    private static boolean live(int slot, Register register, Liveness liveness) {
        return (liveness.registersAt(slot + 1) & 1 << register.number()) != 0;
    }
}
