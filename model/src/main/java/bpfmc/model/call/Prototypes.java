package bpfmc.model.call;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.btf.FunctionPrototype.Parameter;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.Determined;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.ReadValues;
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
 * Functions of which only the prototype is known, a helper's from the kernel's tables, a kernel function's from there or from the object's BTF: they
 * read the memory they may read, leave anything in the memory they may write, and return anything of their result type. So calls that cannot touch
 * maps or memory of the program, whatever else they do, end no run. Those that call back, or work on shared structures that are not modelled, do.
 */
final class Prototypes {
    private static final int MOST_ARGUMENTS = 5;
    private static final int FRAME_BYTES = 512;

    /** Most bytes that a kernel function of which BTF alone is known is taken to write into memory that it is handed. */
    private static final int MOST_BYTES = 512;

    private Prototypes() {}

    /** What the prototype of a function says, a helper's or that of a kernel function whose arguments are written down. */
    private record Shape(ImmutableList<Argument> arguments, ImmutableSet<Effect> effects) {
        static Optional<Shape> of(Callee callee) {
            return switch (callee) {
                case Callee.OfHelper h -> Optional.of(new Shape(h.helper().arguments(), h.helper().effects()));
                case Callee.OfKfunc k -> Kfuncs.arguments(k.kfunc().name()).map(a -> new Shape(a, Kfuncs.effects(k.kfunc().name())));
                case Callee.OfKernel k -> Optional.empty();
                case Callee.Unknown u -> Optional.empty();
                case Callee.Nameless n -> Optional.empty();
            };
        }
    }

    // ---- what is known without a call

