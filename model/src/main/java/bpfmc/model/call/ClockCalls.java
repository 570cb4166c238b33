package bpfmc.model.call;

import bpfmc.model.machine.ClockSamples;
import bpfmc.model.machine.Machine;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.Sets;

/** Helpers that read a clock which all CPUs see advance (kernel/bpf/helpers.c); what a run knows of its samples is {@link ClockSamples}'. */
final class ClockCalls implements CallFamily {
    private static final ImmutableMap<String, Symbol.Kind> CLOCKS = Maps.immutable.<String, Symbol.Kind>empty()
            .newWithKeyValue("bpf_ktime_get_ns", Symbol.Kind.MONOTONIC_CLOCK).newWithKeyValue("bpf_ktime_get_boot_ns", Symbol.Kind.BOOT_CLOCK)
            .newWithKeyValue("bpf_ktime_get_coarse_ns", Symbol.Kind.COARSE_CLOCK).newWithKeyValue("bpf_ktime_get_tai_ns", Symbol.Kind.TAI_CLOCK)
            .newWithKeyValue("bpf_jiffies64", Symbol.Kind.JIFFIES);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public ImmutableSet<String> functions() {
        return CLOCKS.keysView().toImmutableSet();
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.READS_CLOCK);
    }

    @Override
    public boolean enter(Call call) {
        Machine m = call.machine();
        return call.stop(new VisibleOperation.ReadClock(new Symbol(Symbol.OWN, CLOCKS.get(call.callee().name()), m.exported++, m.pc, 8)));
    }

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        ClockSamples.sampled(call.machine(), ((VisibleOperation.ReadClock) operation).sample());
        call.finish(answer);
    }
}
