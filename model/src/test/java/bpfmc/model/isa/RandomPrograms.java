package bpfmc.model.isa;

import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Programs that are valid and end: jumps go forward, registers and stack bytes are written before they are read, stack
 * accesses stay inside the frame. Loads like to overlap earlier stores at other sizes and alignments.
 */
public final class RandomPrograms {
    private static final int STACK_BYTES = 512;
    /** Stack accesses keep to the bytes next to r10, so that they meet; some go deeper. */
    private static final int BUSY_BYTES = 40;
    private static final int DEEPEST = 2;
    private static final int[] PLAIN = {0, 1, -1, 2, 7, 31, 32, 63, 64, 255, 256, 0x7fff, 0x8000, 0xffff,
            Integer.MIN_VALUE, Integer.MAX_VALUE};

    private final Random random;
    private boolean[] written = new boolean[STACK_BYTES];
    private MutableList<Instruction> code = Lists.mutable.empty();

    private RandomPrograms(Random random) {
        this.random = random;
    }

    /**
     * {@return a whole program by slot} r1 is its unknown input, a number.
     *
     * @param length about how many instructions
     */
    public static ImmutableList<Instruction> generate(Random random, int length) {
        var generator = new RandomPrograms(random);
        for (Register register : Register.values()) {
            if (register != Register.R1 && register != Register.R10) {
                generator.constant(register);
            }
        }
        generator.block(length, 0);
        generator.code.add(new Instruction.Exit());
        return generator.code.toImmutable();
    }

    /**
     * {@return code by slot that begins with numbers in r0 to r9 and an unwritten stack, and runs to its end} It leaves
     * the lowest word of the stack alone.
     *
     * @param middle code that comes in the middle, on every way; it must leave numbers in r0 to r9
     */
    public static ImmutableList<Instruction> body(Random random, int length, ImmutableList<Instruction> middle) {
        var generator = new RandomPrograms(random);
        generator.block(length / 2, 0);
        generator.code.addAllIterable(middle);
        generator.block(length / 2, 0);
        return generator.code.toImmutable();
    }

