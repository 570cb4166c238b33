package bpfmc.model.call;

import bpfmc.model.kernel.Flags;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.machine.CurrentTask.Property;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/** What helpers tell of the running task: {@link CurrentTask}. */
final class CurrentTaskCalls implements CallFamily {
    private static final String PID_TGID = "bpf_get_current_pid_tgid";
    private static final String UID_GID = "bpf_get_current_uid_gid";
    private static final String COMM = "bpf_get_current_comm";
    private static final String TASK = "bpf_get_current_task";
    private static final String CGROUP = "bpf_get_current_cgroup_id";
    private static final String ANCESTOR_CGROUP = "bpf_get_current_ancestor_cgroup_id";

    /** No cgroup is deeper below the root. */
    private static final int MOST_LEVELS = 1 << 15;

    @Override
    public String name() {
        return "the running task";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(PID_TGID, UID_GID, COMM, TASK, CGROUP, ANCESTOR_CGROUP);
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.TELLS_TASK);
    }

    @Override
    public boolean enter(Call call) {
        return switch (call.callee().name()) {
            case PID_TGID -> call.finish(both(Property.TGID, Property.TID));
            case UID_GID -> call.finish(both(Property.GID, Property.UID));
            case TASK -> call.finish(Value.of(Property.ADDRESS.of(0)));
            case CGROUP -> call.finish(Value.of(Property.CGROUP.of(0)));
            case COMM -> comm(call);
            default -> call.finish(number(call, 1).<Value>map(level -> Value.of(Property.ANCESTOR_CGROUP.of(level)))
                    .orElseGet(() -> Value.of(call.machine().unfollowed(8, Unfollowed.COMPUTED_BY_HELPER))));
        };
    }

    private static Value both(Property high, Property low) {
        return Value.of(Terms.add(Terms.scale(1L << 32, high.of(0)), low.of(0)));
    }

    private static Optional<Integer> number(Call call, int argument) {
        return call.constant(argument).filter(c -> c >= 0 && c <= MOST_LEVELS).map(Long::intValue);
    }

    /** The name, with a zero as its last byte and behind it (strscpy_pad). */
    private static boolean comm(Call call) {
        Optional<Integer> size = number(call, 2);
        if (size.isEmpty() || !(call.argument(1) instanceof Value.Pointer)) {
            return call.unsupported("bpf_get_current_comm into memory of a size that is not known");
        }
        Machine m = call.machine();
        Cells name = Cells.EMPTY;
        for (int at = 0; at < size.get(); at += Long.BYTES) {
            int bytes = Math.min(Long.BYTES, size.get() - at);
            int named = Math.max(0, Math.min(bytes, Math.min(size.get(), Flags.TASK_COMM_LEN) - 1 - at));
            Term word = named == 0 ? Constant.ZERO : Terms.extract(Property.COMM.of(at), 0, named);
            name = name.write(at, bytes, Value.of(word), MemoryAccess.unknowns(m));
        }
        ImmutableList<VisibleOperation> steps = call.arguments().fill(m, 1, size.get(), name);
        return m.stopped() || call.finishAfter(steps, Value.of(0));
    }
}
