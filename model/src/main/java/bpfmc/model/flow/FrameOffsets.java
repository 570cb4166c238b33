package bpfmc.model.flow;

import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.Reference;
import java.util.ArrayDeque;

/**
 * Which words of its own frame each instruction may read and surely overwrites. A forward analysis follows the
 * registers that hold {@code r10 + constant}; where an address into the frame is stored to memory, or has lost its
 * offset, every word counts as read from there on, in the whole function.
 */
final class FrameOffsets {
    /** @param reads words that may be read @param writes words that are overwritten whole */
    record StackUse(long reads, long writes) {
        static final StackUse NONE = new StackUse(0, 0);
        static final StackUse ALL = new StackUse(-1L, 0);
    }

    /** A register's content: an offset from r10 (0 or negative), or one of these: no frame address, one of a map value, any frame address. */
    private static final int OTHER = Integer.MAX_VALUE;
    private static final int ELEMENT = Integer.MAX_VALUE - 1;
    private static final int SOMEWHERE = Integer.MAX_VALUE - 2;
    private static final int FRAME_BYTES = 512;

    private final BpfProgram program;
    private final int[][] before;
    private final boolean[] escapes;

    FrameOffsets(BpfProgram program) {
        this.program = program;
        this.before = new int[program.size()][];
        this.escapes = new boolean[program.size()];
        for (Function function : program.functions()) {
            solve(function);
        }
    }

    /** {@return what the instruction in this slot does to its function's frame} */
    StackUse use(int slot) {
        int[] offsets = before[slot];
        if (offsets == null) {
            return StackUse.NONE;
        }
        if (escapes[slot]) {
            return StackUse.ALL;
        }
        return switch (program.code().get(slot)) {
            case Instruction.Load i -> read(offset(offsets, i.base()), i.offset(), i.size().bytes());
            case Instruction.LoadAcquire i -> read(offset(offsets, i.base()), i.offset(), i.size().bytes());
            case Instruction.Atomic i -> read(offset(offsets, i.base()), i.offset(), i.size().bytes());
            case Instruction.Store i -> write(offset(offsets, i.base()), i.offset(), i.size().bytes());
            case Instruction.StoreRelease i -> write(offset(offsets, i.base()), i.offset(), i.size().bytes());
            case Instruction.CallHelper i -> arguments(offsets);
            case Instruction.CallKfunc i -> arguments(offsets);
            case Instruction.CallSubprogram i -> anyFrameAddress(offsets) ? StackUse.ALL : StackUse.NONE;
            case Instruction.CallIndirect i -> StackUse.ALL;
            case Instruction.JumpIndirect i -> StackUse.ALL;
            case Instruction.Alu i -> StackUse.NONE;
            case Instruction.Negate i -> StackUse.NONE;
            case Instruction.Move i -> StackUse.NONE;
            case Instruction.MoveSignExtend i -> StackUse.NONE;
            case Instruction.ByteSwap i -> StackUse.NONE;
            case Instruction.AddressSpaceCast i -> StackUse.NONE;
            case Instruction.LoadImmediate64 i -> StackUse.NONE;
            case Instruction.LoadPacket i -> StackUse.NONE;
            case Instruction.Jump i -> StackUse.NONE;
            case Instruction.Branch i -> StackUse.NONE;
            case Instruction.MayGoto i -> StackUse.NONE;
            case Instruction.Exit i -> StackUse.NONE;
            case Instruction.Invalid i -> StackUse.NONE;
        };
    }

    /** {@return whether a register surely holds no address of the running function's frame before an instruction, none that came from memory either} */
    boolean elsewhere(int slot, Register register) {
        return before[slot] != null && !escapes[slot] && !inFrame(offset(before[slot], register));
    }

    /** {@return whether a register surely holds an address of a map value, and no other, before an instruction} */
    boolean inElement(int slot, Register register) {
        return before[slot] != null && offset(before[slot], register) == ELEMENT;
    }

    private static boolean inFrame(int offset) {
        return offset <= SOMEWHERE;
    }

    private static StackUse read(int base, int offset, int bytes) {
        return !inFrame(base) ? StackUse.NONE : base == SOMEWHERE ? StackUse.ALL
                : new StackUse(words(base + offset, bytes), 0);
    }

    private static StackUse write(int base, int offset, int bytes) {
        int from = base + offset;
        boolean wholeWord = base < SOMEWHERE && bytes == 8 && Math.floorMod(from, 8) == 0;
        return wholeWord ? new StackUse(0, words(from, 8)) : StackUse.NONE;
    }

    /** A callee may read everything from the address it is given up to the top of the frame. */
    private static StackUse arguments(int[] offsets) {
        long reads = 0;
        for (int r = 1; r <= 5; r++) {
            int offset = offsets[r];
            reads |= offset == SOMEWHERE ? -1L : !inFrame(offset) ? 0 : words(offset, -offset);
        }
        return new StackUse(reads, 0);
    }

    private static boolean anyFrameAddress(int[] offsets) {
        for (int r = 1; r <= 5; r++) {
            if (inFrame(offsets[r])) {
                return true;
            }
        }
        return false;
    }

