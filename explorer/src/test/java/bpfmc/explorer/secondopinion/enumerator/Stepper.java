package bpfmc.explorer.secondopinion.enumerator;

import bpfmc.explorer.secondopinion.enumerator.Program.Link;
import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns.Source;
import bpfmc.explorer.secondopinion.enumerator.Value.Area;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Takes one run of a world to the next instruction that others can notice. */
final class Stepper {
    private static final int PACKET_START = 76;
    private static final int PACKET_END = 80;
    private static final int MOST_PRIVATE = 10_000;

    private final World w;
    private final int agent;
    private final Run run;
    private final Choices choices;

    Stepper(World w, int agent, Choices choices) {
        this.w = w;
        this.agent = agent;
        this.run = w.mine(agent);
        this.choices = choices;
    }

    Instruction instruction() {
        return w.agent(agent).program().code().get(run.pc);
    }

    /** Executes what nobody else can notice. */
    void toVisible() {
        for (int i = 0; i < MOST_PRIVATE; i++) {
            if (run.call != null || run.walk != null || !step(instruction())) {
                return;
            }
        }
        throw new NotEnumerated("more than " + MOST_PRIVATE + " private instructions on end");
    }

    /** {@return whether the instruction was private, and is executed} */
    private boolean step(Instruction instruction) {
        switch (instruction) {
            case Instruction.Alu i -> alu(i);
            case Instruction.Negate i -> {
                Value v = number(i.dst());
                set(i.dst(), Value.number(i.width() == Width.W64 ? -v.bits() : Arithmetic.cut(-v.bits(), 4), v.loads()));
            }
            case Instruction.Move i -> move(i);
            case Instruction.MoveSignExtend i -> {
                Value v = number(i.src());
                long bits = Arithmetic.signed(v.bits(), i.bits());
                set(i.dst(), Value.number(i.width() == Width.W64 ? bits : Arithmetic.cut(bits, 4), v.loads()));
            }
            case Instruction.LoadImmediate64 i -> {
                set(i.dst(), linked(i));
                run.pc++;
            }
            case Instruction.Load i -> {
                if (isShared(i.base())) {
                    return false;
                }
                Value v = loadPrivate(get(i.base()), i.offset(), i.size().bytes());
                set(i.dst(), i.signExtend() && v.isNumber() ? Value.number(Arithmetic.signed(v.bits(), 8 * i.size().bytes()), v.loads()) : v);
            }
            case Instruction.Store i -> {
                if (isShared(i.base())) {
                    return false;
                }
                storePrivate(get(i.base()), i.offset(), i.size().bytes(), operand(i.src()));
            }
            case Instruction.Atomic i -> {
                if (isShared(i.base())) {
                    return false;
                }
                atomicOnStack(i);
            }
            case Instruction.Jump i -> run.pc += i.offset();
            case Instruction.Branch i -> run.pc += holds(i) ? i.offset() : 0;
            case Instruction.CallSubprogram i -> {
                enter(run.pc + 1 + i.offset(), run.pc + 1, null);
                return true;
            }
            case Instruction.CallHelper i when Walks.concerns(i.helper()) -> {
                return Walks.begin(w, agent, this, i.helper());
            }
            case Instruction.CallHelper i -> {
                return Helpers.alone(w, agent, this, i.helper());
            }
            case Instruction.CallKfunc i when Resilient.concerns(w.agent(agent).program(), run.pc) -> {
                return false;
            }
            case Instruction.Exit i -> {
                return leave();
            }
            default -> throw new NotEnumerated(instruction.getClass().getSimpleName());
        }
        run.pc++;
        return true;
    }

    private boolean isShared(Register base) {
        return get(base).area() == Area.ELEMENT;
    }

    // ---- registers

    Value get(Register r) {
        return run.get(r.number());
    }

    void set(Register r, Value v) {
        run.registers[r.number()] = v;
    }

    private Value number(Register r) {
        Value v = get(r);
        if (!v.isNumber()) {
            throw new NotEnumerated("arithmetic on an address");
        }
        return v;
    }

    Value operand(Operand operand) {
        return switch (operand) {
            case Operand.Reg r -> get(r.register());
            case Operand.Imm i -> Value.number(i.value(), 0);
        };
    }

