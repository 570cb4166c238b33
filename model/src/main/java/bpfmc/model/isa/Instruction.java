package bpfmc.model.isa;

/**
 * One decoded BPF instruction, exactly as encoded: no relocation applied, no name resolved. Offsets of jumps and calls
 * count 8-byte slots from the slot after the instruction, as in the encoding.
 *
 * <p>Source of the meanings: Documentation/bpf/standardization/instruction-set.rst and kernel/bpf/core.c, Linux 7.3.
 */
public sealed interface Instruction {

    /** {@return how many 8-byte slots the instruction takes: two for a 64-bit immediate load, one for all others} */
    default int slots() {
        return this instanceof LoadImmediate64 ? 2 : 1;
    }

    /** {@code dst = dst op src}; the 32-bit form works on the low halves and clears the high half of {@code dst}. */
    record Alu(Width width, AluOp op, Register dst, Operand src) implements Instruction {}

    /** {@code dst = -dst}. */
    record Negate(Width width, Register dst) implements Instruction {}

    /** {@code dst = src}. */
    record Move(Width width, Register dst, Operand src) implements Instruction {}

    /** {@code dst = (s8|s16|s32) src}, sign-extended to the width; {@code bits} is 8, 16 or, for 64-bit moves, 32. */
    record MoveSignExtend(Width width, Register dst, Register src, int bits) implements Instruction {}

    /** Byte order conversion of the low {@code bits} (16, 32, 64) of {@code dst}; the bits above become zero. */
    record ByteSwap(Order order, Register dst, int bits) implements Instruction {
        /** {@code le16} and {@code be16} depend on the machine (little-endian here); {@code bswap16} does not. */
        public enum Order { TO_LITTLE, TO_BIG, SWAP }
    }

    /** {@code dst = addr_space_cast(src, to, from)}: between arena address spaces. */
    record AddressSpaceCast(Register dst, Register src, int toSpace, int fromSpace) implements Instruction {}

    /** The two-slot load. {@code kind} says what {@code low} and {@code high} (the two 32-bit immediates) mean. */
    record LoadImmediate64(Register dst, Pseudo kind, int low, int high) implements Instruction {
        /** The source register field of a 64-bit immediate load, in order of its values 0 to 6. */
        public enum Pseudo { CONSTANT, MAP_FD, MAP_VALUE, BTF_ID, FUNCTION, MAP_INDEX, MAP_INDEX_VALUE }

        /** {@return both immediates as one 64-bit value} */
        public long value() {
            return ((long) high << 32) | (low & 0xffff_ffffL);
        }
    }

    /** {@code dst = *(size *)(base + offset)}, zero- or sign-extended; when sign-extended, at most 32 bits wide. */
    record Load(Size size, boolean signExtend, Register dst, Register base, short offset) implements Instruction {}

    /**
     * Legacy packet load into r0 (BPF_LD_ABS, BPF_LD_IND); ends the program when outside the packet. {@code index} only
     * counts for IND and is r0 for ABS.
     */
    record LoadPacket(Mode mode, Size size, Register index, int offset) implements Instruction {
        public enum Mode { ABSOLUTE, INDIRECT }
    }

    /** {@code *(size *)(base + offset) = src}. */
    record Store(Size size, Register base, short offset, Operand src) implements Instruction {}

    /**
     * Atomic read-modify-write of a word or double word. With {@code fetch} the old value goes to {@code src}
     * (to r0 for CMPXCHG, which compares with r0). XCHG and CMPXCHG always have {@code fetch}.
     */
    record Atomic(AtomicOp op, boolean fetch, Size size, Register base, short offset, Register src)
            implements Instruction {}

    /** {@code dst = load_acquire((size *)(base + offset))}, zero-extended. */
    record LoadAcquire(Size size, Register dst, Register base, short offset) implements Instruction {}

    /** {@code store_release((size *)(base + offset), src)}. */
    record StoreRelease(Size size, Register base, short offset, Register src) implements Instruction {}

    /** {@code goto} with a 16-bit offset, or {@code gotol} with a 32-bit one when {@code wide}. */
    record Jump(boolean wide, int offset) implements Instruction {}

    /** {@code gotox}: jump to the address in a register, taken from a jump table. */
    record JumpIndirect(Register target) implements Instruction {}

    /** {@code if dst condition src goto offset}. */
    record Branch(Width width, Condition condition, Register dst, Operand src, short offset) implements Instruction {}

    /** {@code may_goto}: jumps when the loop budget of the frame is used up. */
    record MayGoto(short offset) implements Instruction {}

    /** Call of a kernel helper by number. */
    record CallHelper(int helper) implements Instruction {}

    /** Call of a function of the same program. */
    record CallSubprogram(int offset) implements Instruction {}

    /** Call of a kernel function by BTF id; {@code module} is the module BTF's index, 0 for vmlinux. */
    record CallKfunc(int btfId, short module) implements Instruction {}

    /**
     * {@code callx}: call through a register, as clang emits it for calls it could not resolve. No kernel accepts it in
     * either encoding, but a program that holds one must not keep the others of its object from being read.
     */
    record CallIndirect(Register target, Field field) implements Instruction {
        /**
         * Where the register's number stands: clang 14 and 16 write it into the immediate, clang 19 and 22 into the
         * destination register field.
         */
        public enum Field { DESTINATION, IMMEDIATE }
    }

    /** End of the function. */
    record Exit() implements Instruction {}

    /**
     * A slot that is no instruction: the kernel refuses the program, but the others of its object may be sound.
     *
     * @param word the eight bytes
     * @param says what the verifier's log says of it
     * @param unreached whether the kernel refuses it in code that is never reached as well
     */
    record Invalid(long word, String says, boolean unreached) implements Instruction {}
}
