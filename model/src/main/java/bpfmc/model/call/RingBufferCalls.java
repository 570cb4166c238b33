package bpfmc.model.call;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/** Records of a ring buffer (kernel/bpf/ringbuf.c): private memory from the reservation on. Nobody reads them back. */
final class RingBufferCalls implements CallFamily {
    private static final String RESERVE = "bpf_ringbuf_reserve";

    @Override
    public String name() {
        return "ring buffer records";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(RESERVE, "bpf_ringbuf_submit", "bpf_ringbuf_discard");
    }

    @Override
    public boolean enter(Call call) {
        if (!call.callee().name().equals(RESERVE)) {
            return call.finish(Value.of(0));
        }
        Call none = call.fork();
        none.finish(Value.of(0));
        none.follow();
        int id = call.freshMemory();
        int size = call.constant(2).map(Long::intValue).orElse(0);
        call.machine().memories.put(id, Cells.EMPTY);
        return call.finish(Value.to(new Region.Memory(id, size), 0));
    }
}
