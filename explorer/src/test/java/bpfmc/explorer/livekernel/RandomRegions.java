package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.ProgramWriter.Label;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import java.util.Random;
import org.eclipse.collections.api.map.ImmutableMap;

/**
 * Random programs about locks, regions and subprograms, right and wrong: over two elements with a bpf_spin_lock at offset 0 (r7, r8) and one
 * with a bpf_res_spin_lock at 0 (r9). Regions are mostly closed as they were opened, and now and then are not.
 */
final class RandomRegions {
    static final int PLAIN = 0;
    static final int RESILIENT = 1;
    static final String STATIC = "thrice";
    static final String GLOBAL = "twice";
    private static final int LOCK = 93;
    private static final int UNLOCK = 94;
    private static final int FLAGS = -16;
    private static final int KEY = -40;
    private static final int VALUE = -64;
    private static final int DEEPEST = 3;

    private final Random random;
    private final ImmutableMap<String, FunctionPrototype> kernel;
    private final ProgramWriter code = new ProgramWriter();
    private final Label end = new Label();
    private final Label aStatic = new Label();
    private final Label aGlobal = new Label();
    private boolean callsStatic;
    private boolean callsGlobal;

    private RandomRegions(Random random, ImmutableMap<String, FunctionPrototype> kernel) {
        this.random = random;
        this.kernel = kernel;
    }

    /** {@return a program} @param kernel the functions of the kernel that it may call, by their names */
    static BpfProgram next(Random random, ImmutableMap<String, FunctionPrototype> kernel) {
        return new RandomRegions(random, kernel).build();
    }

    private BpfProgram build() {
        code.function("p", new Label(), true).move(Register.R6, Register.R1);
        lookup(PLAIN, 0, Register.R7);
        lookup(PLAIN, random.nextInt(2), Register.R8);
        lookup(RESILIENT, 0, Register.R9);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            statement(DEEPEST);
        }
        code.label(end).move(Register.R0, 0).exit();
        if (callsStatic) {
            code.function(STATIC, aStatic, false);
            subprogram(true);
        }
        if (callsGlobal) {
            code.function(GLOBAL, aGlobal, true);
            subprogram(false);
        }
        return code.program("tc");
    }

    /** {@return whether the next program calls its own functions of these names} */
    private void subprogram(boolean takesElement) {
        code.move(Register.R6, Register.R1);
        switch (random.nextInt(5)) {
            case 0 -> call("bpf_rcu_read_unlock");
            case 1 -> call("bpf_preempt_disable");
            case 2 -> code.call(5);
            case 3 -> {
                if (takesElement) {
                    code.move(Register.R1, Register.R6).call(random.nextBoolean() ? UNLOCK : LOCK);
                }
            }
            default -> { }
        }
        code.move(Register.R0, 0).exit();
    }

    private void lookup(int map, int key, Register into) {
        code.store(Size.WORD, Register.R10, KEY, key).map(Register.R1, map).stack(Register.R2, KEY).call(1)
                .branch(Condition.EQ, Register.R0, 0, end).move(into, Register.R0);
    }

    private void block(int depth) {
        for (int n = random.nextInt(3); n > 0; n--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            simple();
            return;
        }
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                Register element = element();
                region(depth, () -> code.move(Register.R1, element).call(LOCK), () -> code.move(Register.R1, random.nextInt(8) == 0 ? element() : element).call(UNLOCK));
            }
            case 2 -> resilient(depth);
            case 3 -> region(depth, () -> call("bpf_rcu_read_lock"), () -> call("bpf_rcu_read_unlock"));
            case 4 -> region(depth, () -> call("bpf_preempt_disable"), () -> call("bpf_preempt_enable"));
            case 5 -> {
                int flags = FLAGS - 8 * random.nextInt(2);
                region(depth, () -> flags("bpf_local_irq_save", flags), () -> flags("bpf_local_irq_restore", random.nextInt(8) == 0 ? FLAGS : flags));
            }
            default -> {
                Label over = new Label();
                code.load(Size.WORD, Register.R0, Register.R6, 0).branch(Condition.GT, Register.R0, random.nextInt(5), over);
                block(depth - 1);
                code.label(over);
            }
        }
    }

    private Register element() {
        return random.nextBoolean() ? Register.R7 : Register.R8;
    }

    private void region(int depth, Runnable open, Runnable close) {
        if (random.nextInt(12) > 0) {
            open.run();
        }
        block(depth - 1);
        if (random.nextInt(12) > 0) {
            close.run();
        }
    }

    private void resilient(int depth) {
        Label failed = new Label();
        code.move(Register.R1, Register.R9);
        call("bpf_res_spin_lock");
        if (random.nextInt(12) > 0) {
            code.branch(Condition.NE, Register.R0, 0, failed);
        }
        block(depth - 1);
        code.move(Register.R1, Register.R9);
        call("bpf_res_spin_unlock");
        code.label(failed);
    }

    private void call(String function) {
        code.call(kernel.get(function));
    }

    private void flags(String function, int slot) {
        code.stack(Register.R1, slot);
        call(function);
    }

    private void simple() {
        switch (random.nextInt(9)) {
            case 0 -> code.call(5);
            case 1 -> code.load(random.nextBoolean() ? Size.WORD : Size.BYTE, Register.R0, element(), random.nextInt(4) == 0 ? random.nextInt(4) & ~3 : 8);
            case 2 -> code.store(Size.WORD, element(), 4 * (random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(3)), 1);
            case 3 -> code.store(Size.DOUBLE, element(), 8, 7);
            case 4 -> code.store(Size.WORD, Register.R10, KEY, 1).map(Register.R1, random.nextInt(2)).stack(Register.R2, KEY).call(1);
            case 5 -> {
                code.store(Size.WORD, Register.R10, KEY, 1).store(Size.DOUBLE, Register.R10, VALUE, 0).store(Size.DOUBLE, Register.R10, VALUE + 8, 0);
                code.map(Register.R1, PLAIN).stack(Register.R2, KEY).stack(Register.R3, VALUE).move(Register.R4, 0).call(2);
            }
            case 6 -> {
                callsStatic = true;
                code.move(Register.R1, element()).call(aStatic);
            }
            case 7 -> {
                callsGlobal = true;
                code.move(Register.R1, 3).call(aGlobal);
            }
            default -> code.load(Size.WORD, Register.R0, Register.R6, 0).alu(AluOp.AND, Register.R0, 15);
        }
    }
}
