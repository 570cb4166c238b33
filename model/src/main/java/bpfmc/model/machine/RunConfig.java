package bpfmc.model.machine;

import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.Masking;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Consistency;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.function.IntUnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a program's code refers to.
 *
 * <p>The element that holds a data section's bytes has the section's map index as its slot; so code can name it without
 * asking anyone. Slots of other elements begin after the last map.
 *
 * @param discipline what taking a lock does to the CPU
 * @param found what is switched off on the CPU when the run begins
 * @param inputs what is known of the context at the start; the rest is anything
 * @param results what is known of what helpers and kernel functions return
 * @param asked whether somebody asks for the program's own value
 * @param walk how many elements a walk visits at most, of maps that are not walked index by index
 * @param memory what others notice of what the run does to memory of its own
 * @param maps the map of the element with this slot
 */
public record RunConfig(BpfObject object, BpfProgram program, LockIrqMode discipline, Masking found, ImmutableList<InputRange> inputs,
        ImmutableList<ResultRange> results, boolean asked, int walk, Consistency memory, IntUnaryOperator maps) {
    /** How many elements a walk visits at most where nothing else is said, in maps that are not walked index by index; a part of the scope. */
    public static final int USUAL_WALK = 2;

    /** A program whose locks are Linux's own, begun with interrupts on, alone: the elements it is handed are of no map. */
    public RunConfig(BpfObject object, BpfProgram program) {
        this(object, program, LockIrqMode.IRQSAVE, Masking.NOTHING, Lists.immutable.empty(), Lists.immutable.empty(), false, USUAL_WALK, Consistency.SEQUENTIAL, slot -> -1);
    }

    public MapDefinition map(int index) {
        return object.maps().get(index);
    }

    /** {@return the map whose data section this element is, or null} */
    public MapDefinition dataSection(Region.Element element) {
        return element.slot() < object.maps().size() ? map(element.slot()) : null;
    }

    /** {@return a new unknown, within what is known of the function's results} */
    public Value.Scalar result(Machine m, String function, int bytes) {
        return within(m, function, Determined.result(m, function, bytes));
    }

    /** {@return the unknown, within what is known of the function's results} @param made for this result */
    public Value.Scalar within(Machine m, String function, Symbol made) {
        Value.Scalar result = Value.of(made);
        for (ResultRange known : results.select(r -> r.function().equals(function))) {
            if (known.least() == known.most()) {
                return Value.of(known.least());
            }
            Order less = known.signed() ? Order.LESS_SIGNED : Order.LESS_UNSIGNED;
            boolean possible = m.assume(new Literal(new Comparison(less, result.term(), Terms.constant(known.least())), false))
                    && m.assume(new Literal(new Comparison(less, Terms.constant(known.most()), result.term()), false));
            if (!possible) {
                throw new IllegalStateException("no result of " + function + " is within " + known);
            }
        }
        return result;
    }
}
