package bpfmc.model.call;

import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Functions that run a function of the program in ways that are not modelled, but that the verifier follows (kernel/bpf/verifier.c,
 * set_find_vma_callback_state, set_user_ringbuf_callback_state, push_async_cb), and exceptions, which end the program.
 */
final class LaterCalls implements CallFamily {
    private static final String FIND_VMA = "bpf_find_vma";
    private static final String DRAIN = "bpf_user_ringbuf_drain";
    private static final String THROW = "bpf_throw";
    private static final ImmutableSet<String> TASK_WORK = Sets.immutable.with("bpf_task_work_schedule_signal", "bpf_task_work_schedule_resume");

    @Override
    public String name() {
        return "callbacks that are not modelled";
    }

    @Override
    public ImmutableSet<String> functions() {
        return TASK_WORK.newWith(FIND_VMA).newWith(DRAIN).newWith(THROW);
    }

    @Override
    public Support support(Callee callee) {
        return Prototypes.support(callee);
    }

    @Override
    public boolean enter(Call call) {
        return Prototypes.unmodelled(call);
    }

    @Override
    public boolean alone(VerifierCall call) {
        return switch (call.callee().name()) {
            case FIND_VMA -> {
                Value context = call.argument(4);
                yield Callbacks.alone(call, 3, false, m -> {
                    m.registers[1] = Value.to(new Region.Kernel("struct task_struct"), 0);
                    m.registers[2] = Value.to(new Region.Kernel("struct vm_area_struct"), 0);
                    m.registers[3] = context;
                });
            }
            case DRAIN -> {
                Value context = call.argument(3);
                yield Callbacks.alone(call, 2, false, m -> {
                    m.registers[1] = Value.to(new Region.Kernel("struct bpf_dynptr"), 0);
                    m.registers[2] = context;
                });
            }
            case THROW -> false;
            default -> Callbacks.later(call, 4, true);
        };
    }
}
