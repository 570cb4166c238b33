package bpfmc.model.rules;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.program.Function;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/**
 * Nothing that may sleep is called in an RCU read section, or with preemption or interrupts disabled; and no global function that may
 * sleep in a program that may not.
 */
final class SleepInRegion implements LockRule.OfRun {
    @Override
    public String id() {
        return "sleep-in-region";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Regions.around(m).flatMap(region -> helper(m, region).or(() -> kfunc(m, kernel, region)))
                .or(() -> Regions.around(m).or(() -> awake(m)).flatMap(region -> function(m, kernel, region)));
    }

    /** {@return what the kernel calls a run that may not sleep} */
    private static Optional<String> awake(VerifierPoint m) {
        return SleepInProgram.awake(m) ? Optional.of("non-sleepable prog") : Optional.empty();
    }

    private static Optional<Breach> helper(VerifierPoint m, String region) {
        return m.helper().filter(h -> h.effects().contains(Helper.Effect.SLEEPS)).map(h ->
                Breach.because("bpf_" + h.name() + " may sleep, in a " + region).with("bpf_" + h.name(), h.id(), region));
    }

    private static Optional<Breach> kfunc(VerifierPoint m, Kernel kernel, String region) {
        return Kfuncs.sleeps(m.kfunc(), kernel.version())
                ? Optional.of(Breach.because(m.kfunc() + " may sleep, in a " + region).saying("kfunc", m.kfunc(), region)) : Optional.empty();
    }

    /** Global functions are judged on their own: what they may do is asked of their code (merge_callee_effects). */
    private static Optional<Breach> function(VerifierPoint m, Kernel kernel, String region) {
        return !kernel.atLeast(6, 15) ? Optional.empty() : m.subprogram().filter(Function::global)
                .filter(f -> Sleepers.of(m.program(), kernel.version()).contains(f.start()))
                .map(f -> Breach.because("global function " + f.name() + " may sleep, and is called in a " + region)
                        .saying("function", f.name(), region));
    }
}
