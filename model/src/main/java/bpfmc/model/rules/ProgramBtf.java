package bpfmc.model.rules;

import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Objects are allocated only by programs whose types the kernel knows. */
final class ProgramBtf implements LockRule.OfRun {
    @Override
    public String id() {
        return "program-btf";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Graph.allocates(m) && m.object().btf().isEmpty()
                ? Optional.of(Breach.because("the kernel does not know the types of the program")) : Optional.empty();
    }
}
