package bpfmc.model.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import java.util.List;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

class LoadUseTest {
    /** Where the instruction that reads stands. */
    private static final int READ = 3;

    /** Reads the value in r2, whose address in a map is in r1, and does something with it; r6 holds the context. */
    private static LoadUse of(Instruction read, Instruction... then) {
        MutableList<Instruction> code = Lists.mutable.with(move(Register.R6, Register.R1), new Instruction.CallHelper(1),
                move(Register.R1, Register.R0), read);
        code.addAll(List.of(then));
        code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0)));
        code.add(new Instruction.Exit());
        return LoadUse.of(new BpfProgram("p", Sections.parse("tc"), code.toImmutable(), Lists.immutable.with(new Function("p", 0, code.size(), true)),
                IntObjectMaps.immutable.empty(), IntObjectMaps.immutable.empty()));
    }

    private static Instruction move(Register to, Register from) {
        return new Instruction.Move(Width.W64, to, new Operand.Reg(from));
    }

    private static final Instruction LOAD = new Instruction.Load(Size.DOUBLE, false, Register.R2, Register.R1, (short) 0);
    private static final Instruction INCREMENT = new Instruction.Alu(Width.W64, AluOp.ADD, Register.R2, new Operand.Imm(1));

    private static Instruction store(Register base) {
        return new Instruction.Store(Size.DOUBLE, base, (short) -8, new Operand.Reg(Register.R2));
    }

    @Test
    void anIncrementIsUsedButDecidesNothing() {
        LoadUse use = of(LOAD, INCREMENT, store(Register.R1));
        assertThat(use.decides(READ)).isFalse();
        assertThat(use.used(READ)).isTrue();
    }

    @Test
    void whatNobodyUsesIsNotUsed() {
        LoadUse use = of(LOAD, INCREMENT);
        assertThat(use.decides(READ)).isFalse();
        assertThat(use.used(READ)).isFalse();
    }

    @Test
    void branchesAddressesAndSpillsDecide() {
        assertThat(of(LOAD, INCREMENT, new Instruction.Branch(Width.W64, Condition.EQ, Register.R2, new Operand.Imm(0), (short) 0)).decides(READ)).isTrue();
        assertThat(of(LOAD, new Instruction.Load(Size.WORD, false, Register.R3, Register.R2, (short) 0)).decides(READ)).as("as an address").isTrue();
        assertThat(of(LOAD, new Instruction.CallHelper(1)).decides(READ)).as("as an argument").isTrue();
        assertThat(of(LOAD, store(Register.R10)).decides(READ)).as("from the stack it may go anywhere").isTrue();
    }

    @Test
    void whatIsStoredOutsideOfMapsMayBeReadAgain() {
        assertThat(of(LOAD, store(Register.R6)).decides(READ)).as("from the context").isTrue();
        assertThat(of(LOAD, move(Register.R7, Register.R1), store(Register.R7)).decides(READ)).as("the same map value by another register").isFalse();
        assertThat(of(LOAD, new Instruction.Load(Size.DOUBLE, false, Register.R7, Register.R10, (short) -8), store(Register.R7)).decides(READ))
                .as("by an address that was kept on the stack").isTrue();
    }

    @Test
    void atomicInstructionsReadWhatTheyFetchOrCompare() {
        assertThat(of(atomic(AtomicOp.ADD, false)).used(READ)).as("what it stores stays where it is").isFalse();
        assertThat(of(atomic(AtomicOp.ADD, true)).used(READ)).as("nobody uses what it fetched").isFalse();
        assertThat(of(atomic(AtomicOp.ADD, true), store(Register.R1)).used(READ)).isTrue();
        assertThat(of(atomic(AtomicOp.ADD, true), store(Register.R1)).decides(READ)).isFalse();
        assertThat(of(atomic(AtomicOp.CMPXCHG, true)).decides(READ)).as("whether it stores").isTrue();
    }

    private static Instruction atomic(AtomicOp op, boolean fetch) {
        return new Instruction.Atomic(op, fetch, Size.DOUBLE, Register.R1, (short) 0, Register.R2);
    }
}
