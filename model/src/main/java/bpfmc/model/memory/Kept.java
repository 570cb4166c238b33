package bpfmc.model.memory;

import bpfmc.model.program.BpfObject;
import bpfmc.model.value.Cells;

/** What is stored of the contents of elements: locks and other special fields, and what {@link KeptContents} says. */
record Kept(BpfObject object, ElementIds slots, KeptContents contents) {

    /** {@return whether a store to these bytes of an element leaves anything in memory} */
    boolean keeps(int slot, int offset, int size) {
        int map = slots.mapOf(slot);
        return contents.keeps(map, offset, size) || object.maps().get(map).replacements().notEmpty()
                || object.maps().get(map).value().special().anySatisfy(f -> f.overlaps(offset, size));
    }

    /** {@return those cells that leave anything} @param offset of the cells' 0 in the element */
    Cells of(int slot, int offset, Cells cells) {
        return contents.everything() ? cells : cells.select(c -> keeps(slot, offset + c.offset(), c.size()));
    }
}
