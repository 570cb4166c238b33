package bpfmc.model.call;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Maps;

/**
 * What functions do that no run follows, for people, after "which". A function that does none of it touches no map and no memory of the program but
 * what it is handed.
 */
final class Unfollowable {
    private static final String ALLOCATES = "moves allocated objects";
    private static final String STRUCTURES = "works on a list or a tree in a map value";
    private static final String DYNAMIC = "works on a dynamic pointer";
    private static final String ITERATES = "iterates over the bits of memory";
    private static final String LATER = "lets a function of the program run later";

    /** Of kernel functions, by the beginnings of their names. */
    private static final ImmutableMap<String, String> BY_NAME = Maps.immutable.<String, String>empty()
            .newWithKeyValue("bpf_obj_", ALLOCATES).newWithKeyValue("bpf_percpu_obj_", ALLOCATES).newWithKeyValue("bpf_refcount_", ALLOCATES)
            .newWithKeyValue("bpf_kptr_", ALLOCATES).newWithKeyValue("bpf_list_", STRUCTURES).newWithKeyValue("bpf_rbtree_", STRUCTURES)
            .newWithKeyValue("bpf_iter_bits_", ITERATES).newWithKeyValue("bpf_wq_", LATER)
            .newWithKeyValue("bpf_timer_", LATER).newWithKeyValue("bpf_task_work_", LATER).newWithKeyValue("bpf_dynptr_", DYNAMIC)
            .newWithKeyValue("bpf_arena_", "works on the pages of an arena").newWithKeyValue("bpf_throw", "ends the program by an exception");

    private Unfollowable() {}

    /** {@return what a kernel function of this name does, empty when runs follow all of it} */
    static Optional<String> byName(String function) {
        return BY_NAME.keysView().detectOptional(function::startsWith).map(BY_NAME::get);
    }

    /** {@return what a function does that has an argument of this C type, empty when runs follow all of it} */
    static Optional<String> byType(String typeName) {
        return typeName.contains("struct bpf_dynptr") ? Optional.of(DYNAMIC) : Optional.empty();
    }

    /** {@return what a function of this prototype does, empty when runs follow all of it} */
    static Optional<String> byPrototype(ImmutableList<Argument> arguments, ImmutableSet<Effect> effects) {
        return arguments.contains(Argument.DYNPTR) ? Optional.of(DYNAMIC)
                : effects.toSortedList().collect(Unfollowable::byEffect).detectOptional(Optional::isPresent).flatMap(found -> found);
    }

    private static Optional<String> byEffect(Effect effect) {
        return switch (effect) {
            case CALLS_BACK -> Optional.of("runs a function of the program");
            case SYSTEM_CALL -> Optional.of("makes a system call, which may change any map");
            case TIMER -> Optional.of(LATER);
            case LOCAL_STORAGE -> Optional.of("finds a value that belongs to an object of the kernel");
            case KPTR -> Optional.of(ALLOCATES);
            case DYNPTR -> Optional.of(DYNAMIC);
            case MAP_ELEMENT -> Optional.of("works on an element of a map");
            case LOCK -> Optional.of("takes or releases a lock");
            case TAIL_CALL -> Optional.of("goes on with another program");
            case RING_BUFFER -> Optional.of("works on a record of a ring buffer");
            case QUEUE, SLEEPS, CHANGES_PACKET, CHANGES_CONTEXT, CLOCK, CPU, CONSTANT -> Optional.empty();
        };
    }
}
