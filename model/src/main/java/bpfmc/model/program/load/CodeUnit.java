package bpfmc.model.program.load;

import bpfmc.model.isa.Instruction;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;

/**
 * One function with everything resolved but its place: what is left to the linker are the distances to other functions.
 * Slots count from the start of the function.
 *
 * @param code by slot, null in second slots
 * @param references maps, data, kernel functions and variables by slot
 * @param links calls of functions and addresses of functions by slot
 * @param lines source lines by slot
 */
record CodeUnit(
        CodeFunction function,
        ImmutableList<Instruction> code,
        ImmutableIntObjectMap<Reference> references,
        ImmutableIntObjectMap<Link> links,
        ImmutableIntObjectMap<SourceLine> lines) {

    /** @param target the function that is meant @param offset slots from its start (almost always 0) */
    record Link(CodeFunction target, int offset) {}
}
