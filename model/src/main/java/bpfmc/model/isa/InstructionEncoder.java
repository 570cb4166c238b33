package bpfmc.model.isa;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction.LoadPacket.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * Instructions to bytes: the exact inverse of {@link InstructionDecoder}. The records can say a little more than the
 * encoding can; what has no encoding is an {@link InputException}.
 */
public final class InstructionEncoder {
    private static final int SLOT_BYTES = 8;
    private static final int REGISTER_SOURCE = 8;

    private InstructionEncoder() {}

    /**
     * {@return eight bytes a slot, little-endian}
     *
     * @param bySlot with null in the second slot of each 64-bit immediate load and nowhere else
     * @throws InputException when an instruction has no encoding, or slots and instructions do not fit together
     */
    public static byte[] encodeAll(ImmutableList<Instruction> bySlot) {
        ByteBuffer buffer = ByteBuffer.allocate(bySlot.size() * SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int slot = 0;
        while (slot < bySlot.size()) {
            Instruction instruction = bySlot.get(slot);
            try {
                require(instruction != null, "second slot of a 64-bit immediate load without its first");
                buffer.putLong(word(instruction));
                if (instruction instanceof Instruction.LoadImmediate64 wide) {
                    require(slot + 1 < bySlot.size() && bySlot.get(slot + 1) == null,
                            "64-bit immediate load without its second slot");
                    buffer.putLong((long) wide.high() << 32);
                }
            } catch (InputException e) {
                throw e.within("instruction " + slot);
            }
            slot += instruction.slots();
        }
        return buffer.array();
    }

    /** {@return the first slot of the instruction; the only one but for a 64-bit immediate load} */
    private static long word(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Alu i -> alu(i);
            case Instruction.Negate i -> slot(aluClass(i.width()) | Opcode.NEG, number(i.dst()), 0, 0, 0);
            case Instruction.Move i -> operand(aluClass(i.width()) | Opcode.MOV, number(i.dst()), i.src(), 0);
            case Instruction.MoveSignExtend i -> moveSignExtend(i);
            case Instruction.ByteSwap i -> byteSwap(i);
            case Instruction.AddressSpaceCast i -> addressSpaceCast(i);
            case Instruction.LoadImmediate64 i ->
                    slot(Opcode.LD_IMM64, number(i.dst()), i.kind().ordinal(), 0, i.low());
            case Instruction.Load i -> load(i);
            case Instruction.LoadPacket i -> loadPacket(i);
            case Instruction.Store i -> store(i);
            case Instruction.Atomic i -> atomic(i);
            case Instruction.LoadAcquire i -> slot(Opcode.STX | Opcode.ATOMIC | code(i.size()), number(i.dst()),
                    number(i.base()), i.offset(), Opcode.LOAD_ACQUIRE);
            case Instruction.StoreRelease i -> slot(Opcode.STX | Opcode.ATOMIC | code(i.size()), number(i.base()),
                    number(i.src()), i.offset(), Opcode.STORE_RELEASE);
            case Instruction.Jump i -> jump(i);
            case Instruction.JumpIndirect i -> slot(Opcode.JMP | REGISTER_SOURCE, number(i.target()), 0, 0, 0);
            case Instruction.Branch i ->
                    operand((i.width() == Width.W32 ? Opcode.JMP32 : Opcode.JMP) | Opcode.of(i.condition()),
                    number(i.dst()), i.src(), i.offset());
            case Instruction.MayGoto i -> slot(Opcode.JMP | Opcode.MAY_GOTO, 0, 0, i.offset(), 0);
            case Instruction.CallHelper i -> slot(Opcode.JMP | Opcode.CALL, 0, 0, 0, i.helper());
            case Instruction.CallSubprogram i -> slot(Opcode.JMP | Opcode.CALL, 0, 1, 0, i.offset());
            case Instruction.CallKfunc i -> slot(Opcode.JMP | Opcode.CALL, 0, 2, i.module(), i.btfId());
            case Instruction.CallIndirect i -> callIndirect(i);
            case Instruction.Exit i -> slot(Opcode.JMP | Opcode.EXIT, 0, 0, 0, 0);
            case Instruction.Invalid i -> i.word();
        };
    }

    private static long alu(Instruction.Alu i) {
        boolean signed = i.op() == AluOp.SDIV || i.op() == AluOp.SMOD;
        return operand(aluClass(i.width()) | Opcode.of(i.op()), number(i.dst()), i.src(), signed ? 1 : 0);
    }

    private static long moveSignExtend(Instruction.MoveSignExtend i) {
        require(i.bits() == 8 || i.bits() == 16 || i.bits() == 32 && i.width() == Width.W64,
                i.width().bits() + "-bit move with sign extension from " + i.bits() + " bits");
        return slot(aluClass(i.width()) | Opcode.MOV | REGISTER_SOURCE, number(i.dst()), number(i.src()), i.bits(), 0);
    }

