package bpfmc.model.rules;

import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The kernel functions on lists, trees and the objects in them. */
final class Graph {
    private static final ImmutableList<String> LISTS = Lists.immutable.with("bpf_list_push_front", "bpf_list_push_back", "bpf_list_pop_front",
            "bpf_list_pop_back", "bpf_list_add", "bpf_list_del", "bpf_list_front", "bpf_list_back", "bpf_list_empty",
            "bpf_list_is_first", "bpf_list_is_last");
    private static final ImmutableList<String> TREES = Lists.immutable.with("bpf_rbtree_add", "bpf_rbtree_remove", "bpf_rbtree_first",
            "bpf_rbtree_root", "bpf_rbtree_left", "bpf_rbtree_right");
    private static final ImmutableList<String> ADDS = Lists.immutable.with("bpf_list_push_front", "bpf_list_push_back", "bpf_list_add",
            "bpf_rbtree_add");
    private static final ImmutableList<String> TAKE_NODES = Lists.immutable.with("bpf_list_push_front", "bpf_list_push_back", "bpf_rbtree_add",
            "bpf_rbtree_remove", "bpf_rbtree_left", "bpf_rbtree_right");
    private static final ImmutableList<String> OBJECTS = Lists.immutable.with("bpf_obj_new", "bpf_obj_drop", "bpf_percpu_obj_new",
            "bpf_percpu_obj_drop", "bpf_refcount_acquire");

    private Graph() {}

    /** {@return what the first argument of the call points to: a list head or a tree root; empty for other instructions} */
    static Optional<SpecialKind> head(VerifierPoint m) {
        return LISTS.contains(m.function()) ? Optional.of(SpecialKind.LIST_HEAD)
                : TREES.contains(m.function()) ? Optional.of(SpecialKind.RB_ROOT) : Optional.empty();
    }

    /** {@return whether the instruction adds a node, its second argument, to a list or tree} */
    static boolean adds(VerifierPoint m) {
        return ADDS.contains(m.function());
    }

    /** {@return whether the call's second argument is a node: one that is added, or one of the tree} */
    static boolean takesNode(VerifierPoint m) {
        return TAKE_NODES.contains(m.function());
    }

    /** {@return what the list or tree of the call's first argument holds, empty when that is not known} */
    static Optional<Contained> contained(VerifierPoint m, Kernel kernel) {
        return m.argument(1) instanceof Value.Pointer p && p.offset() instanceof Constant at
                ? Locks.fields(m, p, kernel).flatMap(fields -> fields.detectOptional(f -> f.offset() == at.value()).flatMap(SpecialField::contained))
                : Optional.empty();
    }

    /** {@return whether the instruction is about lists, trees, or objects that the program allocates} */
    static boolean any(VerifierPoint m) {
        return head(m).isPresent() || OBJECTS.contains(m.function());
    }

    /** {@return whether the instruction makes an object of a type of the program's own} */
    static boolean allocates(VerifierPoint m) {
        return m.function().equals("bpf_obj_new") || m.function().equals("bpf_percpu_obj_new");
    }
}
