package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.InstructionDecoder;
import java.util.List;
import java.util.Map;

/**
 * A program as it was compiled.
 *
 * @param code by slot @param links what 64-bit immediate loads and calls of the kernel stand for, by slot
 * @param packets whether offsets 76 and 80 of the context are the packet's start and end
 */
public record Program(String name, List<Instruction> code, Map<Integer, Link> links, boolean packets) {

    /** What the loader puts into an instruction. */
    public sealed interface Link {
        /** A map. */
        record OfMap(int map) implements Link {}

        /** An address in the only value of a map. */
        record OfData(int map, int offset) implements Link {}

        /** A function of the program, by its first slot. */
        record OfCode(int slot) implements Link {}

        /** A function of the kernel. */
        record OfKfunc(String name) implements Link {}
    }

    /** @param bytes eight a slot */
    public Program(String name, byte[] bytes, Map<Integer, Link> links, boolean packets) {
        this(name, InstructionDecoder.decodeAll(bytes).castToList(), Map.copyOf(links), packets);
    }
}
