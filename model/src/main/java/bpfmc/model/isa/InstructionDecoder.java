package bpfmc.model.isa;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction.ByteSwap.Order;
import bpfmc.model.isa.Instruction.CallIndirect.Field;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Instruction.LoadPacket.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Bytes to instructions. Strict: a reserved field that is not zero is an error, so that encoding gives the same bytes
 * back.
 *
 * <p>The opcode byte is class (bits 0 to 2) and either operation (4 to 7) and source (3), or mode (5 to 7) and size
 * (3 to 4): Documentation/bpf/standardization/instruction-set.rst, sections 3 to 5.
 */
public final class InstructionDecoder {
    private static final int SLOT_BYTES = 8;

    private InstructionDecoder() {}

    /**
     * {@return the instructions by slot, null in the second slot of a 64-bit immediate load}
     *
     * @throws InputException when a slot is no instruction; {@link ProgramDecoder} goes on
     */
    public static ImmutableList<Instruction> decodeAll(byte[] code) {
        if (code.length % SLOT_BYTES != 0) {
            throw new InputException("code of " + code.length + " bytes is not a whole number of 8-byte instructions");
        }
        ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
        MutableList<Instruction> instructions = Lists.mutable.empty();
        while (buffer.hasRemaining()) {
            int slot = instructions.size();
            try {
                Instruction instruction = next(buffer);
                instructions.add(instruction);
                if (instruction.slots() == 2) {
                    instructions.add(null);
                }
            } catch (InputException e) {
                throw e.within("instruction " + slot);
            }
        }
        return instructions.toImmutable();
    }

    /** {@return the instruction at the buffer's position, which moves behind it} */
    static Instruction next(ByteBuffer buffer) {
        Raw raw = Raw.of(buffer.getLong());
        return raw.opcode() == Opcode.LD_IMM64 ? wide(raw, buffer) : decode(raw);
    }

