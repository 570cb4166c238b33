package bpfmc.model.thread;

import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import bpfmc.model.kernel.Helpers;
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
    private final Linkage linkage;
    private final ArgumentMemory arguments;

    DefaultCall(Linkage linkage, ArgumentMemory arguments) {
        this.linkage = linkage;
        this.arguments = arguments;
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
                    && (linkage.dataSection(e) == null || !linkage.dataSection(e).readOnlyData());
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
        MutableList<VisibleOperation> steps = Lists.mutable.empty();
        for (int i = 0; i < h.arguments().size(); i++) {
            if (h.arguments().get(i).writes() && m.registers[i + 1] instanceof Value.Pointer) {
                OptionalInt size = size(m, h, i);
                if (size.isEmpty()) {
                    return unsupported(m, "helper bpf_" + h.name() + ", which writes an unknown number of bytes");
                }
                steps.addAllIterable(arguments.scramble(m, i + 1, size.getAsInt()));
            }
        }
        if (m.stopped()) {
            return true;
        }
        if (h.effects().contains(Effect.CHANGES_PACKET)) {
            m.packetVersion++;
        }
        if (h.effects().contains(Effect.CHANGES_CONTEXT)) {
            m.context = Cells.EMPTY;
            m.contextVersion++;
        }
        return switch (h.result()) {
            case VOID -> HelperCalls.finishAfter(m, steps.toImmutable(), Value.of(0));
            case U32 -> HelperCalls.finishAfter(m, steps.toImmutable(), ResultRange.unknown(m, linkage, "bpf_" + h.name(), 4));
            case S32, U64 -> HelperCalls.finishAfter(m, steps.toImmutable(), ResultRange.unknown(m, linkage, "bpf_" + h.name(), 8));
            case POINTER -> HelperCalls.finishAfter(m, steps.toImmutable(), Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            case POINTER_OR_NULL -> {
                Machine none = m.copy();
                HelperCalls.finishAfter(none, steps.toImmutable(), Value.of(0));
                work.push(none);
                yield HelperCalls.finishAfter(m, steps.toImmutable(), Value.to(new Region.Kernel("bpf_" + h.name()), 0));
            }
        };
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
                return Optional.of(linkage.map(h.map()));
            }
        }
        return Optional.empty();
    }
}
