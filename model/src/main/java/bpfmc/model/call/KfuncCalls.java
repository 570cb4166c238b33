package bpfmc.model.call;

import bpfmc.model.btf.FunctionPrototype.Parameter;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Calls of kernel functions. Those that only mark regions of code mean nothing for what one CPU sees of another; those
 * that work on shared structures, call back or sleep are not supported; all others may leave anything in the memory they
 * are handed and return anything of their type, by the prototype in the object's BTF.
 */
public final class KfuncCalls {
    /** Kernel functions that change nothing a program can see (kernel/bpf/helpers.c). */
    private static final ImmutableList<String> MARKERS = Lists.immutable.with(
            "bpf_rcu_read_lock", "bpf_rcu_read_unlock");

    /** Beginnings of the names of kernel functions on objects, locks, iterators and callbacks that are not modelled. */
    private static final ImmutableList<String> UNMODELLED = Lists.immutable.with(
            "bpf_obj_", "bpf_percpu_obj_", "bpf_refcount_", "bpf_list_", "bpf_rbtree_", "bpf_iter_",
            "bpf_wq_", "bpf_timer_", "bpf_task_work_", "bpf_arena_", "bpf_throw", "bpf_dynptr_", "bpf_kptr_", "bpf_map_",
            "scx_bpf_", "bpf_copy_from_user", "bpf_stream_");

    private final RunConfig config;
    private final ArgumentMemory arguments;
    private final KernelSteps kernel;
    private final TimerCalls timers;

    public KfuncCalls(RunConfig config) {
        this.config = config;
        this.arguments = new ArgumentMemory(config);
        this.kernel = new KernelSteps(config, arguments);
        this.timers = new TimerCalls(config);
    }

    public boolean call(Machine m, Deque<Machine> work) {
        if (!(config.program().references().get(m.pc) instanceof Reference.Kfunc kfunc)) {
            m.unsupported("a kernel function without a name");
            return true;
        }
        if (MARKERS.contains(kfunc.name())) {
            return HelperCalls.finish(m, Value.of(0));
        }
        if (CpuSwitches.concerns(kfunc.name())) {
            CpuSwitches.call(m, kfunc.name());
            return true;
        }
        if (LockCalls.concerns(kfunc.name())) {
            LockCalls.call(m, kfunc.name());
            return true;
        }
        if (KernelSteps.concerns(kfunc.name()) && KernelSteps.mayBeCalledBy(config.program())) {
            kernel.call(m, kfunc.name());
            return true;
        }
        if (TimerCalls.concerns(kfunc.name())) {
            return timers.call(m, kfunc.name(), work);
        }
        if (ObjectCalls.concerns(kfunc.name())) {
            return ObjectCalls.call(m, kfunc.name(), work);
        }
        if (UNMODELLED.anySatisfy(kfunc.name()::startsWith)) {
            m.unsupported("kernel function " + kfunc.name());
            return true;
        }
        long read = read(m, kfunc);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        ImmutableList<Parameter> parameters = kfunc.prototype().parameters();
        for (int i = 0; i < Math.min(5, parameters.size()); i++) {
            Parameter p = parameters.get(i);
            if (p.kind() == FunctionPrototype.Kind.POINTER && !p.pointeeConst()) {
                steps.addAllIterable(scramble(m, kfunc, i + 1, p, read));
            } else if (m.registers[i + 1] instanceof Value.Pointer q && q.region() instanceof Region.Element) {
                m.unsupported("kernel function " + kfunc.name() + ", which reads a map value");
            }
        }
        m.packet = m.packet.handing(read);
        return m.stopped() || result(m, kfunc, steps.toImmutable(), read, work);
    }

    /** {@return the shared loads that all that the function may read comes from} */
    private static long read(Machine m, Reference.Kfunc kfunc) {
        long loads = 0;
        for (int i = 0; i < Math.min(5, kfunc.prototype().parameters().size()); i++) {
            int bytes = kfunc.prototype().parameters().get(i).pointeeSize();
            loads |= Provenance.of(m, i + 1, bytes > 0 ? bytes : -1);
        }
        return loads;
    }

    /** {@return whether nothing is known of what it returns but that it is a number} */
    static boolean returnsUnknown(Reference.Kfunc kfunc, BpfProgram program) {
        boolean apart = MARKERS.contains(kfunc.name()) || CpuSwitches.concerns(kfunc.name()) || UNMODELLED.anySatisfy(kfunc.name()::startsWith)
                || KernelSteps.concerns(kfunc.name()) && KernelSteps.mayBeCalledBy(program);
        return !apart && switch (kfunc.prototype().result().kind()) {
            case BOOLEAN, INTEGER, ENUM -> true;
            case FLOAT, AGGREGATE, POINTER, VOID -> false;
        };
    }

    private ImmutableList<VisibleOperation> scramble(Machine m, Reference.Kfunc kfunc, int argument, Parameter parameter, long read) {
        boolean memory = m.registers[argument] instanceof Value.Pointer p
                && (p.region() instanceof Region.Stack || p.region() instanceof Region.Element || p.region() instanceof Region.Memory);
        if (memory && parameter.pointeeSize() == 0) {
            m.unsupported("kernel function " + kfunc.name() + ", which is handed memory of unknown size");
        }
        return memory && parameter.pointeeSize() > 0 ? arguments.scramble(m, argument, parameter.pointeeSize(), read) : Lists.immutable.empty();
    }

    private boolean result(Machine m, Reference.Kfunc kfunc, ImmutableList<VisibleOperation> steps, long read, Deque<Machine> work) {
        Parameter result = kfunc.prototype().result();
        return switch (result.kind()) {
            case POINTER -> {
                Machine none = m.copy();
                HelperCalls.finishAfter(none, steps, Value.of(0));
                work.push(none);
                yield HelperCalls.finishAfter(m, steps, Value.to(new Region.Kernel(result.typeName()), 0));
            }
            case VOID -> HelperCalls.finishAfter(m, steps, Value.of(0));
            case BOOLEAN, INTEGER, ENUM, FLOAT, AGGREGATE -> HelperCalls.finishAfter(m, steps,
                    new Value.Scalar(config.result(m, kfunc.name(), 8).term(), read));
        };
    }
}
