package bpfmc.model.thread;

import bpfmc.model.kernel.Discipline;
import bpfmc.model.kernel.Masking;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Region;
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
 * @param maps the map of the element with this slot
 */
public record Linkage(BpfObject object, BpfProgram program, Discipline discipline, Masking found, ImmutableList<InputRange> inputs,
        ImmutableList<ResultRange> results, boolean asked, int walk, IntUnaryOperator maps) {

    /** A program whose locks are Linux's own, begun with interrupts on, alone: the elements it is handed are of no map. */
    public Linkage(BpfObject object, BpfProgram program) {
        this(object, program, Discipline.IRQSAVE, Masking.NOTHING, Lists.immutable.empty(), Lists.immutable.empty(), false, ElementWalks.USUAL, slot -> -1);
    }

    MapDefinition map(int index) {
        return object.maps().get(index);
    }

    /** {@return the map whose data section this element is, or null} */
    MapDefinition dataSection(Region.Element element) {
        return element.slot() < object.maps().size() ? map(element.slot()) : null;
    }
}
