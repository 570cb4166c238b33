package bpfmc.model.isa;

import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Instruction.LoadPacket.Mode;

/**
 * Instructions as text, in the syntax that clang's assembler reads and {@code llvm-objdump -d} writes
 * (llvm/lib/Target/BPF/BPFInstrInfo.td, LLVM 19; load_acquire and store_release as LLVM 20 added them, gotox as
 * LLVM 22). LLVM 19 shows those as {@code <unknown>} or, some forms of load_acquire, wrongly as an atomic addition.
 *
 * <p>Numbers are hexadecimal, and signed but for the immediate of {@code ld_pseudo}. Plain loads and stores name the
 * 64-bit register whatever their size, as llvm-objdump does when it is not told of 32-bit registers, and so does the
 * plain atomic addition; all other 32-bit atomics have only a form with 32-bit registers.
 */
public final class Disassembler {
    private Disassembler() {}

    /** {@return the instruction on one line; jumps by their distance in slots, calls by their number} */
    public static String text(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Alu i -> name(i.width(), i.dst()) + " " + symbol(i.op()) + "= "
                    + operand(i.width(), i.src());
            case Instruction.Negate i -> name(i.width(), i.dst()) + " = -" + name(i.width(), i.dst());
            case Instruction.Move i -> name(i.width(), i.dst()) + " = " + operand(i.width(), i.src());
            case Instruction.MoveSignExtend i ->
                    name(i.width(), i.dst()) + " = (s" + i.bits() + ")" + name(i.width(), i.src());
            case Instruction.ByteSwap i -> wide(i.dst()) + " = " + order(i.order()) + i.bits() + " " + wide(i.dst());
            case Instruction.AddressSpaceCast i -> wide(i.dst()) + " = addr_space_cast(" + wide(i.src()) + ", "
                    + hex(i.toSpace()) + ", " + hex(i.fromSpace()) + ")";
            case Instruction.LoadImmediate64 i -> loadImmediate(i);
            case Instruction.Load i -> wide(i.dst()) + " = "
                    + memory(i.signExtend() ? "s" : "u", i.size(), i.base(), i.offset());
            case Instruction.LoadPacket i -> "r0 = *(" + type("u", i.size()) + " *)skb["
                    + (i.mode() == Mode.ABSOLUTE ? hex(i.offset()) : wide(i.index()) + indexOffset(i.offset())) + "]";
            case Instruction.Store i -> memory("u", i.size(), i.base(), i.offset()) + " = "
                    + operand(Width.W64, i.src());
            case Instruction.Atomic i -> atomic(i);
            case Instruction.LoadAcquire i ->
                    narrow(i.size(), i.dst()) + " = load_acquire(" + place(i.size(), i.base(), i.offset()) + ")";
            case Instruction.StoreRelease i ->
                    "store_release(" + place(i.size(), i.base(), i.offset()) + ", " + narrow(i.size(), i.src()) + ")";
            case Instruction.Jump i -> (i.wide() ? "gotol " : "goto ") + distance(i.offset());
            case Instruction.JumpIndirect i -> "gotox " + wide(i.target());
            case Instruction.Branch i -> "if " + name(i.width(), i.dst()) + " " + symbol(i.condition()) + " "
                    + operand(i.width(), i.src()) + " goto " + distance(i.offset());
            case Instruction.MayGoto i -> "may_goto " + distance(i.offset());
            case Instruction.CallHelper i -> "call " + hex(i.helper());
            case Instruction.CallSubprogram i -> "call " + hex(i.offset());
            case Instruction.CallKfunc i -> "call " + hex(i.btfId());
            case Instruction.CallIndirect i -> "callx " + wide(i.target());
            case Instruction.Exit i -> "exit";
            case Instruction.Invalid i -> String.format(java.util.Locale.ROOT, "<invalid: %016x>", i.word());
        };
    }

    /** A 64-bit immediate with a meaning has only llvm's raw form; it shows the first slot's immediate alone. */
    private static String loadImmediate(Instruction.LoadImmediate64 i) {
        return i.kind() == Pseudo.CONSTANT ? wide(i.dst()) + " = " + hex(i.value()) + " ll"
                : "ld_pseudo " + wide(i.dst()) + ", " + hex(i.kind().ordinal()) + ", " + hex(i.low() & 0xffff_ffffL);
    }

    private static String atomic(Instruction.Atomic i) {
        String src = narrow(i.size(), i.src());
        String address = wide(i.base()) + displacement(i.offset());
        boolean word = i.size() == Size.WORD;
        return switch (i.op()) {
            case XCHG -> src + " = " + (word ? "xchg32_32(" : "xchg_64(") + address + ", " + src + ")";
            case CMPXCHG -> narrow(i.size(), Register.R0) + " = " + (word ? "cmpxchg32_32(" : "cmpxchg_64(")
                    + address + ", " + narrow(i.size(), Register.R0) + ", " + src + ")";
            case ADD -> modify(i, "add", "+", i.fetch() ? src : wide(i.src()));
            case OR -> modify(i, "or", "|", src);
            case AND -> modify(i, "and", "&", src);
            case XOR -> modify(i, "xor", "^", src);
        };
    }

    private static String modify(Instruction.Atomic i, String name, String symbol, String src) {
        return i.fetch()
                ? src + " = atomic_fetch_" + name + "(" + place(i.size(), i.base(), i.offset()) + ", " + src + ")"
                : "lock " + memory("u", i.size(), i.base(), i.offset()) + " " + symbol + "= " + src;
    }

    private static String memory(String sign, Size size, Register base, short offset) {
        return "*(" + type(sign, size) + " *)(" + wide(base) + displacement(offset) + ")";
    }

    private static String place(Size size, Register base, short offset) {
        return "(" + type("u", size) + " *)(" + wide(base) + displacement(offset) + ")";
    }

    private static String type(String sign, Size size) {
        return sign + 8 * size.bytes();
    }

    private static String displacement(int offset) {
        return offset < 0 ? " - " + hex(-offset) : " + " + hex(offset);
    }

    private static String indexOffset(int offset) {
        return offset == 0 ? "" : offset < 0 ? " - " + hex(-(long) offset) : " + " + hex(offset);
    }

    private static String distance(int offset) {
        return offset < 0 ? hex(offset) : "+" + hex(offset);
    }

    private static String hex(long value) {
        return value < 0 ? "-0x" + Long.toHexString(-value) : "0x" + Long.toHexString(value);
    }

    private static String operand(Width width, Operand operand) {
        return switch (operand) {
            case Operand.Reg r -> name(width, r.register());
            case Operand.Imm i -> hex(i.value());
        };
    }

    private static String name(Width width, Register register) {
        return (width == Width.W32 ? "w" : "r") + register.number();
    }

    private static String wide(Register register) {
        return "r" + register.number();
    }

    private static String narrow(Size size, Register register) {
        return (size == Size.DOUBLE ? "r" : "w") + register.number();
    }

    private static String order(Instruction.ByteSwap.Order order) {
        return switch (order) {
            case TO_LITTLE -> "le";
            case TO_BIG -> "be";
            case SWAP -> "bswap";
        };
    }

    private static String symbol(AluOp op) {
        return switch (op) {
            case ADD -> "+";
            case SUB -> "-";
            case MUL -> "*";
            case DIV -> "/";
            case SDIV -> "s/";
            case OR -> "|";
            case AND -> "&";
            case LSH -> "<<";
            case RSH -> ">>";
            case MOD -> "%";
            case SMOD -> "s%";
            case XOR -> "^";
            case ARSH -> "s>>";
        };
    }

    private static String symbol(Condition condition) {
        return switch (condition) {
            case EQ -> "==";
            case NE -> "!=";
            case SET -> "&";
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
            case SGT -> "s>";
            case SGE -> "s>=";
            case SLT -> "s<";
            case SLE -> "s<=";
        };
    }
}
