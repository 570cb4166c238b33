package bpfmc.model.rules;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** What may sleep is called where a task runs the program: in sleepable programs, and in the callbacks of work items. */
final class SleepInProgram implements LockRule.OfRun {
    @Override
    public String id() {
        return "sleep-in-program";
    }

    /** {@return whether the run may not sleep even with nothing held} What a section of an unknown name means is not known. */
    static boolean awake(VerifierPoint m) {
        return !m.custody().sleepable() && m.program().section().type() != ProgramType.UNSPEC;
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return awake(m) ? helper(m).or(() -> kfunc(m, kernel)) : Optional.empty();
    }

    /** A helper that a type of program does not have at all is told so. */
    private Optional<Breach> helper(VerifierPoint m) {
        return m.helper().filter(h -> h.effects().contains(Helper.Effect.SLEEPS)).map(h -> {
            Breach breach = Breach.because("bpf_" + h.name() + " may sleep, where the program may not").with("bpf_" + h.name(), h.id());
            return there(m, "bpf_" + h.name()) ? breach : breach.saying("helper-type", "bpf_" + h.name(), h.id());
        });
    }

    private Optional<Breach> kfunc(VerifierPoint m, Kernel kernel) {
        if (!kernel.atLeast(6, 1) || !Kfuncs.sleeps(m.kfunc(), kernel.version())) {
            return Optional.empty();
        }
        Breach breach = Breach.because(m.kfunc() + " may sleep, where the program may not");
        return Optional.of(breach.saying(there(m, m.kfunc()) ? "kfunc" : "kfunc-type", m.kfunc()));
    }

    /** {@return whether programs of this type have the function: all do, unless the page names those that do} */
    private boolean there(VerifierPoint m, String function) {
        RulePage page = LockRules.pageOf(this);
        return page.allowedSince(function + ":" + m.program().section().type()).isPresent()
                || page.lines().noneSatisfy(l -> l.keyword().equals("allow") && l.word(0).startsWith(function + ":"));
    }
}