    private void move(Instruction.Move i) {
        Value v = operand(i.src());
        set(i.dst(), i.width() == Width.W64 || !v.isNumber() ? v : Value.number(Arithmetic.cut(v.bits(), 4), v.loads()));
    }

    private void alu(Instruction.Alu i) {
        Value a = get(i.dst());
        Value b = operand(i.src());
        boolean wide = i.width() == Width.W64;
        if (a.isNumber() && b.isNumber()) {
            set(i.dst(), Value.number(Arithmetic.alu(i.op(), wide, a.bits(), b.bits()), a.loads() | b.loads()));
        } else if (wide && i.op() == AluOp.ADD && b.isNumber()) {
            set(i.dst(), a.plus(b.bits(), b.loads()));
        } else if (wide && i.op() == AluOp.ADD && a.isNumber()) {
            set(i.dst(), b.plus(a.bits(), a.loads()));
        } else if (wide && i.op() == AluOp.SUB && b.isNumber()) {
            set(i.dst(), a.plus(-b.bits(), b.loads()));
        } else {
            throw new NotEnumerated("arithmetic on addresses");
        }
    }

    private boolean holds(Instruction.Branch i) {
        Value a = get(i.dst());
        Value b = operand(i.src());
        boolean wide = i.width() == Width.W64;
        if (a.isNumber() && b.isNumber() || a.area() == Area.PACKET && b.area() == Area.PACKET) {
            return Arithmetic.holds(i.condition(), wide, a.bits(), b.bits());
        }
        boolean same = a.area() == b.area() && a.id() == b.id() && a.bits() == b.bits();
        boolean withNull = a.isNumber() && a.bits() == 0 || b.isNumber() && b.bits() == 0;
        if ((withNull || a.area() == b.area()) && (i.condition() == Condition.EQ || i.condition() == Condition.NE)) {
            return same == (i.condition() == Condition.EQ);
        }
        throw new NotEnumerated("comparison of addresses");
    }

    private Value linked(Instruction.LoadImmediate64 i) {
        Link link = w.agent(agent).program().links().get(run.pc);
        if (link == null && i.kind() == Instruction.LoadImmediate64.Pseudo.CONSTANT) {
            return Value.number(i.value(), 0);
        }
        return switch (link) {
            case Link.OfMap m -> Value.to(Area.MAP, m.map(), 0);
            case Link.OfData d -> Value.toElement(w.ofArray(d.map(), 0, 0), -1).plus(d.offset(), 0);
            case Link.OfCode c -> Value.to(Area.CODE, c.slot(), 0);
            case Link.OfKfunc f -> throw new NotEnumerated("the address of " + f.name());
            case null -> throw new NotEnumerated("a 64-bit immediate that stands for something unknown");
        };
    }

    // ---- private memory

    /** {@return what is read there} It comes from what the address was made of, too. */
    Value loadPrivate(Value base, int offset, int size) {
        return privateAt(base, offset, size).from(base.loads());
    }

    private Value privateAt(Value base, int offset, int size) {
        int at = (int) base.bits() + offset;
        return switch (base.area()) {
            case STACK -> {
                Bytes stack = run.frames.get(base.id()).stack();
                int from = Run.STACK + at;
                if (!stack.chosen(from, size)) {
                    throw new NotEnumerated("the stack is read before it is written");
                }
                Value address = stack.address(from, size);
                yield address != null ? address : Value.number(stack.number(from, size), stack.loads(0, from, size));
            }
            case CONTEXT -> {
                if (w.agent(agent).program().packets() && size == 4 && (at == PACKET_START || at == PACKET_END)) {
                    yield Value.to(Area.PACKET, 0, at == PACKET_START ? 0 : packetLength());
                }
                run.context = choosing(run.context, Source.CONTEXT, at, size);
                yield Value.number(run.context.number(at, size), run.context.loads(0, at, size));
            }
            case PACKET -> {
                run.packet = choosing(run.packet, Source.PACKET, at, size);
                yield Value.number(run.packet.number(at, size), run.packet.loads(0, at, size));
            }
            default -> throw new NotEnumerated("a load from " + base.area());
        };
    }

