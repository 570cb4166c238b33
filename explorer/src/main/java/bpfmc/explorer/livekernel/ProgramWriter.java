package bpfmc.explorer.livekernel;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.Reference;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;

/** Writes a program instruction by instruction, functions one after the other. */
final class ProgramWriter {
    private final MutableList<Instruction> code = Lists.mutable.empty();
    private final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    private final List<Runnable> atTheEnd = new ArrayList<>();
    private final MutableList<Begun> functions = Lists.mutable.empty();

    /** A place that branches and calls go to, once it is known. */
    static final class Label {
        private int at = -1;
    }

    private record Begun(String name, int at, boolean global) {}

    private ProgramWriter add(Instruction instruction) {
        code.add(instruction);
        return this;
    }

    /** Begins a function; the first is the program. */
    ProgramWriter function(String name, Label begins, boolean global) {
        functions.add(new Begun(name, code.size(), global));
        return label(begins);
    }

    ProgramWriter label(Label here) {
        here.at = code.size();
        return this;
    }

    ProgramWriter move(Register to, int value) {
        return add(new Instruction.Move(Width.W64, to, new Operand.Imm(value)));
    }

    ProgramWriter move(Register to, Register from) {
        return add(new Instruction.Move(Width.W64, to, new Operand.Reg(from)));
    }

    ProgramWriter alu(AluOp op, Register to, int value) {
        return add(new Instruction.Alu(Width.W64, op, to, new Operand.Imm(value)));
    }

    ProgramWriter alu(AluOp op, Register to, Register from) {
        return add(new Instruction.Alu(Width.W64, op, to, new Operand.Reg(from)));
    }

    ProgramWriter load(Size size, Register to, Register base, int offset) {
        return add(new Instruction.Load(size, false, to, base, (short) offset));
    }

    ProgramWriter store(Size size, Register base, int offset, Register from) {
        return add(new Instruction.Store(size, base, (short) offset, new Operand.Reg(from)));
    }

    ProgramWriter store(Size size, Register base, int offset, int value) {
        return add(new Instruction.Store(size, base, (short) offset, new Operand.Imm(value)));
    }

    ProgramWriter atomic(AtomicOp op, boolean fetch, Size size, Register base, int offset, Register with) {
        return add(new Instruction.Atomic(op, fetch, size, base, (short) offset, with));
    }

    /** {@code to = r10 + offset}. */
    ProgramWriter stack(Register to, int offset) {
        return move(to, Register.R10).alu(AluOp.ADD, to, offset);
    }

    ProgramWriter map(Register to, int map) {
        return wide(to, Pseudo.MAP_FD, new Reference.Map(map));
    }

    private ProgramWriter wide(Register to, Pseudo kind, Reference reference) {
        references.put(code.size(), reference);
        code.add(new Instruction.LoadImmediate64(to, kind, 0, 0));
        code.add(null);
        return this;
    }

    /** Calls a helper. @param number of it */
    ProgramWriter call(int number) {
        return add(new Instruction.CallHelper(number));
    }

    /** Calls a function of the kernel. */
    ProgramWriter call(FunctionPrototype kernel) {
        references.put(code.size(), new Reference.Kfunc(kernel.name(), kernel, false));
        return add(new Instruction.CallKfunc(0, (short) 0));
    }

    /** Calls a function of this program. */
    ProgramWriter call(Label function) {
        int at = code.size();
        atTheEnd.add(() -> code.set(at, new Instruction.CallSubprogram(function.at - at - 1)));
        return add(null);
    }

    ProgramWriter jump(Label to) {
        int at = code.size();
        atTheEnd.add(() -> code.set(at, new Instruction.Jump(false, to.at - at - 1)));
        return add(null);
    }

    ProgramWriter branch(Condition condition, Register a, int b, Label to) {
        return branch(condition, a, new Operand.Imm(b), to);
    }

    ProgramWriter branch(Condition condition, Register a, Register b, Label to) {
        return branch(condition, a, new Operand.Reg(b), to);
    }

    private ProgramWriter branch(Condition condition, Register a, Operand b, Label to) {
        int at = code.size();
        atTheEnd.add(() -> code.set(at, new Instruction.Branch(Width.W64, condition, a, b, (short) (to.at - at - 1))));
        return add(null);
    }

    ProgramWriter exit() {
        return add(new Instruction.Exit());
    }

    /** {@return the program} @param section says of which type it is */
    BpfProgram program(String section) {
        atTheEnd.forEach(Runnable::run);
        return new BpfProgram(functions.getFirst().name(), Sections.parse(section), code.toImmutable(),
                functions.collectWithIndex((f, i) -> new Function(f.name(), f.at(), i + 1 < functions.size() ? functions.get(i + 1).at() : code.size(), f.global())).toImmutable(),
                references.toImmutable(), IntObjectMaps.immutable.empty());
    }
}
