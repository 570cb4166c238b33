package bpfmc.model.rules;

import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;

/** A program put together instruction by instruction, over one hash map with a lock at offset 0 and a counter at 8. */
final class Code {
    static final int LOOKUP = 1;
    static final int KTIME = 5;
    static final int LOCK = 93;
    static final int UNLOCK = 94;

    /** Labels from here on are made for lookups. */
    private static final int FOUND = 1_000_000;

    private final MutableList<Instruction> code = Lists.mutable.empty();
    private final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    private final MutableIntObjectMap<Integer> labels = IntObjectMaps.mutable.empty();

    private record Jump(int slot, int label, Condition condition, Register register, int value) {}

    private final MutableList<Jump> jumps = Lists.mutable.empty();

    int size() {
        return code.size();
    }

    Code add(Instruction instruction) {
        code.add(instruction);
        return this;
    }

    Code move(Register dst, int value) {
        return add(new Instruction.Move(Width.W64, dst, new Operand.Imm(value)));
    }

    Code move(Register dst, Register src) {
        return add(new Instruction.Move(Width.W64, dst, new Operand.Reg(src)));
    }

    Code plus(Register dst, int value) {
        return add(new Instruction.Alu(Width.W64, AluOp.ADD, dst, new Operand.Imm(value)));
    }

    Code load(Register dst, Register base, int offset, Size size) {
        return add(new Instruction.Load(size, false, dst, base, (short) offset));
    }

    Code store(Register base, int offset, int value, Size size) {
        return add(new Instruction.Store(size, base, (short) offset, new Operand.Imm(value)));
    }

    Code call(int helper) {
        return add(new Instruction.CallHelper(helper));
    }

    Code exit() {
        return move(Register.R0, 0).add(new Instruction.Exit());
    }

    /** Looks up a constant key; the element's address is left in a register, the program ends when there is none. */
    Code lookup(Register into) {
        store(Register.R10, -4, 0, Size.WORD);
        references.put(code.size(), new Reference.Map(0));
        add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_FD, 0, 0));
        code.add(null);
        move(Register.R2, Register.R10).plus(Register.R2, -4).call(LOOKUP);
        int found = FOUND + code.size();
        return branch(Condition.NE, Register.R0, 0, found).exit().label(found).move(into, Register.R0);
    }

    Code call(int helper, Register element, int offset) {
        return move(Register.R1, element).plus(Register.R1, offset).call(helper);
    }

    Code label(int label) {
        labels.put(label, code.size());
        return this;
    }

    Code branch(Condition condition, Register register, int value, int label) {
        jumps.add(new Jump(code.size(), label, condition, register, value));
        return add(new Instruction.Exit());
    }

    BpfObject object(String section) {
        jumps.each(j -> code.set(j.slot(), new Instruction.Branch(Width.W64, j.condition(), j.register(), new Operand.Imm(j.value()),
                (short) (labels.get(j.label()) - j.slot() - 1))));
        var lock = new ValueLayout.SpecialField(SpecialKind.SPIN_LOCK, 0, 4);
        var value = new ValueLayout(16, "struct elem", Lists.immutable.with(lock), Lists.immutable.empty(), (o, s) -> Optional.empty());
        var map = new MapDefinition(0, "elems", MapType.HASH, 4, 16, 10, 0, value, ValueLayout.opaque(4), Optional.empty(), Optional.empty());
        var program = new BpfProgram("p", Sections.parse(section), code.toImmutable(),
                Lists.immutable.with(new Function("p", 0, code.size(), true)), references.toImmutable(), IntObjectMaps.immutable.empty());
        return new BpfObject("made.o", "GPL", Lists.immutable.with(program), Lists.immutable.with(map), types(), Lists.immutable.empty());
    }

    /** Any types do: the layout is given. */
    private static Optional<bpfmc.model.btf.BtfTypes> types() {
        return bpfmc.model.program.load.ObjectReader.read(java.nio.file.Path.of("..", "specs", "lock", "hash_elem.bpf.o")).btf();
    }

    /** {@return the ids of the rules that the program does not keep in the newest kernel} */
    ImmutableList<String> broken() {
        return broken("tc");
    }

    ImmutableList<String> broken(String section) {
        BpfObject object = object(section);
        Judgement judgement = LockRules.judge(object, object.programs(), Kernel.newest(), Lists.immutable.empty());
        return judgement.findings().collect(Finding::rule).distinct()
                .newWithAll(judgement.programs().select(p -> p.gap().isPresent()).collect(p -> "gap: " + p.gap().get().what()));
    }
}
