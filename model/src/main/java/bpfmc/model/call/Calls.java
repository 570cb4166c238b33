package bpfmc.model.call;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.Sets;

/**
 * All calls that a program can make of the kernel, by their families: which one speaks for a function, and what is common to all. Of a
 * function that no family claims the prototype is known ({@link Prototypes}).
 */
public final class Calls {
    private static final CallFamily BY_PROTOTYPE = new CallFamily() {
        @Override
        public String name() {
            return "by prototype";
        }

        @Override
        public ImmutableSet<String> functions() {
            return Sets.immutable.empty();
        }

        @Override
        public boolean enter(Call call) {
            return Prototypes.enter(call);
        }

        @Override
        public Support support(Callee callee) {
            return Prototypes.support(callee);
        }

        @Override
        public ImmutableSet<Use> uses(Callee callee) {
            return Prototypes.uses(callee);
        }
    };

    /** In the order in which people are told of them. */
    private static final ImmutableList<CallFamily> FAMILIES = Lists.immutable.with(new MapElementCalls(), new Locks(), new RegionCalls(),
            new TimerCalls(), new LoopCalls(), new ElementWalkCalls(), new ProgramArrayCalls(), new ClockCalls(), new CpuNumberCalls(),
            new CurrentTaskCalls(), new StorageCalls(), new ObjectCalls(), new CopyCalls(), new RingBufferCalls(), new IteratorCalls(),
            new LaterCalls());

    private static final CallFamily KERNEL_STEPS = new KernelStepCalls();

    private static final ImmutableMap<String, CallFamily> BY_FUNCTION = byFunction();

    private final RunConfig config;
    private final ArgumentMemory arguments;

    /** Calls made by one program. */
    public Calls(RunConfig config) {
        this.config = config;
        this.arguments = new ArgumentMemory(config);
    }

    private static ImmutableMap<String, CallFamily> byFunction() {
        MutableMap<String, CallFamily> all = Maps.mutable.empty();
        FAMILIES.each(family -> family.functions().each(function -> {
            if (all.put(function, family) != null) {
                throw new IllegalStateException(function + " has two families");
            }
        }));
        return all.toImmutable();
    }

    /** {@return the families of functions that programs can name} */
    public static ImmutableList<CallFamily> families() {
        return FAMILIES;
    }

    /** {@return the family that speaks for a function} */
    public static CallFamily family(Callee callee) {
        return switch (callee) {
            case Callee.OfKernel k -> KERNEL_STEPS;
            case Callee.OfHelper h -> BY_FUNCTION.getOrDefault(callee.name(), BY_PROTOTYPE);
            case Callee.OfKfunc k -> BY_FUNCTION.getOrDefault(callee.name(), BY_PROTOTYPE);
            case Callee.Unknown u -> BY_PROTOTYPE;
            case Callee.Nameless n -> BY_PROTOTYPE;
        };
    }

    /** {@return how far the model of the function goes} */
    public static Support support(Callee callee) {
        return family(callee).support(callee);
    }

    /** {@return how far the model of a kernel function goes of which the name is all that is known} */
    public static Support support(String kfunc) {
        var nothing = new FunctionPrototype.Parameter("", "void", FunctionPrototype.Kind.VOID, 0, 0, false);
        return support(new Callee.OfKfunc(new Reference.Kfunc(kfunc, new FunctionPrototype(kfunc, nothing, Lists.immutable.empty()), false)));
    }

    /** {@return the functions that some program calls and of which only the prototype is known, by name, as programs write them} They touch no map, and no memory but what they are handed. */
    public static ImmutableList<String> approximated(ImmutableList<BpfProgram> programs) {
        return programs.flatCollect(p -> IntStream.range(0, p.size()).mapToObj(slot -> Callee.at(p, slot)).flatMap(Optional::stream)
                .filter(c -> family(c) == BY_PROTOTYPE && support(c) instanceof Support.Approximated).map(Prototypes::written).toList()).distinct().toSortedList().toImmutable();
    }

    /** {@return what the instruction in this slot may do as a call of the kernel; nothing when it is none} */
    public static ImmutableSet<Use> uses(BpfProgram program, int slot) {
        return Callee.at(program, slot).map(Calls::uses).orElse(Sets.immutable.empty());
    }

    /** {@return what a call of this function may do} */
    public static ImmutableSet<Use> uses(Callee callee) {
        ImmutableSet<Use> uses = family(callee).uses(callee);
        return Prototypes.readsKernel(callee) ? uses.newWith(Use.READS_KERNEL) : uses;
    }

    /** {@return whether some call of the program may do this} */
    public static boolean any(BpfProgram program, Use use) {
        return IntStream.range(0, program.size()).anyMatch(slot -> uses(program, slot).contains(use));
    }

    /** {@return the functions called by a program that return numbers of which nothing is known, by their names as they are written} */
    public static ImmutableList<String> unknownResults(BpfProgram program) {
        MutableList<String> names = Lists.mutable.empty();
        for (int slot = 0; slot < program.size(); slot++) {
            Callee.at(program, slot).filter(c -> uses(c).contains(Use.RETURNS_UNKNOWN))
                    .ifPresent(c -> names.add(c instanceof Callee.OfKfunc k ? k.kfunc().name() : c.name()));
        }
        return names.distinct().toImmutable();
    }

    /** {@return what runs the function that the call in this slot hands over, at another time; empty when it hands over none} */
    public static Optional<Async> setsCallback(BpfProgram program, int slot) {
        return Callee.at(program, slot).flatMap(TimerCalls::sets);
    }

    // ---- execution

    private Call at(Machine m, Deque<Machine> others) {
        return new Call(m, Callee.at(config.program(), m.pc).orElseThrow(), config, arguments, others);
    }

    /** Executes the call that the machine stands at. {@return false when the machine goes on in others only} */
    public boolean enter(Machine m, Deque<Machine> others) {
        Call call = at(m, others);
        return family(call.callee()).enter(call);
    }

    /** Brings the machine to where an answered step of the call leaves it. */
    public void resume(Machine m, VisibleOperation operation, Answer answer) {
        Call call = at(m, new ArrayDeque<>());
        if (operation instanceof VisibleOperation.CopyOut copy) {
            arguments.gathered(m, copy, ((Answer.Bytes) answer).contents());
        } else if (Script.runs(m)) {
            Script.step(call, operation, answer);
        } else {
            family(call.callee()).resume(call, operation, answer);
        }
    }

    /** {@return whether the call will be executed again after the machine's step: its arguments still count} */
    public boolean reexecutes(Machine m) {
        if (m.operation instanceof VisibleOperation.CopyOut) {
            return true;
        }
        Optional<Callee> callee = Callee.at(config.program(), m.pc);
        return callee.isPresent() && family(callee.get()).reexecutes(at(m, new ArrayDeque<>()), m.operation);
    }

    /** Goes on with the call that has run a callback. {@return false when the machine goes on in others only} @param callback the frame that it ran on */
    public boolean returned(Machine m, Frame callback, Deque<Machine> others) {
        Call call = at(m, others);
        return family(call.callee()).returned(call, callback);
    }

    /** The call's effect when nobody else runs. {@return whether this path goes on} */
    public static boolean alone(VerifierCall call) {
        return family(call.callee()).alone(call);
    }
}
