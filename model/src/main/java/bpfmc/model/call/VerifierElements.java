package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.program.load.AllocatedFields;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/** Identities on the ways of a run alone: elements, inner maps, saved interrupt flags. */
public final class VerifierElements {
    private static final String IRQ_FLAG = "saved interrupt flags";
    private static final String RELEASED = "an object that the program no longer owns";

    private VerifierElements() {}

    /** {@return where an element comes from, null when that is not known} */
    public static Origin origin(RunConfig config, VerifierState custody, int slot) {
        return slot < config.object().maps().size() ? new Origin.MapValue(slot, false) : custody.origins().get(slot);
    }

    /** {@return the map behind a handle: numbers after the last map stand for inner maps} */
    public static Optional<MapDefinition> map(RunConfig config, int handle) {
        int maps = config.object().maps().size();
        return handle < maps ? Optional.of(config.object().maps().get(handle)) : config.object().maps().get(handle - maps).inner();
    }

    /** {@return the handle of the inner maps of a map} */
    public static Value inner(RunConfig config, int outer) {
        return Value.to(new Region.MapHandle(config.object().maps().size() + outer), 0);
    }

    /** {@return the special fields of the element that a value points into, empty when its type is not known} */
    public static Optional<ImmutableList<SpecialField>> fields(RunConfig config, VerifierState custody, Value value) {
        if (!(value instanceof Value.Pointer p) || !(p.region() instanceof Region.Element e)) {
            return Optional.empty();
        }
        return Optional.ofNullable(origin(config, custody, e.slot())).flatMap(o -> switch (o) {
            case Origin.MapValue v -> map(config, v.inner() ? config.object().maps().size() + v.map() : v.map()).map(m -> m.value().special());
            case Origin.Allocated a -> a.type() == 0 ? Optional.<ImmutableList<SpecialField>>empty()
                    : Optional.of(AllocatedFields.of(config.object(), a.type()));
        });
    }

    /** {@return what the list or tree holds whose head or root a value points to} */
    public static Optional<Contained> contained(RunConfig config, VerifierState custody, Value value) {
        return field(config, custody, value).flatMap(SpecialField::contained);
    }

    /** {@return the special field that a value points to} */
    static Optional<SpecialField> field(RunConfig config, VerifierState custody, Value value) {
        return fields(config, custody, value).flatMap(fields -> value instanceof Value.Pointer p && p.offset() instanceof Constant at
                ? fields.detectOptional(f -> f.offset() == at.value()) : Optional.empty());
    }

    public static Value irqFlagOf(int id) {
        return Value.to(new Region.Kernel(IRQ_FLAG), id);
    }

    /** {@return the saved interrupt flags in the stack slot that a value points to} */
    public static Optional<Integer> irqFlag(Machine m, Value address) {
        if (address instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at) {
            Cells.Cell cell = m.frames.get(s.frame()).stack().cells().detect(c -> c.offset() == at.value() && c.size() == 8);
            if (cell != null && cell.value() instanceof Value.Pointer flag && flag.region().equals(new Region.Kernel(IRQ_FLAG))) {
                return Optional.of((int) ((Constant) flag.offset()).value());
            }
        }
        return Optional.empty();
    }

    /** {@return what of a frame's stack stays when a write somewhere in it cannot be followed: nothing writes over saved interrupt flags} */
    public static Cells irqFlags(Cells stack) {
        return new Cells(stack.cells().select(c -> c.value() instanceof Value.Pointer p && p.region().equals(new Region.Kernel(IRQ_FLAG))));
    }

    /** {@return whether a value is the address of an object that the program had to give up} */
    public static boolean released(Value value) {
        return value instanceof Value.Pointer p && p.region().equals(new Region.Kernel(RELEASED));
    }

    /** Makes every address of these elements unusable. */
    public static void release(Machine m, java.util.function.IntPredicate elements) {
        MachineValues.change(m, v -> v instanceof Value.Pointer p && p.region() instanceof Region.Element e && elements.test(e.slot())
                ? new Value.Pointer(new Region.Kernel(RELEASED), p.offset()) : v);
    }
}
