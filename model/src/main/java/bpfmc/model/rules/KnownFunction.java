package bpfmc.model.rules;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import java.util.Optional;

/** The kernel functions on locks and regions that a program calls exist in the kernel. */
final class KnownFunction implements LockRule.OfProgram {
    @Override
    public String id() {
        return "known-function";
    }

    @Override
    public Optional<Breach> judge(BpfObject object, BpfProgram program, Kernel kernel) {
        RulePage page = LockRules.pageOf(this);
        for (int slot : program.references().keySet().toSortedArray()) {
            if (program.references().get(slot) instanceof Reference.Kfunc k && !k.weak()
                    && page.allowedSince(k.name()).filter(since -> !kernel.version().atLeast(since)).isPresent()) {
                return Optional.of(Breach.because("kernel function " + k.name() + " exists since Linux "
                        + page.allowedSince(k.name()).get()).since(slot).with(k.name()));
            }
        }
        return Optional.empty();
    }
}
