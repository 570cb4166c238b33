package bpfmc.model.call;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A helper of which only the prototype is known: it reads the memory it may read, leaves anything in the memory it may
 * write, and returns anything of its result type. Helpers that call back, sleep, or work on shared structures that are
 * not modelled are not supported.
 */
final class DefaultCall {
    private final RunConfig config;
    private final ArgumentMemory arguments;
    private final CopyCalls copies;

    DefaultCall(RunConfig config, ArgumentMemory arguments) {
        this.config = config;
        this.arguments = arguments;
        this.copies = new CopyCalls(config, arguments);
    }

    boolean call(Machine m, int number, Deque<Machine> work) {
        Optional<Helper> helper = Helpers.byId(number);
        if (helper.isEmpty()) {
            return unsupported(m, "helper #" + number + ", which no kernel known here has");
        }
        Helper h = helper.get();
        if (h.effects().anySatisfy(DefaultCall::beyond)) {
            return unsupported(m, "helper bpf_" + h.name());
        }
        if (copies.concerns(m, number)) {
            return copies.call(m, h, work);
        }
        return !readable(m, h) || perform(m, h, work);
    }

    static boolean returnsUnknown(Helper helper) {
        return helper.effects().noneSatisfy(DefaultCall::beyond) && switch (helper.result()) {
            case U32, S32, U64 -> true;
            case VOID, POINTER, POINTER_OR_NULL -> false;
        };
    }

    private static boolean unsupported(Machine m, String what) {
        m.unsupported(what);
        return true;
    }

    private static boolean beyond(Effect effect) {
        return switch (effect) {
            case CALLS_BACK, SLEEPS, TIMER, LOCAL_STORAGE, QUEUE, KPTR, DYNPTR, MAP_ELEMENT, LOCK, TAIL_CALL, RING_BUFFER -> true;
            case CHANGES_PACKET, CHANGES_CONTEXT, CLOCK, CPU, CONSTANT -> false;
        };
    }

    /** {@return whether all that the helper reads has been copied out of shared memory} The machine has stopped otherwise. */
    private boolean readable(Machine m, Helper h) {
        for (int i = 0; i < h.arguments().size(); i++) {
            Argument argument = h.arguments().get(i);
            boolean shared = m.registers[i + 1] instanceof Value.Pointer p && p.region() instanceof Region.Element e
                    && (config.dataSection(e) == null || !config.dataSection(e).readOnlyData());
            if (shared && (argument == Argument.OBJECT || argument == Argument.STRING)) {
                return !unsupported(m, "helper bpf_" + h.name() + ", which is handed the address of a map value");
            }
            if (shared && argument.reads()) {
                OptionalInt size = size(m, h, i);
                if (size.isEmpty()) {
                    return !unsupported(m, "helper bpf_" + h.name() + ", which reads an unknown number of bytes of a map value");
                }
                if (arguments.bytes(m, i + 1, size.getAsInt()).isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean perform(Machine m, Helper h, Deque<Machine> work) {
        long read = read(m, h);
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        for (int i = 0; i < h.arguments().size(); i++) {
            if (h.arguments().get(i).writes() && m.registers[i + 1] instanceof Value.Pointer) {
                OptionalInt size = size(m, h, i);
                if (size.isEmpty()) {
                    return unsupported(m, "helper bpf_" + h.name() + ", which writes an unknown number of bytes");
                }
                steps.addAllIterable(arguments.scramble(m, i + 1, size.getAsInt(), read));
            }
        }
        if (m.stopped()) {
            return true;
        }
        keep(m, h, read);
        return switch (h.result()) {
            case VOID -> HelperCalls.finishAfter(m, steps.toImmutable(), Value.of(0));
            case U32 -> HelperCalls.finishAfter(m, steps.toImmutable(), result(m, h, 4, read));
            case S32, U64 -> HelperCalls.finishAfter(m, steps.toImmutable(), result(m, h, 8, read));
            case POINTER -> HelperCalls.finishAfter(m, steps.toImmutable(), Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            case POINTER_OR_NULL -> {
                Machine none = m.copy();
                HelperCalls.finishAfter(none, steps.toImmutable(), Value.of(0));
                work.push(none);
                yield HelperCalls.finishAfter(m, steps.toImmutable(), Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            }
        };
    }

    private Value result(Machine m, Helper h, int bytes, long read) {
        return new Value.Scalar(config.result(m, "bpf_" + h.name(), bytes).term(), read);
    }

    /** What the helper was handed stays in the packet, in the context or in a kernel object, where another may read it; output to a map nobody reads back. */
    private static void keep(Machine m, Helper h, long read) {
        boolean outputs = h.arguments().contains(Argument.MAP);
        boolean object = h.arguments().contains(Argument.CONTEXT) || h.arguments().contains(Argument.OBJECT);
        if (object && !outputs) {
            m.packet = m.packet.handing(read);
        }
        if (h.effects().contains(Effect.CHANGES_CONTEXT)) {
            m.packet = m.packet.handing(Provenance.all(m.context));
            m.context = Cells.EMPTY;
            m.contextVersion++;
        }
        if (h.effects().contains(Effect.CHANGES_PACKET)) {
            m.packet = m.packet.changed(read);
        }
    }

    /** {@return the shared loads that all that the helper may read comes from} */
    private long read(Machine m, Helper h) {
        long loads = 0;
        for (int i = 0; i < h.arguments().size(); i++) {
            boolean sized = h.arguments().get(i).reads();
            loads |= Provenance.of(m, i + 1, sized ? size(m, h, i).orElse(-1) : -1) | Provenance.all(m.progress.gathered().get(i));
            loads |= h.arguments().get(i) == Argument.CONTEXT ? m.packet.loads() : 0;
        }
        return loads;
    }

    /** {@return the bytes that a memory argument spans: exactly known, or for private memory the most they can be} */
    private OptionalInt size(Machine m, Helper h, int index) {
        return switch (h.arguments().get(index)) {
            case OUT4, INOUT4, OUT8, IN20, IN40 -> h.arguments().get(index).fixedSize();
            case KEY -> mapOf(m).map(map -> OptionalInt.of(map.keySize())).orElse(OptionalInt.empty());
            case VALUE, VALUE_OUT -> mapOf(m).map(map -> OptionalInt.of(map.valueSize())).orElse(OptionalInt.empty());
            default -> sizeArgument(m, index);
        };
    }

    private static OptionalInt sizeArgument(Machine m, int index) {
        if (!(m.registers[index + 2] instanceof Value.Scalar s)) {
            return OptionalInt.empty();
        }
        if (s.term() instanceof Constant c) {
            return OptionalInt.of((int) c.value());
        }
        boolean shared = m.registers[index + 1] instanceof Value.Pointer p && p.region() instanceof Region.Element;
        long most = m.facts.range(s.term()).umax();
        return shared || most < 0 || most > 1 << 16 ? OptionalInt.empty() : OptionalInt.of((int) most);
    }

    private Optional<bpfmc.model.program.MapDefinition> mapOf(Machine m) {
        for (int r = 1; r <= 2; r++) {
            if (m.registers[r] instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h) {
                return Optional.of(config.map(h.map()));
            }
        }
        return Optional.empty();
    }
}
