package bpfmc.model.rules;

import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.thread.Moment;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** Lists and trees are worked on under the lock that stands beside their head or root. */
final class GraphNeedsLock implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-needs-lock";
    }

    private static final ImmutableList<String> LISTS = Lists.immutable.with("bpf_list_push_front", "bpf_list_push_back", "bpf_list_pop_front",
            "bpf_list_pop_back", "bpf_list_add", "bpf_list_del", "bpf_list_front", "bpf_list_back", "bpf_list_empty",
            "bpf_list_is_first", "bpf_list_is_last");
    private static final ImmutableList<String> TREES = Lists.immutable.with("bpf_rbtree_add", "bpf_rbtree_remove", "bpf_rbtree_first",
            "bpf_rbtree_root", "bpf_rbtree_left", "bpf_rbtree_right");

    @Override
    public Optional<Breach> judge(Moment m, Kernel kernel) {
        String name = m.kfunc().endsWith("_impl") ? m.kfunc().substring(0, m.kfunc().length() - "_impl".length()) : m.kfunc();
        boolean list = LISTS.contains(name);
        Optional<Integer> element = Locks.element(m.argument(1));
        if (!list && !TREES.contains(name) || element.isEmpty() || m.custody().locks().anySatisfy(l -> l.element() == element.get())) {
            return Optional.empty();
        }
        Optional<Integer> lock = Locks.fields(m, m.argument(1), kernel).flatMap(fields ->
                fields.detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK || f.kind() == SpecialKind.RES_SPIN_LOCK)).map(SpecialField::offset);
        Breach breach = Breach.because("the lock beside the " + (list ? "list head" : "tree root") + " is not held");
        return Optional.of(lock.isEmpty() || m.custody().locks().notEmpty() ? breach.saying("other")
                : breach.with(lock.get(), list ? "bpf_list_head" : "bpf_rb_root"));
    }
}
