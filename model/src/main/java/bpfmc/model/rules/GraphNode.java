package bpfmc.model.rules;

import bpfmc.model.thread.Custody.Origin;
import bpfmc.model.thread.Moment;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** A node is added only by its owner. */
final class GraphNode implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-node";
    }

    private static final ImmutableList<String> ADDS = Lists.immutable.with("bpf_list_push_front", "bpf_list_push_back", "bpf_list_add",
            "bpf_rbtree_add");

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        String name = m.kfunc().endsWith("_impl") ? m.kfunc().substring(0, m.kfunc().length() - "_impl".length()) : m.kfunc();
        if (!ADDS.contains(name)) {
            return Optional.empty();
        }
        return switch (m.argument(2)) {
            case Value.Scalar s -> s.is(0) ? Optional.empty() : Optional.of(Breach.because("what is added is no allocated object"));
            case Value.Pointer p -> m.origin(p).flatMap(o -> switch (o) {
                case Origin.Allocated a -> a.owned() ? Optional.empty()
                        : Optional.of(Breach.because("the node belongs to a list or tree already").saying("owned"));
                case Origin.MapValue v -> Optional.of(Breach.because("what is added is a map value, not an allocated object"));
            });
        };
    }
}
