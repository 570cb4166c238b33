package bpfmc.model.isa;

import bpfmc.model.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Bytes to instructions, as {@link InstructionDecoder}, but slot by slot: what the kernel refuses wherever it stands is an
 * {@link Instruction.Invalid} with the verifier's own words. The words are those of Linux 6.18, asked of it.
 */
public final class ProgramDecoder {
    private static final int SLOT_BYTES = 8;
    private static final int LAST_REGISTER = 10;
    private static final int LAST_PSEUDO = 6;

    private ProgramDecoder() {}

    /** {@return the instructions by slot, null in the second slot of a 64-bit immediate load} */
    public static ImmutableList<Instruction> decode(byte[] code) {
        ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
        MutableList<Instruction> instructions = Lists.mutable.empty();
        while (buffer.hasRemaining()) {
            Instruction instruction = next(buffer);
            instructions.add(instruction);
            if (instruction.slots() == 2) {
                instructions.add(null);
            }
        }
        return instructions.toImmutable();
    }

    private static Instruction next(ByteBuffer buffer) {
        int start = buffer.position();
        long word = buffer.getLong(start);
        try {
            Instruction instruction = InstructionDecoder.next(buffer);
            if (!writesFramePointer(instruction)) {
                return instruction;
            }
            buffer.position(start + SLOT_BYTES);
            return new Instruction.Invalid(word, "frame pointer is read only", false);
        } catch (InputException e) {
            buffer.position(start + SLOT_BYTES);
            return invalid(word, e);
        }
    }

    private static boolean writesFramePointer(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Alu i -> i.dst() == Register.R10;
            case Instruction.Negate i -> i.dst() == Register.R10;
            case Instruction.Move i -> i.dst() == Register.R10;
            case Instruction.MoveSignExtend i -> i.dst() == Register.R10;
            case Instruction.ByteSwap i -> i.dst() == Register.R10;
            case Instruction.AddressSpaceCast i -> i.dst() == Register.R10;
            case Instruction.LoadImmediate64 i -> i.dst() == Register.R10;
            case Instruction.Load i -> i.dst() == Register.R10;
            case Instruction.LoadAcquire i -> i.dst() == Register.R10;
            case Instruction.Atomic i -> i.fetch() && i.op() != AtomicOp.CMPXCHG && i.src() == Register.R10;
            case Instruction.LoadPacket i -> false;
            case Instruction.Store i -> false;
            case Instruction.StoreRelease i -> false;
            case Instruction.Jump i -> false;
            case Instruction.JumpIndirect i -> false;
            case Instruction.Branch i -> false;
            case Instruction.MayGoto i -> false;
            case Instruction.CallHelper i -> false;
            case Instruction.CallSubprogram i -> false;
            case Instruction.CallKfunc i -> false;
            case Instruction.CallIndirect i -> false;
            case Instruction.Exit i -> false;
            case Instruction.Invalid i -> false;
        };
    }

    private static Instruction invalid(long word, InputException why) {
        Raw raw = Raw.of(word);
        if (why.getMessage().startsWith(Raw.UNKNOWN)) {
            return new Instruction.Invalid(word, String.format(Locale.ROOT, "unknown opcode %02x", raw.opcode()), true);
        }
        if (raw.opcode() == Opcode.LD_IMM64 && raw.src() > LAST_PSEUDO) {
            return new Instruction.Invalid(word, "unrecognized bpf_ld_imm64 insn", true);
        }
        if (raw.dst() > LAST_REGISTER || raw.src() > LAST_REGISTER) {
            return new Instruction.Invalid(word, "R" + (raw.dst() > LAST_REGISTER ? raw.dst() : raw.src()) + " is invalid", false);
        }
        if (raw.opcode() == Opcode.LD_IMM64) {
            return new Instruction.Invalid(word, "invalid bpf_ld_imm64 insn", true);
        }
        boolean atomic = (raw.opcode() & 7) == Opcode.STX && raw.mode() == Opcode.ATOMIC;
        return atomic ? new Instruction.Invalid(word, "BPF_ATOMIC uses invalid atomic opcode " + Integer.toHexString(raw.immediate()), false)
                : new Instruction.Invalid(word, family(raw) + " uses reserved fields", (raw.opcode() & 7) == Opcode.LDX);
    }

    /** {@return what the verifier calls instructions of this kind} */
    private static String family(Raw raw) {
        int operation = raw.opcode() & 0xf0;
        return switch (raw.opcode() & 7) {
            case Opcode.LD -> "BPF_LD_[ABS|IND]";
            case Opcode.LDX -> "BPF_LDX";
            case Opcode.ST -> "BPF_ST";
            case Opcode.STX -> "BPF_STX";
            case Opcode.JMP, Opcode.JMP32 -> switch (operation) {
                case 0x00 -> "BPF_JA";
                case Opcode.CALL -> "BPF_CALL";
                case Opcode.EXIT -> "BPF_EXIT";
                default -> "BPF_JMP/JMP32";
            };
            default -> switch (operation) {
                case Opcode.NEG -> "BPF_NEG";
                case Opcode.MOV -> "BPF_MOV";
                case Opcode.END -> "BPF_END";
                default -> "BPF_ALU";
            };
        };
    }
}
