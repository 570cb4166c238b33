package bpfmc.explorer.system.independence;

import bpfmc.explorer.system.Node;
import bpfmc.model.flow.FutureUse;
import bpfmc.model.memory.ElementIds;
import java.util.BitSet;

/**
 * What a run may still touch, from one private state on: the elements whose addresses it knows, the maps and data sections
 * that its code may still name, clocks.
 *
 * @param elements slots, those of data sections included @param elementMaps the maps that those are of
 * @param maps that it may look up in, or change @param rebinds whether it may bind or unbind keys of those
 * @param clocks whether it may read a clock, or keeps a sample of one
 */
record FutureFootprint(BitSet elements, BitSet elementMaps, BitSet maps, boolean rebinds, boolean clocks) {

    static FutureFootprint of(Node node, FutureUse code, ElementIds slots) {
        FutureUse.Uses uses = code.from(node.state());
        BitSet elements = new BitSet();
        elements.or(uses.sections());
        node.elements().forEach(elements::set);
        BitSet elementMaps = new BitSet();
        elements.stream().forEach(slot -> elementMaps.set(slots.mapOf(slot)));
        return new FutureFootprint(elements, elementMaps, uses.maps(), uses.rebinds(), uses.clocks() || node.holdsClock());
    }

    /** {@return whether it may come to access the element} */
    boolean reaches(int slot, int map) {
        return elements.get(slot) || maps.get(map);
    }

    /** {@return whether it may bind or unbind keys of the map} */
    boolean rebinds(int map) {
        return rebinds && maps.get(map);
    }

    /** {@return whether it has to do with the map in any way} */
    boolean concerns(int map) {
        return maps.get(map) || elementMaps.get(map);
    }

    /** {@return whether it may bind or unbind keys of a map of which the other one knows elements} */
    boolean rebindsUnder(FutureFootprint other) {
        return rebinds && maps.intersects(other.elementMaps);
    }
}
