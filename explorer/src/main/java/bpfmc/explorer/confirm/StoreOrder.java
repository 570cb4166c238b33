package bpfmc.explorer.confirm;

import bpfmc.model.flow.ControlFlow;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.program.BpfProgram;
import java.util.Set;
import org.eclipse.collections.api.stack.primitive.MutableIntStack;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.eclipse.collections.impl.factory.primitive.IntStacks;

/**
 * Whether a run can load from memory that others share after it has stored to such memory, with no atomic operation between the two. Only
 * then can an x86 processor, which keeps all other orders, do what is not sequentially consistent: the load overtakes the store, which still
 * waits in the store buffer. A program of which that is not known counts as one that can.
 */
final class StoreOrder {
    /** Helpers that neither load nor store what programs share: lookups of elements, clocks, random numbers, the CPU's number, and locks. */
    private static final Set<Integer> HARMLESS = Set.of(1, 5, 7, 8, 93, 94);

    private StoreOrder() {}

    /** {@return whether a load may overtake a store of this program} */
    static boolean mayBeOvertaken(BpfProgram program) {
        if (program.functions().size() > 1) {
            return true;
        }
        for (int slot = 0; slot < program.size(); slot++) {
            Instruction instruction = program.code().get(slot);
            if (instruction != null && stores(instruction) && loadFollows(program, slot)) {
                return true;
            }
        }
        return false;
    }

    private static boolean loadFollows(BpfProgram program, int store) {
        var seen = IntSets.mutable.empty();
        MutableIntStack open = IntStacks.mutable.empty();
        ControlFlow.successors(program, store, open::push);
        while (open.notEmpty()) {
            int slot = open.pop();
            Instruction instruction = program.code().get(slot);
            if (!seen.add(slot) || instruction instanceof Instruction.Atomic) {
                continue;
            }
            if (loads(instruction)) {
                return true;
            }
            ControlFlow.successors(program, slot, open::push);
        }
        return false;
    }

    private static boolean stores(Instruction instruction) {
        return instruction instanceof Instruction.Store s && s.base() != Register.R10 || instruction instanceof Instruction.StoreRelease || calls(instruction);
    }

    private static boolean loads(Instruction instruction) {
        return instruction instanceof Instruction.Load l && l.base() != Register.R10 || instruction instanceof Instruction.LoadAcquire || calls(instruction);
    }

    private static boolean calls(Instruction instruction) {
        return instruction instanceof Instruction.CallHelper h && !HARMLESS.contains(h.helper()) || instruction instanceof Instruction.CallKfunc;
    }
}
