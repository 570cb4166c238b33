package bpfmc.model.rules;

import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** Functions on lists and trees are handed a list head or a tree root, as BTF describes it. */
final class GraphHead implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-head";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        return Graph.head(m).flatMap(kind -> at(m, kind, kernel));
    }

    private static Optional<Breach> at(VerifierPoint m, SpecialKind kind, Kernel kernel) {
        Optional<ImmutableList<SpecialField>> fields = Locks.fields(m, m.argument(1), kernel);
        if (fields.isEmpty() || !(m.argument(1) instanceof Value.Pointer p)) {
            return Optional.empty();
        }
        if (!(p.offset() instanceof Constant at)) {
            return Optional.of(Breach.because("the address of the " + words(kind) + " has an offset that is not constant").saying("offset", kind.structName()));
        }
        return fields.get().anySatisfy(f -> f.kind() == kind && f.offset() == at.value()) ? Optional.empty()
                : Optional.of(Breach.because("there is no " + words(kind) + " at offset " + at.value()).with(kind.structName(), at.value()));
    }

    private static String words(SpecialKind kind) {
        return kind == SpecialKind.LIST_HEAD ? "list head" : "tree root";
    }
}
