package bpfmc.model.call;

import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.HelperNumbers;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The running task's value in a map of type TASK_STORAGE (kernel/bpf/bpf_task_storage.c, bpf_local_storage.c): an element whose key is the task. With
 * BPF_LOCAL_STORAGE_GET_F_CREATE a value that is not there is made, of zeroes or of the bytes handed over; of two runs that make it one finds the
 * other's. Values of other tasks, sockets, inodes and cgroups are not modelled.
 */
public final class StorageCalls {
    /** BPF_LOCAL_STORAGE_GET_F_CREATE (include/uapi/linux/bpf.h). */
    private static final long CREATE = 1;

    private static final String CURRENT = "bpf_get_current_task_btf";

    private final RunConfig config;
    private final ArgumentMemory arguments;

    StorageCalls(RunConfig config, ArgumentMemory arguments) {
        this.config = config;
        this.arguments = arguments;
    }

    /** {@return whether the helper finds, makes or deletes a task's value} */
    public static boolean concerns(int helper) {
        return helper == HelperNumbers.TASK_STORAGE_GET || helper == HelperNumbers.TASK_STORAGE_DELETE;
    }

    /** {@return whether the machine stands at a call of such a helper} */
    boolean runs(Machine m) {
        return config.program().code().get(m.pc) instanceof Instruction.CallHelper c && concerns(c.helper());
    }

    /** {@return always true: the machine has stopped} */
    boolean call(Machine m, int helper) {
        Optional<MapDefinition> map = map(m).filter(d -> d.type() == MapType.TASK_STORAGE);
        boolean current = m.registers[2] instanceof Value.Pointer p && p.region().equals(new Region.Kernel(CURRENT)) && p.offset().equals(Constant.ZERO);
        if (map.isEmpty() || !current) {
            m.unsupported("storage of another task than the running one, or in a map that is not known at load time");
        } else if (helper == HelperNumbers.TASK_STORAGE_DELETE) {
            m.stopAt(new VisibleOperation.Delete(map.get().index(), key()));
        } else if (!m.registers[4].is(0) && !m.registers[4].is(CREATE)) {
            m.unsupported("bpf_task_storage_get with flags that are not known");
        } else if (m.registers[3] instanceof Value.Pointer p && !privateMemory(p)) {
            m.unsupported("a task's value that is made from a map value, or from memory that is not known");
        } else {
            m.stopAt(new VisibleOperation.Lookup(map.get().index(), key()));
        }
        return true;
    }

    private static boolean privateMemory(Value.Pointer p) {
        return p.offset() instanceof Constant && (p.region() instanceof Region.Stack || p.region() instanceof Region.Memory);
    }

    private static Key key() {
        return new Key(Lists.immutable.with(CurrentTask.Property.ADDRESS.of(0)));
    }

    private Optional<MapDefinition> map(Machine m) {
        return m.registers[1] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h ? Optional.of(config.map(h.map())) : Optional.empty();
    }

    void complete(Machine m, VisibleOperation operation, Answer answer) {
        switch (operation) {
            case VisibleOperation.Lookup o when ((Answer.Of) answer).value() instanceof Value.Pointer found -> HelperCalls.finish(m, found);
            case VisibleOperation.Lookup o when m.registers[4].is(CREATE) -> m.stopAt(
                    new VisibleOperation.Update(o.map(), o.key(), initial(m, map(m).orElseThrow()), HelperCalls.NOEXIST));
            case VisibleOperation.Update o when answer instanceof Answer.Bound made ->
                    HelperCalls.finish(m, Value.to(new Region.Element(made.element(), Region.Life.BOUND), 0));
            case VisibleOperation.Update o when answer instanceof Answer.Of of && of.value().is(Errno.EEXIST.result()) ->
                    m.stopAt(new VisibleOperation.Lookup(o.map(), o.key()));
            case VisibleOperation.Delete o -> HelperCalls.finish(m, ((Answer.Of) answer).value());
            default -> HelperCalls.finish(m, Value.of(0));
        }
    }

    /** {@return what a new value holds: the bytes handed over, or zeroes} */
    private Cells initial(Machine m, MapDefinition map) {
        if (m.registers[3] instanceof Value.Pointer) {
            return HelperCalls.plainBytes(m, map, arguments.bytes(m, 3, map.valueSize()).orElseThrow());
        }
        Cells zero = Cells.EMPTY;
        for (int at = 0; at < map.valueSize(); at += Long.BYTES) {
            zero = zero.write(at, Math.min(Long.BYTES, map.valueSize() - at), Value.of(0), MemoryAccess.unknowns(m));
        }
        return HelperCalls.plainBytes(m, map, zero);
    }
}
