package bpfmc.model.call;

import bpfmc.model.step.VisibleOperation;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/** bpf_get_smp_processor_id (kernel/bpf/helpers.c): a run keeps its CPU. */
final class CpuNumberCalls implements CallFamily {
    @Override
    public String name() {
        return "CPU numbers";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with("bpf_get_smp_processor_id");
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.TELLS_OWN_CPU);
    }

    @Override
    public boolean enter(Call call) {
        return call.stop(new VisibleOperation.CpuNumber());
    }
}