    /** The words that the bytes touch; word 0 is -8 to -1. */
    private static long words(int offset, int bytes) {
        if (bytes <= 0 || offset >= 0 || offset < -FRAME_BYTES) {
            return offset < -FRAME_BYTES ? -1L : 0;
        }
        int first = Math.floorDiv(offset, 8);
        int last = Math.min(-1, Math.floorDiv(offset + bytes - 1, 8));
        long set = 0;
        for (int word = first; word <= last; word++) {
            set |= 1L << (-word - 1);
        }
        return set;
    }

    private static int offset(int[] offsets, Register register) {
        return register == Register.R10 ? 0 : offsets[register.number()];
    }

    private void solve(Function function) {
        var work = new ArrayDeque<Integer>();
        int[] entry = new int[10];
        java.util.Arrays.fill(entry, OTHER);
        before[function.start()] = entry;
        work.add(function.start());
        boolean[] escaped = {false};
        while (!work.isEmpty()) {
            int slot = work.poll();
            int[] after = transfer(slot, before[slot].clone(), escaped);
            ControlFlow.successors(program, slot, next -> {
                if (merge(next, after)) {
                    work.add(next);
                }
            });
        }
        if (escaped[0]) {
            java.util.Arrays.fill(escapes, function.start(), function.end(), true);
        }
    }

    private boolean merge(int slot, int[] incoming) {
        if (before[slot] == null) {
            before[slot] = incoming.clone();
            return true;
        }
        boolean changed = false;
        for (int r = 0; r < 10; r++) {
            int old = before[slot][r];
            int merged = old == incoming[r] ? old : inFrame(old) || inFrame(incoming[r]) ? SOMEWHERE : OTHER;
            changed |= merged != old;
            before[slot][r] = merged;
        }
        return changed;
    }

    /** Where a register is a frame address on one way and something else on another, it counts as some frame address. */
    private int[] transfer(int slot, int[] offsets, boolean[] escaped) {
        switch (program.code().get(slot)) {
            case Instruction.Move i -> offsets[i.dst().number()] =
                    i.width() == Width.W64 && i.src() instanceof Operand.Reg r ? offset(offsets, r.register()) : OTHER;
            case Instruction.Alu i -> offsets[i.dst().number()] = add(i, offsets);
            case Instruction.Negate i -> offsets[i.dst().number()] = OTHER;
            case Instruction.MoveSignExtend i -> offsets[i.dst().number()] = OTHER;
            case Instruction.ByteSwap i -> offsets[i.dst().number()] = OTHER;
            case Instruction.AddressSpaceCast i -> offsets[i.dst().number()] = OTHER;
            case Instruction.LoadImmediate64 i -> offsets[i.dst().number()] = program.references().get(slot) instanceof Reference.Data ? ELEMENT : OTHER;
            case Instruction.Load i -> offsets[i.dst().number()] = OTHER;
            case Instruction.LoadAcquire i -> offsets[i.dst().number()] = OTHER;
            case Instruction.LoadPacket i -> clobber(offsets);
            case Instruction.Store i -> escaped[0] |= i.src() instanceof Operand.Reg r && inFrame(offset(offsets, r.register()));
            case Instruction.StoreRelease i -> escaped[0] |= inFrame(offset(offsets, i.src()));
            case Instruction.Atomic i -> {
                escaped[0] |= inFrame(offset(offsets, i.src()));
                if (i.fetch()) {
                    offsets[i.op() == bpfmc.model.isa.AtomicOp.CMPXCHG ? 0 : i.src().number()] = OTHER;
                }
            }
            case Instruction.CallHelper i -> {
                clobber(offsets);
                offsets[0] = Calls.uses(program, slot).contains(Use.RETURNS_ELEMENT) ? ELEMENT : OTHER;
            }
            case Instruction.CallSubprogram i -> clobber(offsets);
            case Instruction.CallKfunc i -> clobber(offsets);
            case Instruction.CallIndirect i -> clobber(offsets);
            case Instruction.Jump i -> { }
            case Instruction.JumpIndirect i -> { }
            case Instruction.Branch i -> { }
            case Instruction.MayGoto i -> { }
            case Instruction.Exit i -> { }
            case Instruction.Invalid i -> { }
        }
        return offsets;
    }

    private static int add(Instruction.Alu i, int[] offsets) {
        int base = offset(offsets, i.dst());
        boolean addressOnTheRight = i.src() instanceof Operand.Reg r && inFrame(offset(offsets, r.register()));
        if (!inFrame(base)) {
            return addressOnTheRight ? SOMEWHERE : i.width() == Width.W64 && (i.op() == AluOp.ADD || i.op() == AluOp.SUB) ? base : OTHER;
        }
        boolean constant = i.width() == Width.W64 && i.src() instanceof Operand.Imm && base != SOMEWHERE;
        if (constant && i.op() == AluOp.ADD) {
            return base + ((Operand.Imm) i.src()).value();
        }
        if (constant && i.op() == AluOp.SUB) {
            return base - ((Operand.Imm) i.src()).value();
        }
        return SOMEWHERE;
    }

    private static void clobber(int[] offsets) {
        java.util.Arrays.fill(offsets, 0, 6, OTHER);
    }
}
