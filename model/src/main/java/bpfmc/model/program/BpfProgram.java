package bpfmc.model.program;

import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Section;
import bpfmc.model.program.load.TailCalls;
import java.util.Optional;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.primitive.ImmutableIntObjectMap;

/**
 * One program, linked: its own code first, then every subprogram it can reach, one after the other, as libbpf lays them
 * out. A program counter is a slot number; the second slot of a 64-bit immediate load holds no instruction.
 *
 * @param name the C function
 * @param section what the section name says about type and attach point
 * @param code by slot; {@code null} in second slots
 * @param functions in order of their slots; the first is the program itself
 * @param references by slot: maps, data, callbacks, kfuncs
 * @param lines by slot, only where a new source line begins
 * @param entries the programs whose code this is, with their first slots: itself, and those that its tail calls reach
 *     once they were followed ({@link TailCalls})
 * @param types of the object that the program is from
 * @param origin whether clang compiled it, or bpfmc wrote it
 */
public record BpfProgram(
        String name,
        Section section,
        ImmutableList<Instruction> code,
        ImmutableList<Function> functions,
        ImmutableIntObjectMap<Reference> references,
        ImmutableIntObjectMap<SourceLine> lines,
        ImmutableMap<String, Integer> entries,
        Optional<BtfTypes> types,
        ProgramOrigin origin) {

    /** A program by itself. */
    public BpfProgram(String name, Section section, ImmutableList<Instruction> code, ImmutableList<Function> functions,
            ImmutableIntObjectMap<Reference> references, ImmutableIntObjectMap<SourceLine> lines) {
        this(name, section, code, functions, references, lines, Maps.immutable.with(name, 0), Optional.empty(), ProgramOrigin.COMPILED);
    }

    public BpfProgram withTypes(Optional<BtfTypes> known) {
        return new BpfProgram(name, section, code, functions, references, lines, entries, known, origin);
    }

    /** {@return the function's type and parameters; empty without BTF} */
    public Optional<BtfType.Prototype> prototype() {
        return types.flatMap(btf -> btf.find(BtfType.Function.class, name.split("@")[0])
                .map(id -> btf.byId(((BtfType.Function) btf.byId(id)).prototype())))
                .filter(BtfType.Prototype.class::isInstance).map(BtfType.Prototype.class::cast);
    }

    /** {@return what runs the program as a callback, empty when it is none} */
    public Optional<Async> async() {
        return origin instanceof ProgramOrigin.Callback c ? Optional.of(c.async()) : Optional.empty();
    }

    /** {@return whether it is a system call on a map} */
    public boolean isSystemCall() {
        return origin instanceof ProgramOrigin.SystemCall;
    }

    /** {@return the number of slots} */
    public int size() {
        return code.size();
    }

    /** {@return the number of instructions, a 64-bit immediate load counted once} */
    public int instructionCount() {
        return code.count(i -> i != null);
    }

    /** {@return the function that holds this slot} */
    public Function functionAt(int slot) {
        return functions.detect(f -> f.start() <= slot && slot < f.end());
    }

    /** {@return the source line of this slot: the last one that began at or before it in the same function} */
    public Optional<SourceLine> lineAt(int slot) {
        for (int s = slot, first = functionAt(slot).start(); s >= first; s--) {
            SourceLine line = lines.get(s);
            if (line != null) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
