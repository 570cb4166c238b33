package bpfmc.model.rules;

import bpfmc.model.thread.Moment;
import java.util.Optional;

/** Objects are allocated only by programs whose types the kernel knows. */
final class ProgramBtf implements LockRule.OfRun {
    @Override
    public String id() {
        return "program-btf";
    }

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        return Graph.allocates(m) && m.object().btf().isEmpty()
                ? Optional.of(Breach.because("the kernel does not know the types of the program")) : Optional.empty();
    }
}
