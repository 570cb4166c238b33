package bpfmc.explorer.secondopinion;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.InstructionDecoder;
import bpfmc.model.isa.InstructionEncoder;
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
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;

/** Writes a program, instruction by instruction, and hands it over as what its bytes say. */
final class Assembler {
    private final MutableList<Instruction> code = Lists.mutable.empty();
    private final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    private final List<Runnable> atTheEnd = new ArrayList<>();
    /** Where functions after the first begin. */
    private final List<Integer> callbacks = new ArrayList<>();

    /** A place that branches go to, once it is known. */
    static final class Label {
        private int at = -1;
    }

    Assembler move(Register to, long value) {
        code.add(new Instruction.Move(Width.W64, to, new Operand.Imm((int) value)));
        return this;
    }

    Assembler move(Register to, Register from) {
        code.add(new Instruction.Move(Width.W64, to, new Operand.Reg(from)));
        return this;
    }

    Assembler alu(AluOp op, Register to, long value) {
        code.add(new Instruction.Alu(Width.W64, op, to, new Operand.Imm((int) value)));
        return this;
    }

    Assembler alu(AluOp op, Register to, Register from) {
        code.add(new Instruction.Alu(Width.W64, op, to, new Operand.Reg(from)));
        return this;
    }

    Assembler load(Size size, Register to, Register base, int offset) {
        code.add(new Instruction.Load(size, false, to, base, (short) offset));
        return this;
    }

    Assembler store(Size size, Register base, int offset, Register from) {
        code.add(new Instruction.Store(size, base, (short) offset, new Operand.Reg(from)));
        return this;
    }

    Assembler store(Size size, Register base, int offset, long value) {
        code.add(new Instruction.Store(size, base, (short) offset, new Operand.Imm((int) value)));
        return this;
    }

    Assembler atomic(AtomicOp op, boolean fetch, Size size, Register base, int offset, Register with) {
        code.add(new Instruction.Atomic(op, fetch, size, base, (short) offset, with));
        return this;
    }

    Assembler call(int helper) {
        code.add(new Instruction.CallHelper(helper));
        return this;
    }

    /** Calls a function of the kernel that takes a pointer to a resilient lock. */
    Assembler resilient(String function) {
        var lock = new FunctionPrototype.Parameter("lock", "struct bpf_res_spin_lock *", FunctionPrototype.Kind.POINTER, 8, 4, false);
        var result = new FunctionPrototype.Parameter("", "int", FunctionPrototype.Kind.INTEGER, 4, 0, false);
        references.put(code.size(), new Reference.Kfunc(function, new FunctionPrototype(function, result, Lists.immutable.with(lock)), false));
        code.add(new Instruction.CallKfunc(0, (short) 0));
        return this;
    }

    Assembler map(Register to, int map) {
        return wide(to, Instruction.LoadImmediate64.Pseudo.MAP_FD, new Reference.Map(map));
    }

    Assembler data(Register to, int map, int offset) {
        return wide(to, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, new Reference.Data(map, offset));
    }

    /** {@code to = } the address of the function that begins at the label. */
    Assembler function(Register to, Label begins) {
        int at = code.size();
        code.add(new Instruction.LoadImmediate64(to, Instruction.LoadImmediate64.Pseudo.FUNCTION, 0, 0));
        code.add(null);
        atTheEnd.add(() -> references.put(at, new Reference.Function(begins.at)));
        return this;
    }

    /** Begins a function that is run by calls of the kernel. */
    Assembler callback(Label begins) {
        callbacks.add(code.size());
        return label(begins);
    }

    private Assembler wide(Register to, Instruction.LoadImmediate64.Pseudo kind, Reference reference) {
        references.put(code.size(), reference);
        code.add(new Instruction.LoadImmediate64(to, kind, 0, 0));
        code.add(null);
        return this;
    }

    /** {@code to = r10 + offset}. */
    Assembler stack(Register to, int offset) {
        return move(to, Register.R10).alu(AluOp.ADD, to, offset);
    }

    Assembler branch(Condition condition, Register a, long b, Label to) {
        return branch(condition, a, new Operand.Imm((int) b), to);
    }

    Assembler branch(Condition condition, Register a, Register b, Label to) {
        return branch(condition, a, new Operand.Reg(b), to);
    }

    private Assembler branch(Condition condition, Register a, Operand b, Label to) {
        int at = code.size();
        code.add(null);
        atTheEnd.add(() -> code.set(at, new Instruction.Branch(Width.W64, condition, a, b, (short) (to.at - at - 1))));
        return this;
    }

    Assembler label(Label here) {
        here.at = code.size();
        return this;
    }

    Assembler exit() {
        return move(Register.R0, 0).leave();
    }

    /** Returns what r0 holds. */
    Assembler leave() {
        code.add(new Instruction.Exit());
        return this;
    }

    /** {@return the program, decoded from its bytes} */
    BpfProgram program(String name, String section) {
        atTheEnd.forEach(Runnable::run);
        var bytes = InstructionEncoder.encodeAll(code.toImmutable());
        return new BpfProgram(name, Sections.parse(section), InstructionDecoder.decodeAll(bytes),
                functions(name), references.toImmutable(), IntObjectMaps.immutable.empty());
    }

    private ImmutableList<Function> functions(String name) {
        MutableList<Function> functions = Lists.mutable.empty();
        for (int i = 0; i <= callbacks.size(); i++) {
            int from = i == 0 ? 0 : callbacks.get(i - 1);
            int to = i == callbacks.size() ? code.size() : callbacks.get(i);
            functions.add(new Function(i == 0 ? name : name + "_callback" + i, from, to, i == 0));
        }
        return functions.toImmutable();
    }
}