    private static Instruction wide(Raw raw, ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            throw new InputException("64-bit immediate load is cut off after its first slot");
        }
        Raw second = Raw.of(buffer.getLong());
        if (second.opcode() != 0 || second.dst() != 0 || second.src() != 0 || second.offset() != 0) {
            throw new InputException("second slot of a 64-bit immediate load has other fields than the immediate");
        }
        if (raw.src() >= Pseudo.values().length) {
            throw new InputException("64-bit immediate load of unknown kind " + raw.src());
        }
        raw.requireOffset(0);
        return new Instruction.LoadImmediate64(raw.dstRegister(), Pseudo.values()[raw.src()], raw.immediate(),
                second.immediate());
    }

    private static Instruction decode(Raw raw) {
        return switch (raw.opcode() & 7) {
            case Opcode.LD -> packet(raw);
            case Opcode.LDX -> load(raw);
            case Opcode.ST -> storeImmediate(raw);
            case Opcode.STX -> store(raw);
            case Opcode.ALU -> alu(raw, Width.W32);
            case Opcode.JMP -> jump(raw, Width.W64);
            case Opcode.JMP32 -> jump(raw, Width.W32);
            default -> alu(raw, Width.W64);
        };
    }

    private static Instruction packet(Raw raw) {
        Size size = raw.size();
        raw.requireOpcode(size != Size.DOUBLE && (raw.mode() == Opcode.ABS || raw.mode() == Opcode.IND));
        raw.requireDestination(0);
        raw.requireOffset(0);
        return switch (raw.mode()) {
            case Opcode.ABS -> {
                raw.requireSource(0);
                yield new Instruction.LoadPacket(Mode.ABSOLUTE, size, Register.R0, raw.immediate());
            }
            case Opcode.IND -> new Instruction.LoadPacket(Mode.INDIRECT, size, raw.srcRegister(), raw.immediate());
            default -> throw raw.unknown();
        };
    }

    private static Instruction load(Raw raw) {
        boolean signed = raw.mode() == Opcode.MEMSX;
        raw.requireOpcode(raw.mode() == Opcode.MEM || signed && raw.size() != Size.DOUBLE);
        raw.requireImmediate(0);
        return new Instruction.Load(raw.size(), signed, raw.dstRegister(), raw.srcRegister(), raw.offset());
    }

    private static Instruction storeImmediate(Raw raw) {
        raw.requireOpcode(raw.mode() == Opcode.MEM);
        raw.requireSource(0);
        return new Instruction.Store(raw.size(), raw.dstRegister(), raw.offset(), new Operand.Imm(raw.immediate()));
    }

    private static Instruction store(Raw raw) {
        if (raw.mode() == Opcode.ATOMIC) {
            return atomic(raw);
        }
        raw.requireOpcode(raw.mode() == Opcode.MEM);
        raw.requireImmediate(0);
        return new Instruction.Store(raw.size(), raw.dstRegister(), raw.offset(), new Operand.Reg(raw.srcRegister()));
    }

    private static Instruction atomic(Raw raw) {
        Size size = raw.size();
        if (raw.immediate() == Opcode.LOAD_ACQUIRE) {
            return new Instruction.LoadAcquire(size, raw.dstRegister(), raw.srcRegister(), raw.offset());
        }
        if (raw.immediate() == Opcode.STORE_RELEASE) {
            return new Instruction.StoreRelease(size, raw.dstRegister(), raw.offset(), raw.srcRegister());
        }
        raw.require(size == Size.WORD || size == Size.DOUBLE, "atomic operation of " + size.bytes() + " bytes");
        boolean fetch = (raw.immediate() & Opcode.FETCH) != 0;
        AtomicOp op = switch (raw.immediate()) {
            case 0x00, 0x01 -> AtomicOp.ADD;
            case 0x40, 0x41 -> AtomicOp.OR;
            case 0x50, 0x51 -> AtomicOp.AND;
            case 0xa0, 0xa1 -> AtomicOp.XOR;
            case 0xe1 -> AtomicOp.XCHG;
            case 0xf1 -> AtomicOp.CMPXCHG;
            default -> throw new InputException("unknown atomic operation 0x" + Integer.toHexString(raw.immediate()));
        };
        return new Instruction.Atomic(op, fetch, size, raw.dstRegister(), raw.offset(), raw.srcRegister());
    }

    private static Instruction alu(Raw raw, Width width) {
        int operation = raw.opcode() & 0xf0;
        return switch (operation) {
            case Opcode.NEG -> {
                raw.requireOpcode(!raw.fromRegister());
                raw.requireSource(0);
                raw.requireOffset(0);
                raw.requireImmediate(0);
                yield new Instruction.Negate(width, raw.dstRegister());
            }
            case Opcode.MOV -> move(raw, width);
            case Opcode.END -> swap(raw, width);
            default -> new Instruction.Alu(width, binary(raw, operation), raw.dstRegister(), raw.operand());
        };
    }

    private static AluOp binary(Raw raw, int operation) {
        boolean signed = raw.offset() == 1 && (operation == Opcode.DIV || operation == Opcode.MOD);
        if (!signed) {
            raw.requireOffset(0);
        }
        return switch (operation) {
            case 0x00 -> AluOp.ADD;
            case 0x10 -> AluOp.SUB;
            case 0x20 -> AluOp.MUL;
            case Opcode.DIV -> signed ? AluOp.SDIV : AluOp.DIV;
            case 0x40 -> AluOp.OR;
            case 0x50 -> AluOp.AND;
            case 0x60 -> AluOp.LSH;
            case 0x70 -> AluOp.RSH;
            case Opcode.MOD -> signed ? AluOp.SMOD : AluOp.MOD;
            case 0xa0 -> AluOp.XOR;
            case 0xc0 -> AluOp.ARSH;
            default -> throw raw.unknown();
        };
    }

    private static Instruction move(Raw raw, Width width) {
        if (raw.offset() == 0) {
            return new Instruction.Move(width, raw.dstRegister(), raw.operand());
        }
        if (width == Width.W64 && raw.offset() == 1 && raw.fromRegister()) {
            return new Instruction.AddressSpaceCast(raw.dstRegister(), raw.srcRegister(), raw.immediate() >>> 16,
                    raw.immediate() & 0xffff);
        }
        if (!raw.fromRegister()) {
            raw.requireOffset(0);
        }
        raw.require(raw.offset() == 8 || raw.offset() == 16 || raw.offset() == 32 && width == Width.W64,
                "move with sign extension from " + raw.offset() + " bits");
        raw.requireImmediate(0);
        return new Instruction.MoveSignExtend(width, raw.dstRegister(), raw.srcRegister(), raw.offset());
    }

    private static Instruction swap(Raw raw, Width width) {
        raw.requireOpcode(width == Width.W32 || !raw.fromRegister());
        raw.requireSource(0);
        raw.requireOffset(0);
        raw.require(raw.immediate() == 16 || raw.immediate() == 32 || raw.immediate() == 64,
                "byte swap of " + raw.immediate() + " bits");
        Order order = width == Width.W64 ? Order.SWAP : raw.fromRegister() ? Order.TO_BIG : Order.TO_LITTLE;
        return new Instruction.ByteSwap(order, raw.dstRegister(), raw.immediate());
    }

    private static Instruction jump(Raw raw, Width width) {
        int operation = raw.opcode() & 0xf0;
        return switch (operation) {
            case 0x00 -> unconditional(raw, width);
            case Opcode.CALL -> call(raw, width);
            case Opcode.EXIT -> {
                raw.requireOpcode(width == Width.W64 && !raw.fromRegister());
                raw.requireDestination(0);
                raw.requireSource(0);
                raw.requireOffset(0);
                raw.requireImmediate(0);
                yield new Instruction.Exit();
            }
            case Opcode.MAY_GOTO -> {
                raw.requireOpcode(width == Width.W64 && !raw.fromRegister());
                raw.requireDestination(0);
                raw.requireSource(0);
                raw.requireImmediate(0);
                yield new Instruction.MayGoto(raw.offset());
            }
            default -> new Instruction.Branch(width, condition(raw, operation), raw.dstRegister(), raw.operand(),
                    raw.offset());
        };
    }

    private static Instruction unconditional(Raw raw, Width width) {
        raw.requireOpcode(width == Width.W64 || !raw.fromRegister());
        raw.requireSource(0);
        if (raw.fromRegister()) {
            raw.requireOffset(0);
            raw.requireImmediate(0);
            return new Instruction.JumpIndirect(raw.dstRegister());
        }
        raw.requireDestination(0);
        if (width == Width.W32) {
            raw.requireOffset(0);
            return new Instruction.Jump(true, raw.immediate());
        }
        raw.requireImmediate(0);
        return new Instruction.Jump(false, raw.offset());
    }

    private static Instruction call(Raw raw, Width width) {
        raw.requireOpcode(width == Width.W64);
        if (raw.fromRegister()) {
            return callIndirect(raw);
        }
        raw.requireDestination(0);
        return switch (raw.src()) {
            case 0 -> {
                raw.requireOffset(0);
                yield new Instruction.CallHelper(raw.immediate());
            }
            case 1 -> {
                raw.requireOffset(0);
                yield new Instruction.CallSubprogram(raw.immediate());
            }
            case 2 -> new Instruction.CallKfunc(raw.immediate(), raw.offset());
            default -> throw new InputException("call of unknown kind " + raw.src());
        };
    }

    /** Both encodings of r0 are the same bytes; they count as the newer one. */
    private static Instruction callIndirect(Raw raw) {
        raw.requireSource(0);
        raw.requireOffset(0);
        if (raw.immediate() == 0) {
            return new Instruction.CallIndirect(raw.dstRegister(), Field.DESTINATION);
        }
        raw.requireDestination(0);
        return new Instruction.CallIndirect(Register.of(raw.immediate()), Field.IMMEDIATE);
    }

    private static Condition condition(Raw raw, int operation) {
        return switch (operation) {
            case 0x10 -> Condition.EQ;
            case 0x20 -> Condition.GT;
            case 0x30 -> Condition.GE;
            case 0x40 -> Condition.SET;
            case 0x50 -> Condition.NE;
            case 0x60 -> Condition.SGT;
            case 0x70 -> Condition.SGE;
            case 0xa0 -> Condition.LT;
            case 0xb0 -> Condition.LE;
            case 0xc0 -> Condition.SLT;
            case 0xd0 -> Condition.SLE;
            default -> throw raw.unknown();
        };
    }
}
