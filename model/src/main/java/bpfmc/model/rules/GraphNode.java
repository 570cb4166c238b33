package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** A node is added only by its owner. */
final class GraphNode implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-node";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (Graph.takesNode(m) && m.argument(2).is(0)) {
            return Optional.of(Breach.because("the node is NULL, or may be").saying("null"));
        }
        return Graph.adds(m) ? wrong(m).map(why -> Breach.because(why)) : Optional.empty();
    }

    /** The kernel types the argument: what the program owns has another type than what it may only look at. */
    private static Optional<String> wrong(VerifierPoint m) {
        Value node = m.argument(2);
        if (m.released(node)) {
            return Optional.of("the node was given up");
        }
        return switch (m.origin(node).orElse(null)) {
            case null -> Optional.of(node.is(0) ? "what is added may be NULL" : "what is added is no allocated object");
            case Origin.Allocated a -> a.owned() ? Optional.empty() : Optional.of("the node belongs to a list or tree already");
            case Origin.MapValue v -> Optional.of("what is added is a map value, not an allocated object");
        };
    }
}
