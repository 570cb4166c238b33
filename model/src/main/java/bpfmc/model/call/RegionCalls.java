package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.step.VisibleOperation.Switch;
import bpfmc.model.step.VisibleOperation.Toggle;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Maps;

/**
 * The kernel functions that open and close regions of code (kernel/bpf/helpers.c): bpf_local_irq_save since Linux 6.14, bpf_preempt_disable since
 * 6.10, bpf_rcu_read_lock since 6.2. What bpf_local_irq_save found is kept where the kernel keeps it, in the eight bytes of the program's stack
 * that it is handed; there it is a number with a meaning of its own, which no verified program reads. RCU sections change nothing
 * that one CPU sees of another.
 */
final class RegionCalls implements CallFamily {
    private static final String RCU_LOCK = "bpf_rcu_read_lock";
    private static final String RCU_UNLOCK = "bpf_rcu_read_unlock";

    private static final ImmutableMap<String, Switch> SWITCHES = Maps.immutable.<String, Switch>empty()
            .newWithKeyValue("bpf_local_irq_save", Switch.IRQ_SAVE).newWithKeyValue("bpf_local_irq_restore", Switch.IRQ_RESTORE)
            .newWithKeyValue("bpf_preempt_disable", Switch.PREEMPT_DISABLE).newWithKeyValue("bpf_preempt_enable", Switch.PREEMPT_ENABLE);

    private static final int BYTES = 8;

    @Override
    public String name() {
        return "regions";
    }

    @Override
    public ImmutableSet<String> functions() {
        return SWITCHES.keysView().toImmutableSet().newWith(RCU_LOCK).newWith(RCU_UNLOCK);
    }

    @Override
    public boolean enter(Call call) {
        Switch what = SWITCHES.get(call.callee().name());
        if (what == null) {
            return call.finish(Value.of(0));
        }
        return switch (what) {
            case PREEMPT_DISABLE, PREEMPT_ENABLE -> call.stop(new Toggle(what, CpuFlags.NOWHERE));
            case IRQ_SAVE, IRQ_RESTORE -> call.argument(1) instanceof Value.Pointer p && p.region() instanceof Region.Stack s
                    && p.offset() instanceof Constant c ? interrupts(call, what, s.frame(), (int) c.value())
                    : call.unsupported("kernel function " + call.callee().name() + " with flags that are not on the stack");
        };
    }

    private static boolean interrupts(Call call, Switch what, int frame, int offset) {
        Machine m = call.machine();
        Cells stack = m.frames.get(frame).stack();
        if (what == Switch.IRQ_SAVE) {
            m.frames.set(frame, m.frames.get(frame).withStack(
                    stack.write(offset, BYTES, Value.of((long) m.flags.irqsOffAt()), MemoryAccess.unknowns(m))));
            return call.stop(new Toggle(what, CpuFlags.NOWHERE));
        }
        return stack.read(offset, BYTES, MemoryAccess.unknowns(m)) instanceof Value.Scalar s && s.term() instanceof Constant saved
                ? call.stop(new Toggle(what, (int) saved.value()))
                : call.unsupported("kernel function bpf_local_irq_restore of flags that bpf_local_irq_save has not saved");
    }

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        Machine m = call.machine();
        Toggle toggle = (Toggle) operation;
        m.flags = switch (toggle.what()) {
            case IRQ_SAVE -> m.flags.irqsSaved(m.pc);
            case IRQ_RESTORE -> m.flags.irqsRestored(toggle.saved());
            case PREEMPT_DISABLE -> m.flags.preemption(1, m.pc);
            case PREEMPT_ENABLE -> m.flags.preemption(-1, m.pc);
        };
        call.finish(Value.of(0));
    }

    @Override
    public boolean alone(VerifierCall call) {
        VerifierState state = call.state();
        switch (SWITCHES.get(call.callee().name())) {
            case IRQ_SAVE -> VerifierIrqFlags.save(call, 1, false);
            case IRQ_RESTORE -> VerifierIrqFlags.restore(call, 1);
            case PREEMPT_DISABLE -> call.keep(state.withPreempt(state.preempt() + 1));
            case PREEMPT_ENABLE -> call.keep(state.withPreempt(state.preempt() - 1));
            case null -> call.keep(state.withRcu(state.rcu() + (call.callee().name().equals(RCU_LOCK) ? 1 : -1)));
        }
        return call.finish(Value.of(0));
    }
}
