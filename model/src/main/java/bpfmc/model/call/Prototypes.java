package bpfmc.model.call;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.btf.FunctionPrototype.Parameter;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.machine.Determined;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Provenance;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Functions of which only the prototype is known, a helper's from the kernel's tables, a kernel function's from the object's BTF: they read the
 * memory they may read, leave anything in the memory they may write, and return anything of their result type. Those that call back, sleep, or
 * work on shared structures that are not modelled stop the run.
 */
final class Prototypes {
    /** Beginnings of the names of kernel functions on objects, locks, iterators and callbacks that are not modelled. */
    private static final ImmutableList<String> UNMODELLED = Lists.immutable.with(
            "bpf_obj_", "bpf_percpu_obj_", "bpf_refcount_", "bpf_list_", "bpf_rbtree_", "bpf_iter_",
            "bpf_wq_", "bpf_timer_", "bpf_task_work_", "bpf_arena_", "bpf_throw", "bpf_dynptr_", "bpf_kptr_", "bpf_map_",
            "scx_bpf_", "bpf_copy_from_user", "bpf_stream_");

    private static final int MOST_ARGUMENTS = 5;
    private static final int FRAME_BYTES = 512;

    private Prototypes() {}

    /** {@return what the prototype says of the function's uses} */
    static ImmutableSet<Use> uses(Callee callee) {
        MutableSet<Use> uses = Sets.mutable.empty();
        if (readsKernel(callee)) {
            uses.add(Use.READS_KERNEL);
        }
        if (returnsUnknown(callee)) {
            uses.add(Use.RETURNS_UNKNOWN);
        }
        return uses.toImmutable();
    }