    private void block(int length, int depth) {
        int end = code.size() + length;
        while (code.size() < end) {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> code.add(arithmetic());
                case 4, 5, 6 -> store(Register.R10, 0);
                case 7, 8, 9 -> load(Register.R10, 0);
                case 10 -> atomic(Register.R10, 0);
                case 11 -> throughCopy();
                case 12 -> throughSpilledCopy();
                case 13 -> constant(number());
                default -> {
                    if (depth < DEEPEST && end - code.size() > 3) {
                        branch(end - code.size(), depth);
                    } else {
                        code.add(arithmetic());
                    }
                }
            }
        }
    }

    /** One-armed or two-armed; what counts as written afterwards is what both ways wrote. */
    private void branch(int room, int depth) {
        MutableList<Instruction> before = code;
        boolean[] atStart = written.clone();
        MutableList<Instruction> then = arm(random.nextInt(1, room - 1), depth);
        boolean[] afterThen = written;
        written = atStart.clone();
        MutableList<Instruction> otherwise = random.nextBoolean() ? arm(random.nextInt(1, room - 1), depth)
                : Lists.mutable.empty();
        if (!otherwise.isEmpty()) {
            then.add(new Instruction.Jump(random.nextBoolean(), otherwise.size()));
        }
        code = before;
        code.add(new Instruction.Branch(width(), pick(Condition.values()), number(), operand(), (short) then.size()));
        code.addAll(then);
        code.addAll(otherwise);
        for (int i = 0; i < STACK_BYTES; i++) {
            written[i] &= afterThen[i];
        }
    }

    private MutableList<Instruction> arm(int length, int depth) {
        code = Lists.mutable.empty();
        block(length, depth + 1);
        return code;
    }

    private Instruction arithmetic() {
        return switch (random.nextInt(10)) {
            case 0 -> new Instruction.Negate(width(), number());
            case 1 -> new Instruction.Move(width(), number(), operand());
            case 2 -> {
                Width width = width();
                yield new Instruction.MoveSignExtend(width, number(), number(),
                        8 << random.nextInt(width == Width.W64 ? 3 : 2));
            }
            case 3 -> new Instruction.ByteSwap(pick(Instruction.ByteSwap.Order.values()), number(),
                    16 << random.nextInt(3));
            default -> new Instruction.Alu(width(), pick(AluOp.values()), number(), operand());
        };
    }

    private void constant(Register register) {
        if (random.nextInt(3) == 0) {
            code.add(new Instruction.LoadImmediate64(register, Instruction.LoadImmediate64.Pseudo.CONSTANT,
                    immediate(), immediate()));
            code.add(null);
        } else {
            code.add(new Instruction.Move(width(), register, new Operand.Imm(immediate())));
        }
    }

    private void store(Register base, int baseAt) {
        Size size = pick(Size.values());
        int at = position(size);
        short offset = (short) (at - baseAt);
        mark(at, size);
        if (random.nextInt(5) == 0) {
            code.add(new Instruction.StoreRelease(size, base, offset, numberBut(base)));
        } else {
            code.add(new Instruction.Store(size, base, offset, random.nextInt(4) == 0
                    ? new Operand.Imm(immediate()) : new Operand.Reg(numberBut(base))));
        }
    }

    private void load(Register base, int baseAt) {
        Size size = pick(Size.values());
        int at = writtenPosition(size, base, baseAt);
        short offset = (short) (at - baseAt);
        if (random.nextInt(5) == 0) {
            code.add(new Instruction.LoadAcquire(size, numberBut(base), base, offset));
        } else {
            code.add(new Instruction.Load(size, size != Size.DOUBLE && random.nextBoolean(), numberBut(base), base,
                    offset));
        }
    }

    private void atomic(Register base, int baseAt) {
        Size size = random.nextBoolean() ? Size.WORD : Size.DOUBLE;
        int at = writtenPosition(size, base, baseAt);
        AtomicOp picked = pick(AtomicOp.values());
        AtomicOp op = picked == AtomicOp.CMPXCHG && base == Register.R0 ? AtomicOp.XCHG : picked;
        boolean fetch = op == AtomicOp.XCHG || op == AtomicOp.CMPXCHG || random.nextBoolean();
        code.add(new Instruction.Atomic(op, fetch, size, base, (short) (at - baseAt), numberBut(base)));
    }

    /** An access through a copy of r10 that was moved; the copy becomes a number again. */
    private void throughCopy() {
        Register copy = number();
        int at = -random.nextInt(STACK_BYTES);
        code.add(new Instruction.Move(Width.W64, copy, new Operand.Reg(Register.R10)));
        code.add(random.nextBoolean() ? new Instruction.Alu(Width.W64, AluOp.ADD, copy, new Operand.Imm(at))
                : new Instruction.Alu(Width.W64, AluOp.SUB, copy, new Operand.Imm(-at)));
        access(copy, at);
        code.add(new Instruction.Move(Width.W64, copy, new Operand.Imm(immediate())));
    }

    /** The copy goes through a stack word and comes back in another register. */
    private void throughSpilledCopy() {
        Register copy = number();
        int at = -random.nextInt(STACK_BYTES);
        short word = (short) (-8 * random.nextInt(1, BUSY_BYTES / 8));
        code.add(new Instruction.Move(Width.W64, copy, new Operand.Reg(Register.R10)));
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, copy, new Operand.Imm(at)));
        code.add(new Instruction.Store(Size.DOUBLE, Register.R10, word, new Operand.Reg(copy)));
        code.add(new Instruction.Move(Width.W64, copy, new Operand.Imm(immediate())));
        Register again = number();
        code.add(new Instruction.Load(Size.DOUBLE, false, again, Register.R10, word));
        code.add(new Instruction.Store(Size.DOUBLE, Register.R10, word, new Operand.Reg(numberBut(again))));
        mark(word, Size.DOUBLE);
        access(again, at);
        code.add(new Instruction.Move(Width.W64, again, new Operand.Imm(immediate())));
    }

    private void access(Register base, int baseAt) {
        switch (random.nextInt(3)) {
            case 0 -> store(base, baseAt);
            case 1 -> load(base, baseAt);
            default -> atomic(base, baseAt);
        }
    }

    /** {@return where an access of this size may go, counted from r10} */
    private int position(Size size) {
        int reach = random.nextInt(6) == 0 ? STACK_BYTES - 8 : BUSY_BYTES;
        return -random.nextInt(size.bytes(), reach + 1);
    }

    /** {@return where all bytes are written; when no place is found, one is written first} */
    private int writtenPosition(Size size, Register base, int baseAt) {
        for (int attempt = 0; attempt < 8; attempt++) {
            int at = position(size);
            if (isWritten(at, size)) {
                return at;
            }
        }
        int at = position(size);
        code.add(new Instruction.Store(size, base, (short) (at - baseAt), new Operand.Reg(numberBut(base))));
        mark(at, size);
        return at;
    }

    private boolean isWritten(int at, Size size) {
        for (int i = 0; i < size.bytes(); i++) {
            if (!written[STACK_BYTES + at + i]) {
                return false;
            }
        }
        return true;
    }

    private void mark(int at, Size size) {
        java.util.Arrays.fill(written, STACK_BYTES + at, STACK_BYTES + at + size.bytes(), true);
    }

    private Operand operand() {
        return random.nextInt(5) < 3 ? new Operand.Reg(number()) : new Operand.Imm(immediate());
    }

    private int immediate() {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(-8, 64);
            default -> PLAIN[random.nextInt(PLAIN.length)];
        };
    }

    private Register number() {
        return Register.of(random.nextInt(10));
    }

    /** {@return a register that holds a number while {@code address} holds an address} */
    private Register numberBut(Register address) {
        Register register = number();
        return register == address ? Register.of((address.number() + 1) % 10) : register;
    }

    private Width width() {
        return pick(Width.values());
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