    void storePrivate(Value base, int offset, int size, Value value) {
        int at = (int) base.bits() + offset;
        switch (base.area()) {
            case STACK -> {
                Bytes stack = run.frames.get(base.id()).stack();
                int from = Run.STACK + at;
                run.stack(base.id(), !value.isNumber() && size == 8 ? stack.storingAddress(from, value)
                        : stack.storing(0, 1, from, size, numberOf(value), value.loads()));
            }
            case CONTEXT -> run.context = run.context.storing(0, 1, at, size, numberOf(value), value.loads());
            case PACKET -> run.packet = run.packet.storing(0, 1, at, size, numberOf(value), value.loads());
            default -> throw new NotEnumerated("a store to " + base.area());
        }
    }

    static long numberOf(Value value) {
        if (!value.isNumber()) {
            throw new NotEnumerated("an address is stored where it can be read as a number");
        }
        return value.bits();
    }

    private void atomicOnStack(Instruction.Atomic i) {
        Value base = get(i.base());
        int size = i.size().bytes();
        Value old = loadPrivate(base, i.offset(), size);
        Value operand = get(i.src());
        boolean compares = i.op() == bpfmc.model.isa.AtomicOp.CMPXCHG;
        long expected = compares ? Arithmetic.cut(get(Register.R0).bits(), size) : 0;
        long after = Arithmetic.atomic(i.op(), old.bits(), Arithmetic.cut(numberOf(operand), size), expected);
        long from = i.op() == bpfmc.model.isa.AtomicOp.XCHG || compares && old.bits() == expected ? operand.loads() : compares ? old.loads() : old.loads() | operand.loads();
        storePrivate(base, i.offset(), size, Value.number(after, from));
        if (i.fetch()) {
            set(compares ? Register.R0 : i.src(), old);
        }
    }

    int packetLength() {
        if (run.packetLength < 0) {
            int[] lengths = w.setup.unknowns().packetLengths(agent);
            run.packetLength = lengths[choices.of(lengths.length)];
            if (run.packetLength > Run.PACKET) {
                throw new NotEnumerated("a packet of more than " + Run.PACKET + " bytes");
            }
        }
        return run.packetLength;
    }

    /** {@return the bytes with those in the range chosen} */
    Bytes choosing(Bytes bytes, Source source, int offset, int size) {
        if (bytes.chosen(offset, size)) {
            return bytes;
        }
        TreeSet<Long> ways = new TreeSet<>();
        for (long number : w.setup.unknowns().numbers(source, source == Source.MEMORY ? -1 : agent, offset, size)) {
            ways.add(bytes.choosing(offset, size, number).number(offset, size));
        }
        long number = new ArrayList<>(ways).get(choices.of(ways.size()));
        return bytes.choosing(offset, size, number);
    }

    Choices choices() {
        return choices;
    }

    // ---- functions

    /** Begins the program. */
    void begin() {
        run.registers[1] = Value.to(Area.CONTEXT, 0, 0);
        push(new Run.Frame(Bytes.of(Run.STACK), -1, List.of(), null));
    }

    /** @param walk what calls it, null for the program itself */
    void enter(int slot, int back, Run.Walk walk) {
        enter(slot, back, walk, Bytes.of(Run.STACK));
    }

    void enter(int slot, int back, Run.Walk walk, Bytes stack) {
        push(new Run.Frame(stack, back, Arrays.asList(Arrays.copyOfRange(run.registers, 6, 10)), walk));
        run.pc = slot;
    }

    private void push(Run.Frame frame) {
        List<Run.Frame> frames = new ArrayList<>(run.frames);
        frames.add(frame);
        run.frames = List.copyOf(frames);
        run.registers[10] = Value.to(Area.STACK, frames.size() - 1, 0);
    }

    /** {@return whether it was not the end of the program} */
    private boolean leave() {
        if (run.frames.size() == 1) {
            return false;
        }
        Run.Frame left = run.frame();
        run.frames = List.copyOf(run.frames.subList(0, run.frames.size() - 1));
        for (int r = 6; r < 10; r++) {
            run.registers[r] = left.saved().get(r - 6);
        }
        run.registers[10] = Value.to(Area.STACK, run.frames.size() - 1, 0);
        run.pc = left.back();
        if (left.walk() != null) {
            return Walks.returned(w, agent, this, left.walk());
        }
        return true;
    }
}
