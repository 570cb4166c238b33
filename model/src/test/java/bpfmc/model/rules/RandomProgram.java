package bpfmc.model.rules;

import static bpfmc.model.isa.Register.R0;
import static bpfmc.model.isa.Register.R10;
import static bpfmc.model.isa.Register.R1;
import static bpfmc.model.isa.Register.R6;
import static bpfmc.model.isa.Register.R7;
import static bpfmc.model.isa.Register.R8;
import static bpfmc.model.isa.Register.R9;

import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Size;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;

/** A program of random shape that keeps the lock rules, but for one fault in its last critical section. */
final class RandomProgram {
    /** What is wrong with the section. */
    enum Fault { NONE, NO_UNLOCK, CALL_INSIDE, WRONG_OFFSET, WRONG_ELEMENT, TWO_UNLOCKS, STORE_TO_LOCK, UNLOCK_ON_ONE_WAY }

    private final Random random;
    private final Fault fault;
    private final Code code = new Code();
    private int labels;
    private int sections;
    private final int faulty;

    RandomProgram(Random random, Fault fault) {
        this(random, fault, countSections(random.nextLong()));
    }

    private RandomProgram(Random random, Fault fault, Counted counted) {
        this.random = new Random(counted.seed());
        this.fault = fault;
        this.faulty = counted.sections() - 1;
        build();
    }

    private record Counted(long seed, int sections) {}

    private static Counted countSections(long seed) {
        var dry = new RandomProgram(seed);
        return new Counted(seed, dry.sections);
    }

    private RandomProgram(long seed) {
        this.random = new Random(seed);
        this.fault = Fault.NONE;
        this.faulty = -1;
        build();
    }

    private void build() {
        code.move(R6, R1).lookup(R7).lookup(R8);
        block(3);
        code.exit();
    }

    int sections() {
        return sections;
    }

    ImmutableList<String> broken() {
        return code.broken();
    }

    private void block(int depth) {
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (depth == 0 ? random.nextInt(3) : random.nextInt(6)) {
            case 0 -> code.load(R0, R7, 8, Size.DOUBLE);
            case 1 -> code.call(Code.KTIME);
            case 2, 3 -> section();
            case 4 -> {
                int other = labels++;
                code.load(R0, R6, 4 * random.nextInt(8), Size.WORD).branch(Condition.GT, R0, random.nextInt(5), other);
                block(depth - 1);
                code.label(other);
            }
            default -> loop(depth);
        }
    }

    /** A loop of a few rounds, its counter on the stack, so that inner loops do not meet it. */
    private void loop(int depth) {
        int head = labels++;
        int slot = -16 - 8 * depth;
        code.store(R10, slot, 0, Size.DOUBLE).label(head);
        block(depth - 1);
        code.load(R9, R10, slot, Size.DOUBLE).plus(R9, 1)
                .add(new bpfmc.model.isa.Instruction.Store(Size.DOUBLE, R10, (short) slot, new bpfmc.model.isa.Operand.Reg(R9)))
                .branch(Condition.LT, R9, 1 + random.nextInt(3), head);
    }

    private void section() {
        boolean second = random.nextBoolean();
        var element = second ? R8 : R7;
        var other = second ? R7 : R8;
        Fault here = sections++ == faulty ? fault : Fault.NONE;
        code.call(Code.LOCK, element, here == Fault.WRONG_OFFSET ? 4 : 0);
        for (int n = random.nextInt(3); n > 0; n--) {
            code.store(element, 8, n, Size.DOUBLE);
        }
        switch (here) {
            case CALL_INSIDE -> code.call(Code.KTIME);
            case STORE_TO_LOCK -> code.store(element, 2, 0, Size.HALF);
            case UNLOCK_ON_ONE_WAY -> {
                int skip = labels++;
                code.load(R0, R6, 0, Size.WORD).branch(Condition.EQ, R0, 1, skip).call(Code.UNLOCK, element, 0).label(skip);
            }
            case TWO_UNLOCKS -> code.call(Code.UNLOCK, element, 0);
            case NONE, NO_UNLOCK, WRONG_OFFSET, WRONG_ELEMENT -> { }
        }
        if (here != Fault.NO_UNLOCK && here != Fault.UNLOCK_ON_ONE_WAY) {
            code.call(Code.UNLOCK, here == Fault.WRONG_ELEMENT ? other : element, 0);
        }
    }
}
