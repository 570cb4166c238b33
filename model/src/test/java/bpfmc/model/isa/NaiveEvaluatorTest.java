package bpfmc.model.isa;

import static bpfmc.model.isa.Register.R0;
import static bpfmc.model.isa.Register.R10;
import static bpfmc.model.isa.Register.R1;
import static bpfmc.model.isa.Register.R2;
import static bpfmc.model.isa.Register.R3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.isa.Instruction.ByteSwap.Order;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NaiveEvaluatorTest {
    private static final long PATTERN = 0x8182_8384_8586_8788L;

    private static long[] run(long r1, Instruction... instructions) {
        MutableList<Instruction> code = Lists.mutable.empty();
        for (Instruction i : instructions) {
            code.add(i);
            if (i.slots() == 2) {
                code.add(null);
            }
        }
        return NaiveEvaluator.run(code.with(new Instruction.Exit()).toImmutable(), r1, new byte[16], new byte[16]);
    }

    private static Instruction constant(Register dst, long value) {
        return new Instruction.LoadImmediate64(dst, Instruction.LoadImmediate64.Pseudo.CONSTANT, (int) value,
                (int) (value >>> 32));
    }

    private static Operand reg(Register register) {
        return new Operand.Reg(register);
    }

    private static Instruction store(Size size, int offset, Register src) {
        return new Instruction.Store(size, R10, (short) offset, reg(src));
    }

    @ParameterizedTest
    @CsvSource({
        "W64, ADD, ffffffffffffffff, 2, 1",
        "W32, ADD, 1ffffffff, 2, 1",
        "W64, SUB, 1, 2, ffffffffffffffff",
        "W32, SUB, 1, 2, ffffffff",
        "W32, MUL, ffffffffffffffff, 2, fffffffe",
        "W64, DIV, ffffffffffffffff, 2, 7fffffffffffffff",
        "W64, DIV, 7, 0, 0",
        "W32, DIV, ffffffff00000007, ffffffff00000002, 3",
        "W32, DIV, 7, 100000000, 0",
        "W64, SDIV, fffffffffffffff9, 2, fffffffffffffffd",
        "W64, SDIV, 8000000000000000, ffffffffffffffff, 8000000000000000",
        "W32, SDIV, 80000000, ffffffff, 80000000",
        "W32, SDIV, fffffff9, 2, fffffffd",
        "W64, SDIV, 7, 0, 0",
        "W64, MOD, ffffffffffffffff, a, 5",
        "W64, MOD, ffffffff00000007, 0, ffffffff00000007",
        "W32, MOD, ffffffff00000007, 0, 7",
        "W64, SMOD, fffffffffffffff9, 2, ffffffffffffffff",
        "W64, SMOD, 8000000000000000, ffffffffffffffff, 0",
        "W32, SMOD, ffffffff00000007, 0, 7",
        "W32, SMOD, fffffff9, 2, ffffffff",
        "W64, LSH, 1, 41, 2",
        "W32, LSH, 80000001, 21, 2",
        "W64, RSH, 8000000000000000, 3f, 1",
        "W32, RSH, ffffffff80000000, 1f, 1",
        "W64, ARSH, 8000000000000000, 3f, ffffffffffffffff",
        "W32, ARSH, 80000000, 1f, ffffffff",
        "W32, XOR, ffffffff0000000f, ff, f0",
        "W64, OR, f0, f, ff",
        "W32, AND, fffffffffffffff0, ff, f0",
    })
    void arithmeticIsAsInTheStandard(Width width, AluOp op, String a, String b, String result) {
        long[] registers = run(0, constant(R2, Long.parseUnsignedLong(a, 16)),
                constant(R3, Long.parseUnsignedLong(b, 16)),
                new Instruction.Alu(width, op, R2, reg(R3)));
        assertThat(Long.toHexString(registers[2])).isEqualTo(result);
    }

    @Test
    void immediatesAreSignExtendedInWideOperationsOnly() {
        assertThat(run(5, new Instruction.Alu(Width.W64, AluOp.ADD, R1, new Operand.Imm(-1)))[1]).isEqualTo(4);
        assertThat(run(0, new Instruction.Move(Width.W32, R1, new Operand.Imm(-1)))[1]).isEqualTo(0xffff_ffffL);
        assertThat(run(0, new Instruction.Move(Width.W64, R1, new Operand.Imm(-1)))[1]).isEqualTo(-1);
    }

    @Test
    void movesExtendSigns() {
        assertThat(run(0x1_0000_0080L, new Instruction.MoveSignExtend(Width.W64, R2, R1, 8))[2]).isEqualTo(-128);
        assertThat(run(0x1_0000_0080L, new Instruction.MoveSignExtend(Width.W32, R2, R1, 8))[2])
                .isEqualTo(0xffff_ff80L);
        assertThat(run(0x1_8000_0000L, new Instruction.MoveSignExtend(Width.W64, R2, R1, 32))[2])
                .isEqualTo(0xffff_ffff_8000_0000L);
        assertThat(run(1, new Instruction.Negate(Width.W32, R1))[1]).isEqualTo(0xffff_ffffL);
    }

    @Test
    void bytesAreSwappedAndTheRestCleared() {
        assertThat(run(PATTERN, new Instruction.ByteSwap(Order.SWAP, R1, 16))[1]).isEqualTo(0x8887);
        assertThat(run(PATTERN, new Instruction.ByteSwap(Order.TO_BIG, R1, 32))[1]).isEqualTo(0x8887_8685L);
        assertThat(run(PATTERN, new Instruction.ByteSwap(Order.SWAP, R1, 64))[1]).isEqualTo(0x8887_8685_8483_8281L);
        assertThat(run(PATTERN, new Instruction.ByteSwap(Order.TO_LITTLE, R1, 32))[1]).isEqualTo(0x8586_8788L);
    }

    @Test
    void loadsOfAnySizeSeePartsOfStores() {
        assertThat(run(PATTERN, store(Size.DOUBLE, -8, R1),
                new Instruction.Load(Size.HALF, false, R2, R10, (short) -7),
                new Instruction.Load(Size.HALF, true, R3, R10, (short) -7),
                new Instruction.Load(Size.WORD, true, R0, R10, (short) -5)))
                .startsWith(0xffff_ffff_8283_8485L, PATTERN, 0x8687, 0xffff_ffff_ffff_8687L);
        assertThat(run(0x11, store(Size.DOUBLE, -8, R10), store(Size.DOUBLE, -16, R1), store(Size.BYTE, -8, R1),
                new Instruction.LoadAcquire(Size.BYTE, R2, R10, (short) -8))[2]).isEqualTo(0x11);
    }

    @Test
    void atomicsReturnTheOldNumberZeroExtended() {
        Instruction minus = constant(R2, -1);
        assertThat(run(PATTERN, store(Size.DOUBLE, -8, R1), minus,
                new Instruction.Atomic(AtomicOp.ADD, true, Size.WORD, R10, (short) -8, R2),
                new Instruction.Load(Size.DOUBLE, false, R3, R10, (short) -8)))
                .startsWith(0, PATTERN, 0x8586_8788L, 0x8182_8384_8586_8787L);
        assertThat(run(PATTERN, store(Size.DOUBLE, -8, R1), minus, constant(R0, 0x7_8586_8788L),
                new Instruction.Atomic(AtomicOp.CMPXCHG, true, Size.WORD, R10, (short) -8, R2),
                new Instruction.Load(Size.DOUBLE, false, R3, R10, (short) -8)))
                .startsWith(0x8586_8788L, PATTERN, -1, 0x8182_8384_ffff_ffffL);
        assertThat(run(PATTERN, store(Size.DOUBLE, -8, R1), minus,
                new Instruction.Atomic(AtomicOp.CMPXCHG, true, Size.DOUBLE, R10, (short) -8, R2),
                new Instruction.Load(Size.DOUBLE, false, R3, R10, (short) -8)))
                .startsWith(PATTERN, PATTERN, -1, PATTERN);
        assertThat(run(PATTERN, store(Size.DOUBLE, -8, R1), minus,
                new Instruction.Atomic(AtomicOp.AND, false, Size.DOUBLE, R10, (short) -8, R2)))
                        .startsWith(0, PATTERN, -1);
    }

    @ParameterizedTest
    @CsvSource({
        "W64, EQ, 1, 1, true", "W64, EQ, 100000001, 1, false", "W32, EQ, 100000001, 1, true", "W64, NE, 1, 1, false",
        "W64, SET, 6, 1, false", "W64, SET, 6, 4, true", "W64, GT, ffffffffffffffff, 1, true",
        "W64, SGT, ffffffffffffffff, 1, false", "W32, SGT, 80000000, 1, false", "W32, SLT, 80000000, 1, true",
        "W32, LT, 80000000, 1, false", "W64, GE, 1, 1, true", "W64, LE, 1, 1, true", "W64, SGE, 1, 2, false",
        "W64, SLE, ffffffffffffffff, 0, true",
    })
    void branchesCompare(Width width, Condition condition, String a, String b, boolean taken) {
        long[] registers = run(0, constant(R2, Long.parseUnsignedLong(a, 16)),
                constant(R3, Long.parseUnsignedLong(b, 16)),
                new Instruction.Branch(width, condition, R2, reg(R3), (short) 1),
                new Instruction.Move(Width.W64, R1, new Operand.Imm(9)));
        assertThat(registers[1] == 0).isEqualTo(taken);
    }

    @Test
    void contextAndDataAreMemoryToo() {
        byte[] context = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] data = new byte[8];
        NaiveEvaluator.run(Lists.immutable.with(
                new Instruction.Load(Size.WORD, false, R2, R1, (short) 2),
                new Instruction.LoadImmediate64(R3, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 4), null,
                new Instruction.StoreRelease(Size.HALF, R3, (short) 1, R2),
                new Instruction.Exit()), NaiveEvaluator.CONTEXT, context, data);
        assertThat(data).containsExactly(0, 0, 0, 0, 0, 3, 4, 0);
        assertThatThrownBy(() -> run(0, new Instruction.Load(Size.BYTE, false, R2, R1, (short) 0)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("address 0x0");
    }

    @Test
    void randomProgramsEndAndHaveAnEncoding() {
        Random random = new Random(4);
        long distinct = 0;
        for (int round = 0; round < 3_000; round++) {
            ImmutableList<Instruction> program = RandomPrograms.generate(random, 40);
            assertThat(InstructionDecoder.decodeAll(InstructionEncoder.encodeAll(program))).isEqualTo(program);
            long[] registers = NaiveEvaluator.run(program, random.nextLong(), new byte[0], new byte[0]);
            assertThat(registers[10]).isEqualTo(NaiveEvaluator.STACK_END);
            distinct += java.util.Arrays.stream(registers).distinct().count();
        }
        assertThat(distinct).isGreaterThan(3_000 * 6);
    }
}