    private static long byteSwap(Instruction.ByteSwap i) {
        require(i.bits() == 16 || i.bits() == 32 || i.bits() == 64, "byte swap of " + i.bits() + " bits");
        int opcode = switch (i.order()) {
            case TO_LITTLE -> Opcode.ALU | Opcode.END;
            case TO_BIG -> Opcode.ALU | Opcode.END | REGISTER_SOURCE;
            case SWAP -> Opcode.ALU64 | Opcode.END;
        };
        return slot(opcode, number(i.dst()), 0, 0, i.bits());
    }

    private static long addressSpaceCast(Instruction.AddressSpaceCast i) {
        require(i.toSpace() >>> 16 == 0 && i.fromSpace() >>> 16 == 0,
                "cast between address spaces " + i.fromSpace() + " and " + i.toSpace());
        return slot(Opcode.ALU64 | Opcode.MOV | REGISTER_SOURCE, number(i.dst()), number(i.src()), 1,
                i.toSpace() << 16 | i.fromSpace());
    }

    private static long load(Instruction.Load i) {
        require(!i.signExtend() || i.size() != Size.DOUBLE, "sign-extending load of 8 bytes");
        int mode = i.signExtend() ? Opcode.MEMSX : Opcode.MEM;
        return slot(Opcode.LDX | mode | code(i.size()), number(i.dst()), number(i.base()), i.offset(), 0);
    }

    private static long loadPacket(Instruction.LoadPacket i) {
        require(i.size() != Size.DOUBLE, "packet load of 8 bytes");
        require(i.mode() == Mode.INDIRECT || i.index() == Register.R0, "absolute packet load with a register");
        int mode = i.mode() == Mode.INDIRECT ? Opcode.IND : Opcode.ABS;
        return slot(Opcode.LD | mode | code(i.size()), 0, number(i.index()), 0, i.offset());
    }

    private static long store(Instruction.Store i) {
        int opcode = Opcode.MEM | code(i.size());
        return switch (i.src()) {
            case Operand.Reg r -> slot(Opcode.STX | opcode, number(i.base()), number(r.register()), i.offset(), 0);
            case Operand.Imm v -> slot(Opcode.ST | opcode, number(i.base()), 0, i.offset(), v.value());
        };
    }

    private static long atomic(Instruction.Atomic i) {
        require(i.size() == Size.WORD || i.size() == Size.DOUBLE, "atomic operation of " + i.size().bytes() + " bytes");
        require(i.fetch() || i.op() != AtomicOp.XCHG && i.op() != AtomicOp.CMPXCHG, i.op() + " without the old value");
        return slot(Opcode.STX | Opcode.ATOMIC | code(i.size()), number(i.base()), number(i.src()), i.offset(),
                Opcode.of(i.op()) | (i.fetch() ? Opcode.FETCH : 0));
    }

    private static long jump(Instruction.Jump i) {
        if (i.wide()) {
            return slot(Opcode.JMP32, 0, 0, 0, i.offset());
        }
        require(i.offset() == (short) i.offset(), "goto over " + i.offset() + " slots, more than 16 bits");
        return slot(Opcode.JMP, 0, 0, i.offset(), 0);
    }

    private static long callIndirect(Instruction.CallIndirect i) {
        int opcode = Opcode.JMP | Opcode.CALL | REGISTER_SOURCE;
        return switch (i.field()) {
            case DESTINATION -> slot(opcode, number(i.target()), 0, 0, 0);
            case IMMEDIATE -> {
                require(i.target() != Register.R0, "callx of r0 with the register in the immediate");
                yield slot(opcode, 0, 0, 0, number(i.target()));
            }
        };
    }

    private static long operand(int opcode, int dst, Operand src, int offset) {
        return switch (src) {
            case Operand.Reg r -> slot(opcode | REGISTER_SOURCE, dst, number(r.register()), offset, 0);
            case Operand.Imm i -> slot(opcode, dst, 0, offset, i.value());
        };
    }

    private static long slot(int opcode, int dst, int src, int offset, int immediate) {
        return (long) immediate << 32 | (offset & 0xffffL) << 16 | (long) src << 12 | (long) dst << 8 | opcode;
    }

    private static int number(Register register) {
        return register.number();
    }

    private static int aluClass(Width width) {
        return width == Width.W32 ? Opcode.ALU : Opcode.ALU64;
    }

    private static int code(Size size) {
        return switch (size) {
            case WORD -> 0x00;
            case HALF -> 0x08;
            case BYTE -> 0x10;
            case DOUBLE -> 0x18;
        };
    }

    private static void require(boolean valid, String what) {
        if (!valid) {
            throw new InputException("no encoding: " + what);
        }
    }
}
