package bpfmc.model.flow;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.program.BpfProgram;
import java.util.Arrays;

/**
 * How far a program reaches into the buffer whose address a field of its context holds: the kernel attaches an iterator to no map whose values are
 * smaller than that (kernel/bpf/map_iter.c, bpf_iter_attach_map). Addresses are followed through registers and sums with constants; what is lost
 * on the way counts as not reaching at all.
 */
public final class BufferReach {
    private static final int NONE = Integer.MIN_VALUE;
    /** The context itself stands for itself, at this offset. */
    private static final int CONTEXT = Integer.MIN_VALUE + 1;

    private final BpfProgram program;
    private final int field;
    private final int[][] at;
    private int reach;

    private BufferReach(BpfProgram program, int field) {
        this.program = program;
        this.field = field;
        this.at = new int[program.size()][];
    }

    /** {@return how many bytes of the buffer the program surely needs; 0 for one that no kernel loads, as control leaves a function} @param field offset of the buffer's address in the context */
    public static int of(BpfProgram program, int field) {
        if (ControlFlow.fault(program).isPresent()) {
            return 0;
        }
        var reach = new BufferReach(program, field);
        int[] entry = new int[Register.values().length];
        Arrays.fill(entry, NONE);
        entry[1] = CONTEXT;
        reach.flow(0, entry);
        return reach.reach;
    }

    private void flow(int first, int[] entry) {
        var work = new java.util.ArrayDeque<Integer>();
        merge(first, entry, work);
        while (!work.isEmpty()) {
            int slot = work.pop();
            int[] after = at[slot].clone();
            step(slot, after);
            ControlFlow.successors(program, slot, next -> merge(next, after, work));
        }
        for (int slot = 0; slot < at.length; slot++) {
            if (at[slot] != null) {
                measure(slot);
            }
        }
    }

    private void merge(int slot, int[] state, java.util.Deque<Integer> work) {
        if (at[slot] == null) {
            at[slot] = state.clone();
            work.push(slot);
            return;
        }
        boolean changed = false;
        for (int r = 0; r < state.length; r++) {
            if (at[slot][r] != state[r] && at[slot][r] != NONE) {
                at[slot][r] = NONE;
                changed = true;
            }
        }
        if (changed) {
            work.push(slot);
        }
    }

    private void step(int slot, int[] registers) {
        Instruction instruction = program.code().get(slot);
        int writes = RegisterUse.of(program, slot).writes();
        int[] before = registers.clone();
        for (int r = 0; r < registers.length; r++) {
            registers[r] = (writes & 1 << r) != 0 ? NONE : registers[r];
        }
        if (instruction instanceof Instruction.Move m && m.width() == Width.W64 && m.src() instanceof Operand.Reg from) {
            registers[m.dst().number()] = before[from.register().number()];
        } else if (instruction instanceof Instruction.Load l && before[l.base().number()] == CONTEXT && l.offset() == field) {
            registers[l.dst().number()] = 0;
        } else if (instruction instanceof Instruction.Alu a && a.width() == Width.W64 && a.op() == AluOp.ADD && a.src() instanceof Operand.Imm by
                && before[a.dst().number()] > CONTEXT) {
            registers[a.dst().number()] = before[a.dst().number()] + by.value();
        }
    }

    private void measure(int slot) {
        switch (program.code().get(slot)) {
            case Instruction.Load i -> touch(slot, i.base(), i.offset(), i.size().bytes());
            case Instruction.LoadAcquire i -> touch(slot, i.base(), i.offset(), i.size().bytes());
            case Instruction.Store i -> touch(slot, i.base(), i.offset(), i.size().bytes());
            case Instruction.StoreRelease i -> touch(slot, i.base(), i.offset(), i.size().bytes());
            case Instruction.Atomic i -> touch(slot, i.base(), i.offset(), i.size().bytes());
            case Instruction i -> { }
        }
    }

    private void touch(int slot, Register base, int offset, int size) {
        int from = at[slot][base.number()];
        if (from > CONTEXT) {
            reach = Math.max(reach, from + offset + size);
        }
    }
}
