package bpfmc.model.machine;

import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a run knows of the task that it runs in, or has interrupted (kernel/bpf/helpers.c, kernel/trace/bpf_trace.c). One run sees one task, so each
 * property is one unknown of the run. An interrupt sees the task that it has come on top of. No two CPUs run one thread at the same time.
 */
public final class CurrentTask {
    /** A property of the running task. */
    public enum Property {
        /** The thread's own number; the idle threads of all CPUs have 0. */
        TID(4, true),
        /** The number of its process. */
        TGID(4, false),
        UID(4, false), GID(4, false),
        /** Address of the struct task_struct; idle threads have each their own. */
        ADDRESS(8, true),
        COMM(8, false), CGROUP(8, false), ANCESTOR_CGROUP(8, false);

        private final int bytes;
        private final boolean unique;

        Property(int bytes, boolean unique) {
            this.bytes = bytes;
            this.unique = unique;
        }

        /** {@return whether no two threads that exist at the same time have the same} */
        public boolean unique() {
            return unique;
        }

        public Symbol of(int detail) {
            return new Symbol(Symbol.OWN, Symbol.Kind.TASK, ordinal(), detail, bytes);
        }
    }

    /** The helper that returns the address of the running task, as an object of the kernel. */
    private static final String TASK = "bpf_get_current_task_btf";

    private CurrentTask() {}

    /** {@return whether the object is the running task, one and the same for a run} */
    public static boolean is(Region.Kernel object) {
        return object.what().equals(TASK);
    }

    /** {@return which property the unknown is} @param symbol of kind TASK */
    public static Property of(Symbol symbol) {
        return Property.values()[symbol.index()];
    }

    /** {@return every unknown of a run's own that stands for a property, but for the cgroups of its ancestors} */
    public static ImmutableList<Symbol> unknowns() {
        return Lists.immutable.with(Property.values()).reject(p -> p == Property.ANCESTOR_CGROUP).collect(p -> p.of(0)).newWith(Property.COMM.of(Long.BYTES));
    }
}
