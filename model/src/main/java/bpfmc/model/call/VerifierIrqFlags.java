package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;

/** Interrupt flags that a program keeps on its stack, as the verifier follows them: by identity, not by number. */
final class VerifierIrqFlags {
    private static final int BYTES = 8;

    private VerifierIrqFlags() {}

    /** Saves the flags where an argument points. @param byLock whether bpf_res_spin_lock_irqsave does */
    static void save(VerifierCall call, int argument, boolean byLock) {
        int id = call.state().irqs().collectInt(VerifierState.IrqFlag::id).maxIfEmpty(0) + 1;
        call.keep(call.state().saved(new VerifierState.IrqFlag(id, byLock, call.machine().pc)));
        write(call, argument, VerifierElements.irqFlagOf(id));
    }

    /** Restores the flags that an argument points to. */
    static void restore(VerifierCall call, int argument) {
        VerifierElements.irqFlag(call.machine(), call.argument(argument)).ifPresent(id -> call.keep(call.state().restored(id)));
        write(call, argument, call.machine().unknownValue(BYTES));
    }

    private static void write(VerifierCall call, int argument, Value value) {
        Machine m = call.machine();
        if (call.argument(argument) instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at) {
            Cells stack = m.frames.get(s.frame()).stack().write((int) at.value(), BYTES, value, MemoryAccess.unknowns(m));
            m.frames.set(s.frame(), m.frames.get(s.frame()).withStack(stack));
        }
    }
}