    /** {@return whether the function may read the packet, the context, or what the run has handed to the kernel} */
    static boolean readsKernel(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> h.helper().arguments().anySatisfy(a -> a.reads() || a == Argument.CONTEXT || a == Argument.OBJECT);
            case Callee.OfKfunc k -> true;
            case Callee.OfKernel k -> true;
            case Callee.Unknown u -> true;
            case Callee.Nameless n -> true;
        };
    }

    private static boolean returnsUnknown(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> h.helper().effects().noneSatisfy(Prototypes::beyond) && switch (h.helper().result()) {
                case U32, S32, U64 -> true;
                case VOID, POINTER, POINTER_OR_NULL -> false;
            };
            case Callee.OfKfunc k -> UNMODELLED.noneSatisfy(callee.name()::startsWith) && switch (k.kfunc().prototype().result().kind()) {
                case BOOLEAN, INTEGER, ENUM -> true;
                case FLOAT, AGGREGATE, POINTER, VOID -> false;
            };
            case Callee.OfKernel k -> false;
            case Callee.Unknown u -> false;
            case Callee.Nameless n -> false;
        };
    }

    private static boolean beyond(Effect effect) {
        return switch (effect) {
            case CALLS_BACK, SLEEPS, TIMER, LOCAL_STORAGE, QUEUE, KPTR, DYNPTR, MAP_ELEMENT, LOCK, TAIL_CALL, RING_BUFFER -> true;
            case CHANGES_PACKET, CHANGES_CONTEXT, CLOCK, CPU, CONSTANT -> false;
        };
    }

    /** Stops for want of a model of the function. {@return true} */
    static boolean unmodelled(Call call) {
        return call.unsupported((call.callee() instanceof Callee.OfHelper ? "helper " : "kernel function ") + written(call.callee()));
    }

    /** {@return the function's name as the program writes it} */
    private static String written(Callee callee) {
        return callee instanceof Callee.OfKfunc k ? k.kfunc().name() : callee.name();
    }

    static boolean enter(Call call) {
        return switch (call.callee()) {
            case Callee.OfHelper h when h.helper().effects().anySatisfy(Prototypes::beyond) -> unmodelled(call);
            case Callee.OfHelper h -> !readable(call, h.helper()) || perform(call, h.helper());
            case Callee.OfKfunc k when UNMODELLED.anySatisfy(call.callee().name()::startsWith) -> unmodelled(call);
            case Callee.OfKfunc k -> perform(call, k.kfunc());
            case Callee.OfKernel k -> throw new IllegalStateException(k + " has a family");
            case Callee.Unknown u -> call.unsupported(u.name() + ", which no kernel known here has");
            case Callee.Nameless n -> call.unsupported(n.name());
        };
    }

    // ---- helpers

    /** {@return whether all that the helper reads has been copied out of shared memory} The machine has stopped otherwise. */
    private static boolean readable(Call call, Helper h) {
        for (int i = 0; i < h.arguments().size(); i++) {
            Argument argument = h.arguments().get(i);
            MapDefinition data = call.element(i + 1).map(e -> call.config().dataSection(e)).orElse(null);
            boolean shared = call.element(i + 1).isPresent() && (data == null || !data.readOnlyData());
            if (shared && (argument == Argument.OBJECT || argument == Argument.STRING)) {
                return !call.unsupported("helper bpf_" + h.name() + ", which is handed the address of a map value");
            }
            if (shared && argument.reads()) {
                OptionalInt size = size(call, h, i);
                if (size.isEmpty()) {
                    return !call.unsupported("helper bpf_" + h.name() + ", which reads an unknown number of bytes of a map value");
                }
                if (call.arguments().bytes(call.machine(), i + 1, size.getAsInt()).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean perform(Call call, Helper h) {
        Machine m = call.machine();
        long read = read(call, h);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        for (int i = 0; i < h.arguments().size(); i++) {
            if (h.arguments().get(i).writes() && call.argument(i + 1) instanceof Value.Pointer) {
                OptionalInt size = size(call, h, i);
                if (size.isEmpty()) {
                    return call.unsupported("helper bpf_" + h.name() + ", which writes an unknown number of bytes");
                }
                steps.addAllIterable(call.arguments().scramble(m, i + 1, size.getAsInt(), read, Determined.computed(call.callee().name())));
            }
        }
        if (m.stopped()) {
            return true;
        }
        keep(m, h, read);
        return switch (h.result()) {
            case VOID -> call.finishAfter(steps.toImmutable(), Value.of(0));
            case U32 -> call.finishAfter(steps.toImmutable(), result(call, 4, read));
            case S32, U64 -> call.finishAfter(steps.toImmutable(), result(call, 8, read));
            case POINTER -> call.finishAfter(steps.toImmutable(), object(call.callee().name(), read));
            case POINTER_OR_NULL -> addressOrNull(call, steps.toImmutable(), object(call.callee().name(), read));
        };
    }

    private static Value result(Call call, int bytes, long read) {
        return new Value.Scalar(call.config().result(call.machine(), written(call.callee()), bytes).term(), read);
    }

    /** {@return the address of an object of the kernel} What is read there comes from what the function has read. */
    private static Value object(String name, long read) {
        return Value.to(new Region.Kernel(name), 0).from(read);
    }

    private static boolean addressOrNull(Call call, ImmutableList<VisibleOperation> steps, Value object) {
        Call none = call.fork();
        none.finishAfter(steps, Value.of(0));
        none.follow();
        return call.finishAfter(steps, object);
    }

    /** What the helper was handed stays in the packet, in the context or in a kernel object, where another may read it; output to a map nobody reads back. */
    private static void keep(Machine m, Helper h, long read) {
        boolean outputs = h.arguments().contains(Argument.MAP);
        boolean object = h.arguments().contains(Argument.CONTEXT) || h.arguments().contains(Argument.OBJECT);
        if (object && !outputs) {
            m.packet = m.packet.handing(read);
        }
        if (h.effects().contains(Effect.CHANGES_CONTEXT)) {
            changeContext(m);
        }
        if (h.effects().contains(Effect.CHANGES_PACKET)) {
            m.packet = m.packet.changed(read);
        }
    }

    /** Leaves anything in the context; what the run has put there the kernel may keep. */
    static void changeContext(Machine m) {
        m.packet = m.packet.handing(Provenance.all(m.context));
        m.context = Cells.EMPTY;
        m.contextVersion++;
    }

    /** {@return the shared loads that all that the helper may read comes from} */
    private static long read(Call call, Helper h) {
        Machine m = call.machine();
        long loads = 0;
        for (int i = 0; i < h.arguments().size(); i++) {
            boolean sized = h.arguments().get(i).reads();
            loads |= Provenance.of(m, i + 1, sized ? size(call, h, i).orElse(-1) : -1) | Provenance.all(m.progress.gathered().get(i));
            loads |= h.arguments().get(i) == Argument.CONTEXT ? m.packet.loads() : 0;
        }
        return loads;
    }

    /** {@return the bytes that a memory argument spans: exactly known, or for private memory the most they can be} */
    private static OptionalInt size(Call call, Helper h, int index) {
        return switch (h.arguments().get(index)) {
            case OUT4, INOUT4, OUT8, IN20, IN40 -> h.arguments().get(index).fixedSize();
            case KEY -> mapOf(call).map(map -> OptionalInt.of(map.keySize())).orElse(OptionalInt.empty());
            case VALUE, VALUE_OUT -> mapOf(call).map(map -> OptionalInt.of(map.valueSize())).orElse(OptionalInt.empty());
            case ANY, SIZE, MAP, IN, OUT, INOUT, STRING, CONTEXT, OBJECT, LOCK, TIMER, DYNPTR, CALLBACK, CALLBACK_CONTEXT -> sizeArgument(call, index);
        };
    }

    private static OptionalInt sizeArgument(Call call, int index) {
        if (!(call.argument(index + 2) instanceof Value.Scalar s)) {
            return OptionalInt.empty();
        }
        if (s.term() instanceof Constant c) {
            return OptionalInt.of((int) c.value());
        }
        long most = call.machine().facts.range(s.term()).umax();
        return call.element(index + 1).isPresent() || most < 0 || most > 1 << 16 ? OptionalInt.empty() : OptionalInt.of((int) most);
    }

    private static Optional<MapDefinition> mapOf(Call call) {
        return call.map(1).or(() -> call.map(2));
    }

    // ---- kernel functions

    private static boolean perform(Call call, Reference.Kfunc kfunc) {
        Machine m = call.machine();
        long read = read(m, kfunc);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        ImmutableList<Parameter> parameters = kfunc.prototype().parameters().take(MOST_ARGUMENTS);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            if (p.kind() == FunctionPrototype.Kind.POINTER && !p.pointeeConst()) {
                steps.addAllIterable(scramble(call, kfunc, i + 1, p, read));
            } else if (call.element(i + 1).isPresent()) {
                call.unsupported("kernel function " + kfunc.name() + ", which reads a map value");
            }
        }
        m.packet = m.packet.handing(read);
        return m.stopped() || result(call, kfunc, steps.toImmutable(), read);
    }

    /** {@return the shared loads that all that the function may read comes from} */
    private static long read(Machine m, Reference.Kfunc kfunc) {
        long loads = 0;
        for (int i = 0; i < Math.min(MOST_ARGUMENTS, kfunc.prototype().parameters().size()); i++) {
            int bytes = kfunc.prototype().parameters().get(i).pointeeSize();
            loads |= Provenance.of(m, i + 1, bytes > 0 ? bytes : -1);
        }
        return loads;
    }

    private static ImmutableList<VisibleOperation> scramble(Call call, Reference.Kfunc kfunc, int argument, Parameter parameter, long read) {
        boolean memory = call.argument(argument) instanceof Value.Pointer p
                && (p.region() instanceof Region.Stack || p.region() instanceof Region.Element || p.region() instanceof Region.Memory);
        if (memory && parameter.pointeeSize() == 0) {
            call.unsupported("kernel function " + kfunc.name() + ", which is handed memory of unknown size");
        }
        return memory && parameter.pointeeSize() > 0
                ? call.arguments().scramble(call.machine(), argument, parameter.pointeeSize(), read, Determined.computed(kfunc.name())) : Lists.immutable.empty();
    }

    private static boolean result(Call call, Reference.Kfunc kfunc, ImmutableList<VisibleOperation> steps, long read) {
        Parameter result = kfunc.prototype().result();
        return switch (result.kind()) {
            case POINTER -> addressOrNull(call, steps, object(result.typeName(), read));
            case VOID -> call.finishAfter(steps, Value.of(0));
            case BOOLEAN, INTEGER, ENUM, FLOAT, AGGREGATE -> call.finishAfter(steps, result(call, 8, read));
        };
    }

    // ---- alone

    /** What any function of this prototype leaves behind when nobody else runs. {@return true} */
    static boolean alone(VerifierCall call) {
        return switch (call.callee()) {
            case Callee.OfHelper h -> alone(call, h.helper());
            case Callee.OfKfunc k -> alone(call, k.kfunc());
            case Callee.OfKernel k -> call.finish(call.machine().unknownValue(8));
            case Callee.Unknown u -> call.finish(call.machine().unknownValue(8));
            case Callee.Nameless n -> call.finish(call.machine().unknownValue(8));
        };
    }

    private static boolean alone(VerifierCall call, Helper h) {
        Machine m = call.machine();
        for (int i = 0; i < h.arguments().size(); i++) {
            int argument = i + 1;
            if (h.arguments().get(i).writes()) {
                anything(m, argument, h.arguments().get(i).fixedSize().orElseGet(() -> sizeOf(call, argument + 1)));
            }
        }
        if (h.effects().contains(Effect.CHANGES_PACKET)) {
            m.packet = m.packet.changed(0);
        }
        if (h.effects().contains(Effect.CHANGES_CONTEXT)) {
            m.context = Cells.EMPTY;
            m.contextVersion++;
        }
        boolean ofMap = h.effects().contains(Effect.MAP_ELEMENT) || h.effects().contains(Effect.LOCAL_STORAGE);
        return switch (h.result()) {
            case VOID -> call.finish(Value.of(0));
            case U32 -> call.finish(m.unknownValue(4));
            case S32, U64 -> call.finish(m.unknownValue(8));
            case POINTER -> ofMap ? VerifierLookups.address(call) : call.finish(call.object());
            case POINTER_OR_NULL -> {
                if (ofMap) {
                    yield VerifierLookups.lookup(call);
                }
                call.nothing();
                yield call.finish(call.object());
            }
        };
    }

    /** Parts of the names of kernel functions that take a reference over (KF_RELEASE). */
    private static final ImmutableList<String> RELEASING = Lists.immutable.with("release", "drop", "put", "destroy", "free", "dtor");

    private static boolean alone(VerifierCall call, Reference.Kfunc kfunc) {
        ImmutableList<Parameter> parameters = kfunc.prototype().parameters().take(MOST_ARGUMENTS);
        if (RELEASING.anySatisfy(kfunc.name()::contains)) {
            for (int i = 1; i <= parameters.size(); i++) {
                call.element(i).ifPresent(call::giveUp);
            }
        }
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            if (p.kind() == FunctionPrototype.Kind.POINTER && !p.pointeeConst()) {
                anything(call.machine(), i + 1, p.pointeeSize());
            }
        }
        Parameter result = kfunc.prototype().result();
        return switch (result.kind()) {
            case POINTER -> {
                call.nothing();
                yield call.finish(Value.to(new Region.Kernel(result.typeName()), 0));
            }
            case VOID, BOOLEAN, INTEGER, ENUM, FLOAT, AGGREGATE -> call.finish(call.machine().unknownValue(8));
        };
    }

    private static int sizeOf(VerifierCall call, int argument) {
        if (argument <= MOST_ARGUMENTS && call.argument(argument) instanceof Value.Scalar s && s.term() instanceof Constant c) {
            call.restsOn(s);
            return (int) c.value();
        }
        return -1;
    }

    /** Makes the memory an argument points to unknown, the whole frame when its size is. */
    private static void anything(Machine m, int argument, int size) {
        if (!(m.registers[argument] instanceof Value.Pointer p)) {
            return;
        }
        switch (p.region()) {
            case Region.Stack s -> {
                Frame frame = m.frames.get(s.frame());
                m.frames.set(s.frame(), frame.withStack(size > 0 && size <= FRAME_BYTES && p.offset() instanceof Constant c
                        ? frame.stack().without((int) c.value(), size, MemoryAccess.unknowns(m)) : VerifierElements.irqFlags(frame.stack())));
            }
            case Region.Memory x -> m.memories.put(x.id(), Cells.EMPTY);
            case Region.Context c -> {
                m.context = Cells.EMPTY;
                m.contextVersion++;
            }
            case Region.Packet x -> m.packet = m.packet.changed(0);
            case Region.PacketEnd x -> { }
            case Region.Element e -> { }
            case Region.MapHandle h -> { }
            case Region.Code c -> { }
            case Region.Kernel k -> { }
        }
    }
}
