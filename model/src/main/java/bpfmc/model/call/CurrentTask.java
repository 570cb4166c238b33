package bpfmc.model.call;

import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What helpers tell of the running task (kernel/bpf/helpers.c, kernel/trace/bpf_trace.c). One run sees one task, so each property is one unknown of the run. An
 * interrupt sees the task that it has come on top of. No two CPUs run one thread at the same time.
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

        Symbol of(int detail) {
            return new Symbol(Symbol.OWN, Symbol.Kind.TASK, ordinal(), detail, bytes);
        }
    }

    /** TASK_COMM_LEN (include/linux/sched.h). */
    private static final int COMM_BYTES = 16;

    private final ArgumentMemory arguments;

    CurrentTask(ArgumentMemory arguments) {
        this.arguments = arguments;
    }

    /** {@return which property the unknown is} @param symbol of kind TASK */
    public static Property of(Symbol symbol) {
        return Property.values()[symbol.index()];
    }

    /** {@return every unknown of a run's own that stands for a property, but for the cgroups of its ancestors} */
    public static ImmutableList<Symbol> unknowns() {
        return Lists.immutable.with(Property.values()).reject(p -> p == Property.ANCESTOR_CGROUP).collect(p -> p.of(0)).newWith(Property.COMM.of(Long.BYTES));
    }

    /** {@return whether the helper tells of the running task, or asks for a value of its own} */
    public static boolean concerns(int helper) {
        return switch (helper) {
            case HelperNumbers.GET_CURRENT_PID_TGID, HelperNumbers.GET_CURRENT_UID_GID, HelperNumbers.GET_CURRENT_COMM, HelperNumbers.GET_CURRENT_TASK,
                    HelperNumbers.GET_CURRENT_CGROUP_ID, HelperNumbers.GET_CURRENT_ANCESTOR_CGROUP_ID -> true;
            default -> StorageCalls.concerns(helper);
        };
    }

    /** {@return always true: the machine has returned from the call, or has stopped} */
    boolean call(Machine m, int helper) {
        return switch (helper) {
            case HelperNumbers.GET_CURRENT_PID_TGID -> HelperCalls.finish(m, both(Property.TGID, Property.TID));
            case HelperNumbers.GET_CURRENT_UID_GID -> HelperCalls.finish(m, both(Property.GID, Property.UID));
            case HelperNumbers.GET_CURRENT_TASK -> HelperCalls.finish(m, Value.of(Property.ADDRESS.of(0)));
            case HelperNumbers.GET_CURRENT_CGROUP_ID -> HelperCalls.finish(m, Value.of(Property.CGROUP.of(0)));
            case HelperNumbers.GET_CURRENT_COMM -> comm(m);
            default -> HelperCalls.finish(m, number(m, 1).<Value>map(level -> Value.of(Property.ANCESTOR_CGROUP.of(level))).orElseGet(() -> m.unknownValue(8)));
        };
    }

    private static Value both(Property high, Property low) {
        return Value.of(Terms.add(Terms.scale(1L << 32, high.of(0)), low.of(0)));
    }

    private static Optional<Integer> number(Machine m, int register) {
        return m.registers[register] instanceof Value.Scalar s && s.term() instanceof Constant c && c.value() >= 0 && c.value() <= 1 << 15
                ? Optional.of((int) c.value()) : Optional.empty();
    }

    /** The name, with a zero as its last byte and behind it (strscpy_pad). */
    private boolean comm(Machine m) {
        Optional<Integer> size = number(m, 2);
        if (size.isEmpty() || !(m.registers[1] instanceof Value.Pointer)) {
            m.unsupported("bpf_get_current_comm into memory of a size that is not known");
            return true;
        }
        Cells name = Cells.EMPTY;
        for (int at = 0; at < size.get(); at += Long.BYTES) {
            int bytes = Math.min(Long.BYTES, size.get() - at);
            int named = Math.max(0, Math.min(bytes, Math.min(size.get(), COMM_BYTES) - 1 - at));
            Term word = named == 0 ? Constant.ZERO : Terms.extract(Property.COMM.of(at), 0, named);
            name = name.write(at, bytes, Value.of(word), MemoryAccess.unknowns(m));
        }
        ImmutableList<VisibleOperation> steps = arguments.fill(m, 1, size.get(), name);
        return m.stopped() || HelperCalls.finishAfter(m, steps, Value.of(0));
    }
}
