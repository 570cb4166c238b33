package bpfmc.model.rules;

import bpfmc.model.isa.Instruction;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** An allocated object that the program owns is given up before the program ends: dropped, or handed to a list, a tree or a map value. */
final class ReferenceLeak implements LockRule.OfRun {
    @Override
    public String id() {
        return "reference-leak";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return m.custody().references().isEmpty() ? Optional.empty() : Regions.exit(m, kernel)
                .or(() -> Regions.tailCall(m) ? Optional.of(Regions.TAIL_CALL) : Optional.empty())
                .map(exit -> leaked(m, exit, m.custody().references().getFirst()));
    }

    private static Breach leaked(VerifierPoint m, Regions.Exit exit, VerifierState.Reference reference) {
        Breach breach = Breach.because("the object acquired here is still the program's own " + exit.why()).since(reference.at()).with(exit.words(), reference.at());
        return exit.equals(Regions.TAIL_CALL) ? breach.saying("tail", reference.at())
                : m.instruction() instanceof Instruction.LoadPacket ? breach.saying("load", exit.words(), reference.at()) : breach;
    }
}
