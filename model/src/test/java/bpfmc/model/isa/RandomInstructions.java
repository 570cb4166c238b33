package bpfmc.model.isa;

import bpfmc.model.isa.Instruction.ByteSwap.Order;
import bpfmc.model.isa.Instruction.CallIndirect.Field;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Instruction.LoadPacket.Mode;
import java.util.Random;

/**
 * Instructions that have an encoding, every record and every enum value among them; they need not make sense
 * together.
 */
final class RandomInstructions {
    /** All but the last, {@link Instruction.Invalid}. */
    static final int KINDS = Instruction.class.getPermittedSubclasses().length - 1;

    private final Random random;

    RandomInstructions(Random random) {
        this.random = random;
    }

    /** {@return an instruction of the record with this number, in the order of the sealed interface} */
    Instruction ofKind(int kind) {
        return switch (kind) {
            case 0 -> new Instruction.Alu(pick(Width.values()), pick(AluOp.values()), register(), operand());
            case 1 -> new Instruction.Negate(pick(Width.values()), register());
            case 2 -> new Instruction.Move(pick(Width.values()), register(), operand());
            case 3 -> moveSignExtend();
            case 4 -> new Instruction.ByteSwap(pick(Order.values()), register(), 16 << random.nextInt(3));
            case 5 -> new Instruction.AddressSpaceCast(register(), register(), random.nextInt(1 << 16),
                    random.nextInt(1 << 16));
            case 6 -> new Instruction.LoadImmediate64(register(), pick(Pseudo.values()), immediate(), immediate());
            case 7 -> load();
            case 8 -> loadPacket();
            case 9 -> new Instruction.Store(pick(Size.values()), register(), offset(), operand());
            case 10 -> atomic();
            case 11 -> new Instruction.LoadAcquire(pick(Size.values()), register(), register(), offset());
            case 12 -> new Instruction.StoreRelease(pick(Size.values()), register(), offset(), register());
            case 13 -> jump();
            case 14 -> new Instruction.JumpIndirect(register());
            case 15 -> new Instruction.Branch(pick(Width.values()), pick(Condition.values()), register(), operand(),
                    offset());
            case 16 -> new Instruction.MayGoto(offset());
            case 17 -> new Instruction.CallHelper(immediate());
            case 18 -> new Instruction.CallSubprogram(immediate());
            case 19 -> new Instruction.CallKfunc(immediate(), offset());
            case 20 -> callIndirect();
            case 21 -> new Instruction.Exit();
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    private Instruction moveSignExtend() {
        Width width = pick(Width.values());
        int bits = 8 << random.nextInt(width == Width.W64 ? 3 : 2);
        return new Instruction.MoveSignExtend(width, register(), register(), bits);
    }

    private Instruction load() {
        boolean signed = random.nextBoolean();
        Size size = signed ? Size.values()[random.nextInt(3)] : pick(Size.values());
        return new Instruction.Load(size, signed, register(), register(), offset());
    }

    private Instruction loadPacket() {
        Mode mode = pick(Mode.values());
        Register index = mode == Mode.ABSOLUTE ? Register.R0 : register();
        return new Instruction.LoadPacket(mode, Size.values()[random.nextInt(3)], index, immediate());
    }

    private Instruction atomic() {
        AtomicOp op = pick(AtomicOp.values());
        boolean fetch = op == AtomicOp.XCHG || op == AtomicOp.CMPXCHG || random.nextBoolean();
        return new Instruction.Atomic(op, fetch, random.nextBoolean() ? Size.WORD : Size.DOUBLE, register(), offset(),
                register());
    }

    private Instruction jump() {
        boolean wide = random.nextBoolean();
        return new Instruction.Jump(wide, wide ? immediate() : offset());
    }

    private Instruction callIndirect() {
        Register target = register();
        return new Instruction.CallIndirect(target, target == Register.R0 ? Field.DESTINATION : pick(Field.values()));
    }

    private Operand operand() {
        return random.nextBoolean() ? new Operand.Reg(register()) : new Operand.Imm(immediate());
    }

    private Register register() {
        return pick(Register.values());
    }

    private short offset() {
        return (short) random.nextInt();
    }

    private int immediate() {
        return random.nextBoolean() ? random.nextInt() : random.nextInt(-2, 3);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
