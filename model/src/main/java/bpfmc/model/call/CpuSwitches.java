package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation.Switch;
import bpfmc.model.step.VisibleOperation.Toggle;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Maps;

/**
 * The kernel functions that switch interrupts or preemption of their CPU (kernel/bpf/helpers.c, bpf_local_irq_save since
 * Linux 6.14, bpf_preempt_disable since 6.10). What bpf_local_irq_save found is kept where the kernel keeps it, in the
 * eight bytes of the program's stack that it is handed; there it is a number with a meaning of its own, which no
 * verified program reads.
 */
public final class CpuSwitches {
    private static final ImmutableMap<String, Switch> BY_NAME = Maps.immutable.<String, Switch>empty()
            .newWithKeyValue("bpf_local_irq_save", Switch.IRQ_SAVE).newWithKeyValue("bpf_local_irq_restore", Switch.IRQ_RESTORE)
            .newWithKeyValue("bpf_preempt_disable", Switch.PREEMPT_DISABLE).newWithKeyValue("bpf_preempt_enable", Switch.PREEMPT_ENABLE);

    private static final int BYTES = 8;

    private CpuSwitches() {}

    static boolean concerns(String kfunc) {
        return BY_NAME.containsKey(kfunc);
    }

    /** Stops the machine before the step of a function that {@link #concerns} this class. */
    static void call(Machine m, String kfunc) {
        Switch what = BY_NAME.get(kfunc);
        switch (what) {
            case PREEMPT_DISABLE, PREEMPT_ENABLE -> m.stopAt(new Toggle(what, CpuFlags.NOWHERE));
            case IRQ_SAVE, IRQ_RESTORE -> {
                if (m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant c) {
                    interrupts(m, what, s.frame(), (int) c.value());
                } else {
                    m.unsupported("kernel function " + kfunc + " with flags that are not on the stack");
                }
            }
        }
    }

    private static void interrupts(Machine m, Switch what, int frame, int offset) {
        Cells stack = m.frames.get(frame).stack();
        if (what == Switch.IRQ_SAVE) {
            m.frames.set(frame, m.frames.get(frame).withStack(
                    stack.write(offset, BYTES, Value.of((long) m.flags.irqsOffAt()), MemoryAccess.unknowns(m))));
            m.stopAt(new Toggle(what, CpuFlags.NOWHERE));
        } else if (stack.read(offset, BYTES, MemoryAccess.unknowns(m)) instanceof Value.Scalar s && s.term() instanceof Constant saved) {
            m.stopAt(new Toggle(what, (int) saved.value()));
        } else {
            m.unsupported("kernel function bpf_local_irq_restore of flags that bpf_local_irq_save has not saved");
        }
    }

    /** Brings the machine to behind the call. */
    public static void complete(Machine m, Toggle toggle) {
        m.flags = switch (toggle.what()) {
            case IRQ_SAVE -> m.flags.irqsSaved(m.pc);
            case IRQ_RESTORE -> m.flags.irqsRestored(toggle.saved());
            case PREEMPT_DISABLE -> m.flags.preemption(1, m.pc);
            case PREEMPT_ENABLE -> m.flags.preemption(-1, m.pc);
        };
        HelperCalls.finish(m, Value.of(0));
    }
}
