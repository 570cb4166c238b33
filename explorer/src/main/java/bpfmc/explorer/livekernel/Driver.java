package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.ProgramWriter.Label;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;

/**
 * The program that runs before a program under test: it waits inside the kernel until the other CPU is there too, then until a time that
 * whoever came last has set, then for a delay of its own, and goes over by a tail call. Without it, two system calls hardly ever overlap.
 *
 * <p>Every wait is bounded: where the other CPU does not come, the run returns {@link #MISSED}, and the round does not count.
 */
final class Driver {
    static final int CONTROL = 0;
    static final int PROGRAMS = 1;
    /** The bytes of the control map's one value: who has arrived, when they start, and each one's delay in nanoseconds. */
    static final int CONTROL_BYTES = 32;
    static final int DELAYS = 16;
    /** What a run returns that did not meet the other one; no program under test is to. */
    static final int MISSED = 0x6d697373;
    private static final int ARRIVED = 0;
    private static final int START = 8;
    private static final int LOOKUP = 1;
    private static final int NANOSECONDS = 5;
    private static final int TAIL_CALL = 12;
    private static final int KEY = -4;
    /** Whoever comes last is ready first: the other one has to see the time, too. */
    private static final int LEAD = 450;
    /** Turns of the waiting loop, some 50 ns each; the verifier goes through all of them. */
    private static final int MOST_TURNS = 2000;

    private Driver() {}

    /** {@return the driver of one of two agents} */
    static BpfProgram of(int agent, String section) {
        var code = new ProgramWriter();
        Label waits = new Label();
        Label turns = new Label();
        Label missed = new Label();
        code.function("drive" + agent, new Label(), true).move(Register.R6, Register.R1)
                .store(Size.WORD, Register.R10, KEY, 0).map(Register.R1, CONTROL).stack(Register.R2, KEY).call(LOOKUP)
                .branch(Condition.EQ, Register.R0, 0, missed).move(Register.R7, Register.R0)
                .move(Register.R1, 1).atomic(AtomicOp.ADD, true, Size.DOUBLE, Register.R7, ARRIVED, Register.R1)
                .branch(Condition.NE, Register.R1, 1, waits)
                .call(NANOSECONDS).alu(AluOp.ADD, Register.R0, LEAD).store(Size.DOUBLE, Register.R7, START, Register.R0)
                .label(waits).load(Size.DOUBLE, Register.R8, Register.R7, DELAYS + 8 * agent).move(Register.R9, 0)
                .label(turns).alu(AluOp.ADD, Register.R9, 1).branch(Condition.GT, Register.R9, MOST_TURNS, missed)
                .call(NANOSECONDS).load(Size.DOUBLE, Register.R1, Register.R7, START).branch(Condition.EQ, Register.R1, 0, turns)
                .alu(AluOp.ADD, Register.R1, Register.R8).branch(Condition.GT, Register.R1, Register.R0, turns)
                .move(Register.R1, Register.R6).map(Register.R2, PROGRAMS).move(Register.R3, agent).call(TAIL_CALL)
                .label(missed).move(Register.R0, MISSED).exit();
        return code.program(section);
    }
}
