package bpfmc.model.call;

import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/** Open-coded iterators over numbers (kernel/bpf/bpf_iter.c, Linux 6.4): not modelled, but followed by the verifier. */
final class IteratorCalls implements CallFamily {
    @Override
    public String name() {
        return "iterators over numbers";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with("bpf_iter_num_next");
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
        call.nothing();
        call.finish(Value.to(new Region.Kernel("int"), 0));
        call.comesBack();
        return true;
    }
}
