package bpfmc.model.rules;

import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** Lists and trees are worked on under the lock that stands beside their head or root. */
final class GraphNeedsLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-needs-lock";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Graph.head(m).filter(kind -> Locks.element(m.argument(1)).filter(e -> m.custody().locks().noneSatisfy(l -> l.element() == e)).isPresent())
                .map(kind -> missing(m, kind, kernel));
    }

    private static Breach missing(VerifierPoint m, SpecialKind kind, Kernel kernel) {
        Optional<Integer> lock = Locks.fields(m, m.argument(1), kernel).flatMap(fields ->
                fields.detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK)).map(SpecialField::offset);
        Breach breach = Breach.because("the lock beside the " + (kind == SpecialKind.LIST_HEAD ? "list head" : "tree root") + " is not held")
                .with(lock.orElse(0), kind.structName());
        return m.custody().locks().isEmpty() ? breach : breach.saying("other", lock.orElse(0), kind.structName());
    }
}