    /** {@return how far runs follow a function of which the prototype is known} */
    static Support support(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> supportByShape(h);
            case Callee.OfKfunc k -> Unfollowable.byName(k.name()).<Support>map(Support.NotModelled::new).orElseGet(() -> supportByShape(k));
            case Callee.OfKernel k -> new Support.Exact();
            case Callee.Unknown u -> new Support.NotModelled("no kernel known here has");
            case Callee.Nameless n -> new Support.NotModelled("nobody knows");
        };
    }

    private static Support supportByShape(Callee callee) {
        Optional<Shape> shape = Shape.of(callee);
        return shape.flatMap(s -> Unfollowable.byPrototype(s.arguments(), s.effects())).<Support>map(Support.NotModelled::new)
                .orElseGet(() -> new Support.Approximated(shape.map(s -> how(callee, s)).orElse("by the object's BTF")));
    }

    private static String how(Callee callee, Shape shape) {
        MutableList<String> any = Lists.mutable.empty();
        if (!(callee instanceof Callee.OfHelper h) || h.helper().result() != Helper.Result.VOID) {
            any.add(callee instanceof Callee.OfHelper h && (h.helper().result() == Helper.Result.POINTER || h.helper().result() == Helper.Result.POINTER_OR_NULL)
                    ? "any object of the kernel" : "any result");
        }
        if (shape.arguments().anySatisfy(Argument::writes)) {
            any.add("any bytes in the memory that it writes");
        }
        if (shape.effects().contains(Effect.CHANGES_PACKET)) {
            any.add("any packet");
        }
        if (shape.effects().contains(Effect.CHANGES_CONTEXT)) {
            any.add("any context");
        }
        return any.isEmpty() ? "does nothing that programs see" : "leaves " + any.makeString(", ");
    }

    /** {@return what the prototype says of the function's uses} */
    static ImmutableSet<Use> uses(Callee callee) {
        MutableSet<Use> uses = Sets.mutable.empty();
        if (readsKernel(callee)) {
            uses.add(Use.READS_KERNEL);
        }
        if (returnsUnknown(callee)) {
            uses.add(Use.RETURNS_UNKNOWN);
        }
        if (changesPacket(callee)) {
            uses.add(Use.CHANGES_PACKET);
        }
        if (sleeps(callee)) {
            uses.add(Use.SLEEPS);
        }
        return uses.toImmutable();
    }

    /** {@return whether the function may read the packet, the context, or what the run has handed to the kernel} */
    static boolean readsKernel(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> h.helper().arguments().anySatisfy(a -> a.reads() || a == Argument.CONTEXT || a == Argument.OBJECT)
                    || h.helper().effects().contains(Effect.QUEUE);
            case Callee.OfKfunc k -> true;
            case Callee.OfKernel k -> true;
            case Callee.Unknown u -> true;
            case Callee.Nameless n -> true;
        };
    }

    private static boolean returnsUnknown(Callee callee) {
        return support(callee) instanceof Support.Approximated && switch (callee) {
            case Callee.OfHelper h -> switch (h.helper().result()) {
                case U32, S32, U64 -> true;
                case VOID, POINTER, POINTER_OR_NULL -> false;
            };
            case Callee.OfKfunc k -> switch (k.kfunc().prototype().result().kind()) {
                case BOOLEAN, INTEGER, ENUM -> true;
                case FLOAT, AGGREGATE, POINTER, VOID -> false;
            };
            case Callee.OfKernel k -> false;
            case Callee.Unknown u -> false;
            case Callee.Nameless n -> false;
        };
    }

    private static boolean sleeps(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> h.helper().effects().contains(Effect.SLEEPS);
            case Callee.OfKfunc k -> Kfuncs.sleeps(k.kfunc().name(), KernelVersion.NEWEST);
            case Callee.OfKernel k -> false;
            case Callee.Unknown u -> false;
            case Callee.Nameless n -> false;
        };
    }

    /** A kernel function of which BTF alone is known may do anything with a packet whose context it is handed. */
    private static boolean changesPacket(Callee callee) {
        return Shape.of(callee).map(s -> s.effects().contains(Effect.CHANGES_PACKET))
                .orElseGet(() -> callee instanceof Callee.OfKfunc k && k.kfunc().prototype().parameters().anySatisfy(Prototypes::writable));
    }

    private static boolean writable(Parameter parameter) {
        return parameter.kind() == FunctionPrototype.Kind.POINTER && !parameter.pointeeConst();
    }

    /** {@return the function's name as the program writes it} */
    static String written(Callee callee) {
        return callee instanceof Callee.OfKfunc k ? k.kfunc().name() : callee.name();
    }

    /** {@return the function for people: "helper bpf_loop"} */
    private static String called(Callee callee) {
        return switch (callee) {
            case Callee.OfHelper h -> "helper " + h.name();
            case Callee.OfKfunc k -> "kernel function " + k.kfunc().name();
            case Callee.OfKernel k -> k.name();
            case Callee.Unknown u -> u.name();
            case Callee.Nameless n -> n.name();
        };
    }

    // ---- execution

    /** Stops for want of a model of the function, for the reason that its family tells. {@return true} */
    static boolean unmodelled(Call call) {
        return call.unsupported(called(call.callee()) + (Calls.support(call.callee()) instanceof Support.NotModelled no ? ", which " + no.why() : ""));
    }

    static boolean enter(Call call) {
        if (support(call.callee()) instanceof Support.NotModelled) {
            return unmodelled(call);
        }
        Optional<Shape> shape = Shape.of(call.callee());
        return shape.isPresent() ? !readable(call, shape.get()) || perform(call, shape.get()) : perform(call, ((Callee.OfKfunc) call.callee()).kfunc());
    }

    /** {@return whether all that the function reads has been copied out of shared memory} The machine has stopped otherwise. */
    private static boolean readable(Call call, Shape shape) {
        for (int i = 0; i < shape.arguments().size(); i++) {
            Argument argument = argument(call, shape, i);
            if (!shared(call, i + 1)) {
                continue;
            }
            if (argument == Argument.OBJECT || argument == Argument.STRING) {
                return !call.unsupported(called(call.callee()) + ", which is handed the address of a map value");
            }
            if (argument.reads()) {
                OptionalInt size = size(call, argument, i);
                if (size.isEmpty()) {
                    return !call.unsupported(called(call.callee()) + ", which reads an unknown number of bytes of a map value");
                }
                if (call.arguments().bytes(call.machine(), i + 1, size.getAsInt()).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return what an argument is for} A Bloom filter is asked for a value, and hands out none (kernel/bpf/bloom_filter.c). */
    private static Argument argument(Call call, Shape shape, int index) {
        Argument argument = shape.arguments().get(index);
        boolean asks = argument == Argument.VALUE_OUT && mapOf(call).filter(m -> m.type() == MapType.BLOOM_FILTER).isPresent();
        return asks ? Argument.VALUE : argument;
    }

    /** {@return whether an argument points into a map value that may change} */
    private static boolean shared(Call call, int argument) {
        return call.element(argument).map(e -> call.config().dataSection(e) == null || !call.config().dataSection(e).readOnlyData()).orElse(false);
    }

    private static boolean perform(Call call, Shape shape) {
        Machine m = call.machine();
        long read = read(call, shape);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        for (int i = 0; i < shape.arguments().size(); i++) {
            if (argument(call, shape, i).writes() && call.argument(i + 1) instanceof Value.Pointer) {
                OptionalInt size = size(call, shape.arguments().get(i), i);
                if (size.isEmpty()) {
                    return call.unsupported(called(call.callee()) + ", which writes an unknown number of bytes");
                }
                steps.addAllIterable(call.arguments().scramble(m, i + 1, size.getAsInt(), read, Determined.computed(call.callee().name())));
            }
        }
        if (m.stopped()) {
            return true;
        }
        keep(m, shape, read);
        return finish(call, steps.toImmutable(), read);
    }

    private static boolean finish(Call call, ImmutableList<VisibleOperation> steps, long read) {
        return switch (call.callee()) {
            case Callee.OfHelper h -> switch (h.helper().result()) {
                case VOID -> call.finishAfter(steps, Value.of(0));
                case U32 -> call.finishAfter(steps, result(call, 4, read));
                case S32, U64 -> call.finishAfter(steps, result(call, 8, read));
                case POINTER -> call.finishAfter(steps, object(call.callee().name(), read));
                case POINTER_OR_NULL -> addressOrNull(call, steps, object(call.callee().name(), read));
            };
            case Callee.OfKfunc k -> switch (k.kfunc().prototype().result().kind()) {
                case POINTER -> addressOrNull(call, steps, object(k.kfunc().prototype().result().typeName(), read));
                case VOID -> call.finishAfter(steps, Value.of(0));
                case BOOLEAN, INTEGER, ENUM, FLOAT, AGGREGATE -> call.finishAfter(steps, result(call, 8, read));
            };
            case Callee.OfKernel k -> throw new IllegalStateException(k + " has a family");
            case Callee.Unknown u -> throw new IllegalStateException(u + " has no prototype");
            case Callee.Nameless n -> throw new IllegalStateException(n + " has no prototype");
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

    /** What the function was handed stays in the packet, in the context or in a kernel object, where another may read it; output to a map nobody reads back. */
    private static void keep(Machine m, Shape shape, long read) {
        boolean outputs = shape.arguments().contains(Argument.MAP);
        boolean object = shape.arguments().contains(Argument.CONTEXT) || shape.arguments().contains(Argument.OBJECT);
        if (object && !outputs || shape.effects().contains(Effect.QUEUE)) {
            m.packet = m.packet.handing(read);
        }
        if (shape.effects().contains(Effect.CHANGES_CONTEXT)) {
            changeContext(m);
        }
        if (shape.effects().contains(Effect.CHANGES_PACKET)) {
            m.packet = m.packet.changed(read);
        }
    }

    /** Leaves anything in the context; what the run has put there the kernel may keep. */
    static void changeContext(Machine m) {
        m.packet = m.packet.handing(Provenance.all(m.context));
        m.context = Cells.EMPTY;
        m.contextVersion++;
    }

    /** {@return the shared loads that all that the function may read comes from} */
    private static long read(Call call, Shape shape) {
        Machine m = call.machine();
        long loads = 0;
        for (int i = 0; i < shape.arguments().size(); i++) {
            Argument argument = argument(call, shape, i);
            loads |= Provenance.of(m, i + 1, argument.reads() ? size(call, argument, i).orElse(-1) : -1) | Provenance.all(m.progress.gathered().get(i));
            loads |= argument == Argument.CONTEXT ? m.packet.loads() : 0;
        }
        return shape.effects().contains(Effect.QUEUE) ? loads | m.packet.handedOver() : loads;
    }

    /** {@return the bytes that a memory argument spans: exactly known, or for private memory the most they can be} */
    private static OptionalInt size(Call call, Argument argument, int index) {
        return switch (argument) {
            case OUT4, INOUT4, OUT8, IN20, IN40 -> argument.fixedSize();
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

    // ---- kernel functions of which the object's BTF alone is known

    private static boolean perform(Call call, Reference.Kfunc kfunc) {
        Machine m = call.machine();
        long read = read(m, kfunc);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        ImmutableList<Parameter> parameters = kfunc.prototype().parameters().take(MOST_ARGUMENTS);
        for (int i = 0; i < parameters.size(); i++) {
            hand(call, parameters, i, steps, read);
        }
        m.packet = m.packet.handing(read);
        return m.stopped() || finish(call, steps.toImmutable(), read);
    }

    /** {@return the shared loads that all that the function may read comes from} */
    private static long read(Machine m, Reference.Kfunc kfunc) {
        long loads = 0;
        for (int i = 0; i < Math.min(MOST_ARGUMENTS, kfunc.prototype().parameters().size()); i++) {
            int bytes = kfunc.prototype().parameters().get(i).pointeeSize();
            boolean sized = bytes > 0 && !sizeFollows(kfunc.prototype().parameters(), i);
            loads |= Provenance.of(m, i + 1, sized ? bytes : -1);
        }
        return loads;
    }

    /** {@return whether the next parameter may be the number of bytes of this one: BTF does not name it} */
    private static boolean sizeFollows(ImmutableList<Parameter> parameters, int index) {
        return index + 1 < parameters.size() && parameters.get(index + 1).kind() == FunctionPrototype.Kind.INTEGER;
    }

    /** Hands an argument to the function, which may write what it points to unless its type forbids that. */
    private static void hand(Call call, ImmutableList<Parameter> parameters, int index, MutableList<VisibleOperation> steps, long read) {
        Parameter parameter = parameters.get(index);
        if (!(call.argument(index + 1) instanceof Value.Pointer p) || parameter.kind() != FunctionPrototype.Kind.POINTER) {
            return;
        }
        String function = called(call.callee());
        Optional<String> type = Unfollowable.byType(parameter.typeName());
        if (type.isPresent()) {
            call.unsupported(function + ", which " + type.get());
            return;
        }
        switch (p.region()) {
            case Region.Stack s -> scramble(call, parameters, index, steps, read);
            case Region.Memory x -> scramble(call, parameters, index, steps, read);
            case Region.Packet x -> scramble(call, parameters, index, steps, read);
            case Region.Element e when !shared(call, index + 1) -> { }
            case Region.Element e when parameter.pointeeConst() -> call.unsupported(function + ", which reads a map value");
            case Region.Element e -> scramble(call, parameters, index, steps, read);
            case Region.Context c when parameter.pointeeConst() -> { }
            case Region.Context c -> {
                changeContext(call.machine());
                call.machine().packet = call.machine().packet.changed(read);
            }
            case Region.MapHandle h -> call.unsupported(function + ", which is handed a map");
            case Region.Code c -> call.unsupported(function + ", which is handed a function of the program");
            case Region.PacketEnd x -> { }
            case Region.Kernel k when ReadValues.is(k) && !parameter.pointeeConst() -> call.unsupported(function + ", which may write " + k.what());
            case Region.Kernel k -> { }
        }
    }

    private static void scramble(Call call, ImmutableList<Parameter> parameters, int index, MutableList<VisibleOperation> steps, long read) {
        if (parameters.get(index).pointeeConst()) {
            return;
        }
        OptionalInt size = written(call, parameters, index);
        if (size.isEmpty()) {
            call.unsupported(called(call.callee()) + ", which is handed memory of unknown size");
            return;
        }
        steps.addAllIterable(call.arguments().scramble(call.machine(), index + 1, size.getAsInt(), read, Determined.computed(call.callee().name())));
    }

    /**
     * {@return how many bytes the function may write} Of a number the next argument may tell how many there are; of a structure it may, too, when it is no larger.
     */
    private static OptionalInt written(Call call, ImmutableList<Parameter> parameters, int index) {
        Parameter parameter = parameters.get(index);
        boolean structure = parameter.typeName().startsWith("struct ") || parameter.typeName().startsWith("union ");
        if (!sizeFollows(parameters, index)) {
            return parameter.pointeeSize() > 0 ? OptionalInt.of(parameter.pointeeSize()) : OptionalInt.empty();
        }
        OptionalInt size = sizeArgument(call, index);
        boolean plausible = size.isPresent() && size.getAsInt() > 0 && size.getAsInt() <= (structure ? parameter.pointeeSize() : MOST_BYTES);
        return !plausible || shared(call, index + 1) ? OptionalInt.empty() : structure ? OptionalInt.of(parameter.pointeeSize()) : size;
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
                call.finish(Value.to(new Region.Kernel(result.typeName()), 0));
                if (Kfuncs.handsOutNext(kfunc.name())) {
                    call.comesBack();
                }
                yield true;
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
