package bpfmc.model.verifier;

import bpfmc.model.call.VerifierElements;
import bpfmc.model.flow.RegisterUse;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * On which numbers it rests what an instruction of a run alone does, beside the value that it computes: where it goes, which memory it
 * reaches, what is left out of its result. Looked at before the instruction is executed and again behind it.
 *
 * @param fresh how many unknowns the machine had made
 */
record Reliance(VerifierPath way, int slot, Instruction instruction, Optional<Operands> operands, int fresh) {
    /** @param numbers of the checkpoint that the operands come from */
    private record Operands(Value left, Value right, Set<Symbol> symbols, long numbers) {
        boolean constant() {
            return isConstant(left) && isConstant(right);
        }

        private static boolean isConstant(Value v) {
            return v instanceof Value.Scalar s && s.term() instanceof Constant;
        }
    }

    static Reliance before(RunConfig config, VerifierPath way) {
        Machine m = way.machine;
        Instruction instruction = way.instruction();
        Optional<Operands> operands = Optional.empty();
        switch (instruction) {
            case Instruction.Branch i -> operands = Optional.of(operands(m, i.dst(), i.src()));
            case Instruction.Alu i -> {
                operands = Optional.of(operands(m, i.dst(), i.src()));
                moves(config, way, i, operands.get());
            }
            case Instruction.Load i -> reaches(way, i.base());
            case Instruction.LoadAcquire i -> reaches(way, i.base());
            case Instruction.Store i -> reaches(way, i.base());
            case Instruction.StoreRelease i -> reaches(way, i.base());
            case Instruction.Atomic i -> way.restsOn(-1L);
            case Instruction i -> { }
        }
        return new Reliance(way, m.pc, instruction, operands, m.fresh);
    }

    /** @param goesOn whether the way goes on @param others how many ways it became beside */
    void after(boolean goesOn, int others) {
        switch (instruction) {
            case Instruction.Branch i when !goesOn || others == 0 ->
                    way.restsOn(way.segment.restsOn(operands.get().symbols, operands.get().numbers));
            case Instruction.Alu i when way.machine.registers[i.dst().number()] instanceof Value.Scalar s && s.term() instanceof Constant
                    && !operands.get().constant() -> way.restsOn(way.segment.restsOn(operands.get().symbols, operands.get().numbers));
            case Instruction.Branch i -> { }
            case Instruction i when others > 0 -> way.restsOn(-1L);
            case Instruction i -> { }
        }
        if (goesOn && way.machine.fresh > fresh && !(instruction instanceof Instruction.Branch)) {
            forgot();
        }
    }

    /** {@return the segment behind a condition that is open} */
    Segment passed() {
        return way.segment.passed(operands.get().symbols, operands.get().numbers);
    }

    private void forgot() {
        int written = RegisterUse.of(way.program(), slot).writes();
        for (int r = 0; r < 10; r++) {
            if ((written & 1 << r) != 0 && way.machine.registers[r] instanceof Value v) {
                Set<Symbol> symbols = symbols(way.machine, v);
                symbols.removeIf(s -> s.kind() != Symbol.Kind.FRESH || s.index() < fresh);
                way.segment = symbols.isEmpty() ? way.segment : way.segment.forgot(symbols, numbers(v));
            }
        }
    }

    /** What is added to an address becomes a part of it; nothing rests on where in an element without special fields it points. */
    private static void moves(RunConfig config, VerifierPath way, Instruction.Alu i, Operands o) {
        if (i.width() == Width.W64 && (i.op() == AluOp.ADD || i.op() == AluOp.SUB)
                && o.left instanceof Value.Pointer != o.right instanceof Value.Pointer) {
            boolean plain = VerifierElements.fields(config, way.custody, o.left instanceof Value.Pointer ? o.left : o.right).filter(ImmutableList::isEmpty).isPresent();
            if (!plain) {
                way.restsOn(o.left instanceof Value.Pointer ? o.right : o.left);
            }
        }
    }

    private static void reaches(VerifierPath way, Register base) {
        way.restsOn(way.machine.value(base));
    }

    private static Operands operands(Machine m, Register dst, Operand src) {
        Value left = m.value(dst);
        Value right = m.operand(src);
        Set<Symbol> symbols = symbols(m, left);
        symbols.addAll(symbols(m, right));
        return new Operands(left, right, symbols, numbers(left) | numbers(right));
    }

    private static long numbers(Value v) {
        return v instanceof Value.Scalar s ? s.loads() : 0;
    }

    private static Set<Symbol> symbols(Machine m, Value v) {
        return switch (v) {
            case Value.Scalar s -> Segment.symbols(s.term());
            case Value.Pointer p -> {
                Set<Symbol> symbols = new HashSet<>(Segment.symbols(p.offset()));
                if (p.region() instanceof Region.PacketEnd) {
                    symbols.addAll(Segment.symbols(MemoryAccess.packetLength(m)));
                }
                yield symbols;
            }
        };
    }
}
