package bpfmc.model.program.synthetic;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;

/**
 * What the kernel itself does with a map, written as a program: in the instructions of BPF, and with calls of functions of the kernel's that
 * programs cannot call. The key lies at the top of the frame.
 */
abstract sealed class KernelCode permits SystemCalls, AsyncCallbacks {
    static final int WORD = 8;

    final MapDefinition map;
    /** The key, where it is one; else it is any. */
    private final Optional<Integer> key;
    final List<Instruction> code = new ArrayList<>();
    final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    final MutableIntObjectMap<SourceLine> lines = IntObjectMaps.mutable.empty();

    KernelCode(MapDefinition map, Optional<Integer> key) {
        this.map = map;
        this.key = key;
    }

    final int keyAt() {
        return -words(map.keySize());
    }

    static int words(int bytes) {
        return (bytes + WORD - 1) / WORD * WORD;
    }

    /** Adds what is done where the address in r0, from here on in r6, has been found, and where it is 0. */
    final void whereFound(Runnable found, Runnable missing) {
        int test = code.size();
        code.add(null);
        move(Register.R6, Register.R0);
        found.run();
        int end = code.size();
        code.add(null);
        code.set(test, new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), offset(test, code.size())));
        missing.run();
        code.set(end, new Instruction.Jump(false, offset(end, code.size())));
    }

    final void branch(Condition condition, int value, int to) {
        code.add(new Instruction.Branch(Width.W64, condition, Register.R0, new Operand.Imm(value), offset(code.size(), to)));
    }

    static short offset(int from, int to) {
        return (short) (to - from - 1);
    }

    final void call(int helper) {
        mapAndKey();
        code.add(new Instruction.CallHelper(helper));
    }

    /** Adds a call of a function of the kernel's that programs cannot call. @param arguments adds what puts them into registers */
    final void callKernel(KernelStep step, Runnable arguments) {
        arguments.run();
        references.put(code.size(), new Reference.Kernel(step));
        code.add(new Instruction.CallKfunc(0, (short) 0));
    }

    final void mapAndKey() {
        references.put(code.size(), new Reference.Map(map.index()));
        code.add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_FD, 0, 0));
        code.add(null);
        address(Register.R2, keyAt());
    }

    /** The key is any, the same in all calls of the run: it comes from the context. */
    final void putKey() {
        for (int at = 0; at < words(map.keySize()); at += WORD) {
            if (key.isPresent()) {
                move(Register.R7, at == 0 ? key.get() : 0);
            } else {
                code.add(new Instruction.Load(Size.DOUBLE, false, Register.R7, Register.R1, (short) at));
            }
            code.add(new Instruction.Store(Size.DOUBLE, Register.R10, (short) (keyAt() + at), new Operand.Reg(Register.R7)));
        }
    }

    final void address(Register register, int offset) {
        move(register, Register.R10);
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, register, new Operand.Imm(offset)));
    }

    final void move(Register register, int value) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Imm(value)));
    }

    final void move(Register register, Register from) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Reg(from)));
    }

    /** {@return the key, for readers} */
    final String keyWord() {
        return key.map(k -> "{" + k + "}").orElse("key");
    }
}
