package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * The running task's value in a map of type TASK_STORAGE (kernel/bpf/bpf_task_storage.c, bpf_local_storage.c): an element whose key is the task. With
 * BPF_LOCAL_STORAGE_GET_F_CREATE a value that is not there is made, of zeroes or of the bytes handed over; of two runs that make it one finds the
 * other's. Values of other tasks, sockets, inodes and cgroups are not modelled.
 */
final class TaskStorageCalls implements CallFamily {
    private static final String GET = "bpf_task_storage_get";
    private static final String DELETE = "bpf_task_storage_delete";

    @Override
    public String name() {
        return "task storage";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(GET, DELETE);
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return Sets.immutable.with(Use.FINDS_ELEMENT, Use.UPDATES, Use.REBINDS, Use.TELLS_TASK);
    }

    @Override
    public boolean enter(Call call) {
        Optional<MapDefinition> map = call.map(1).filter(d -> d.type() == MapType.TASK_STORAGE);
        boolean current = call.argument(2) instanceof Value.Pointer p && p.region() instanceof Region.Kernel k && CurrentTask.is(k)
                && p.offset().equals(Constant.ZERO);
        if (map.isEmpty() || !current) {
            return call.unsupported("storage of another task than the running one, or in a map that is not known at load time");
        }
        if (call.callee().name().equals(DELETE)) {
            return call.stop(new VisibleOperation.Delete(map.get().index(), key()));
        }
        if (!call.argument(4).is(0) && !call.argument(4).is(Flags.STORAGE_CREATE)) {
            return call.unsupported("bpf_task_storage_get with flags that are not known");
        }
        if (call.argument(3) instanceof Value.Pointer p && !privateMemory(p)) {
            return call.unsupported("a task's value that is made from a map value, or from memory that is not known");
        }
        return call.stop(new VisibleOperation.Lookup(map.get().index(), key()));
    }

    private static boolean privateMemory(Value.Pointer p) {
        return p.offset() instanceof Constant && (p.region() instanceof Region.Stack || p.region() instanceof Region.Memory);
    }

    private static Key key() {
        return new Key(Lists.immutable.with(CurrentTask.Property.ADDRESS.of(0)));
    }

    @Override
    public boolean reexecutes(Call call, VisibleOperation operation) {
        return true;
    }

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        switch (operation) {
            case VisibleOperation.Lookup o when ((Answer.Of) answer).value() instanceof Value.Pointer found -> call.finish(found);
            case VisibleOperation.Lookup o when call.argument(4).is(Flags.STORAGE_CREATE) -> call.stop(
                    new VisibleOperation.Update(o.map(), o.key(), initial(call, call.map(1).orElseThrow()), Flags.NOEXIST));
            case VisibleOperation.Update o when answer instanceof Answer.Bound made ->
                    call.finish(Value.to(new Region.Element(made.element(), Region.Life.BOUND), 0));
            case VisibleOperation.Update o when answer instanceof Answer.Of of && of.value().is(Errno.EEXIST.result()) ->
                    call.stop(new VisibleOperation.Lookup(o.map(), o.key()));
            case VisibleOperation.Delete o -> call.finish(((Answer.Of) answer).value());
            default -> call.finish(Value.of(0));
        }
    }

    /** {@return what a new value holds: the bytes handed over, or zeroes} */
    private static Cells initial(Call call, MapDefinition map) {
        Machine m = call.machine();
        if (call.argument(3) instanceof Value.Pointer) {
            return call.plainBytes(map, call.arguments().bytes(m, 3, map.valueSize()).orElseThrow());
        }
        Cells zero = Cells.EMPTY;
        for (int at = 0; at < map.valueSize(); at += Long.BYTES) {
            zero = zero.write(at, Math.min(Long.BYTES, map.valueSize() - at), Value.of(0), MemoryAccess.unknowns(m));
        }
        return call.plainBytes(map, zero);
    }
}
