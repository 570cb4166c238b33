package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.verifier.CallbackUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;

/**
 * Random small systems: two to four runs on up to three CPUs, some on top of others, of programs that lock elements of an array
 * (two at once now and then, in any order; now and then by resilient locks), touch them without a lock, plainly and atomically, look up, insert and delete
 * keys that are known or unknown, branch on inputs and on what they have read, compare clocks, and set, start and cancel timers, whose
 * callbacks cancel timers too; and walk over maps, or loop.
 */
public final class RandomSystems {
    private static final int ARRAY = 0;
    private static final int HASH = 1;
    private static final int DATA = 2;
    private static final int RESILIENT = 3;
    private static final int TIMED = 4;
    private static final int VALUE = 16;
    private static final short KEY_AT = -8;
    private static final short VALUE_AT = -24;
    private static final int MARK = 8;
    private static final int SET_CALLBACK = 170;
    private static final int START = 171;
    private static final int CANCEL = 172;

    private static final ImmutableList<MapDefinition> MAPS = Lists.immutable.with(
            map(ARRAY, MapType.ARRAY, locked(SpecialKind.SPIN_LOCK), Optional.empty()),
            map(HASH, MapType.HASH, ValueLayout.opaque(8), Optional.empty()),
            map(DATA, MapType.ARRAY, ValueLayout.opaque(8),
                    Optional.of(new MapDefinition.DataSection(MapDefinition.DataSection.Kind.BSS, new byte[8]))),
            map(RESILIENT, MapType.ARRAY, locked(SpecialKind.RES_SPIN_LOCK), Optional.empty()),
            map(TIMED, MapType.ARRAY, new ValueLayout(2 * VALUE, "", Lists.immutable.with(new SpecialField(SpecialKind.TIMER, 0, 16)),
                    Lists.immutable.empty(), (o, s) -> Optional.empty()), Optional.empty()));

    private static ValueLayout locked(SpecialKind lock) {
        return new ValueLayout(VALUE, "", Lists.immutable.with(new SpecialField(lock, 0, 4)), Lists.immutable.empty(), (o, s) -> Optional.empty());
    }

    private final Random random;
    private final MutableList<Instruction> code = Lists.mutable.empty();
    private final MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
    private final List<Integer> exits = new ArrayList<>();
    private final List<Integer> callbacks = new ArrayList<>();
    /** Where addresses of functions are taken that walks and loops run. */
    private final List<Integer> turns = new ArrayList<>();
    /** Where these addresses are taken, from which byte on an element may be touched; -1 of loops. */
    private final Map<Integer, Integer> walked = new HashMap<>();
    private boolean inCallback;

    private RandomSystems(Random random) {
        this.random = random;
    }

    private static MapDefinition map(int index, MapType type, ValueLayout value, Optional<MapDefinition.DataSection> data) {
        return new MapDefinition(index, data.isPresent() ? ".bss" : "m" + index, type, 4, value.size(), data.isPresent() ? 1 : 2, 0, value,
                ValueLayout.opaque(4), data, Optional.empty());
    }

    /** {@return the next system} */
    public static Scenario next(Random random) {
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        MutableList<BpfProgram> programs = Lists.mutable.empty();
        int cpus = 2 + random.nextInt(2);
        int most = 4;
        for (int cpu = 0; cpu < cpus; cpu++) {
            boolean task = random.nextInt(3) == 0;
            agents.add(new AgentPlace(program(random, task, programs), cpu, task ? ContextLevel.TASK : ContextLevel.SOFTIRQ, 0));
            if (agents.size() + cpus - cpu - 1 < most && random.nextInt(3) == 0) {
                agents.add(task ? new AgentPlace(program(random, false, programs), cpu, ContextLevel.SOFTIRQ, 1)
                        : new AgentPlace(program(random, false, programs), cpu, ContextLevel.SOFTIRQ, 0));
            }
        }
        var object = CallbackUses.added(new BpfObject("random.o", "", programs.toImmutable(), MAPS, Optional.empty(), Lists.immutable.empty()));
        for (BpfProgram callback : object.programs().drop(programs.size())) {
            if (agents.size() < most) {
                agents.add(new AgentPlace(callback, cpus++, ContextLevel.SOFTIRQ, 0));
            }
        }
        return new Scenario(object, agents.toImmutable(), cpus);
    }

    /** {@return a new program, or one that runs elsewhere too} */
    private static BpfProgram program(Random random, boolean task, MutableList<BpfProgram> programs) {
        String section = task ? "cgroup/connect4" : "tc";
        var known = programs.select(p -> p.section().name().equals(section));
        if (known.notEmpty() && random.nextInt(2) == 0) {
            return known.get(random.nextInt(known.size()));
        }
        BpfProgram program = new RandomSystems(random).build("p" + programs.size(), section);
        programs.add(program);
        return program;
    }

    private BpfProgram build(String name, String section) {
        code.add(new Instruction.Move(Width.W64, Register.R9, new Operand.Reg(Register.R1)));
        code.add(new Instruction.Move(Width.W64, Register.R8, new Operand.Imm(1)));
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            switch (random.nextInt(10)) {
                case 9 -> turns();
                case 0, 1, 2 -> {
                    if (random.nextInt(6) == 0) {
                        resilient();
                    } else {
                        locked();
                    }
                }
                case 3 -> unlocked();
                case 4, 5 -> hash();
                case 6 -> data();
                case 7 -> timed();
                default -> clock();
            }
        }
        exit();
        MutableList<Function> functions = Lists.mutable.with(new Function(name, 0, code.size(), true));
        if (!callbacks.isEmpty()) {
            callback();
            functions.add(new Function("expire_" + name, functions.getFirst().end(), code.size(), false));
        }
        for (int i = 0; i < turns.size(); i++) {
            turn(turns.get(i));
            functions.add(new Function("turn" + i + "_" + name, functions.getLast().end(), code.size(), false));
        }
        return new BpfProgram(name, Sections.parse(section), code.toImmutable(), functions.toImmutable(), references.toImmutable(), IntObjectMaps.immutable.empty());
    }

    private void exit() {
        exits.forEach(at -> code.set(at, jumpIfZero(code.size() - at - 1)));
        exits.clear();
        move(Register.R0, 0);
        code.add(new Instruction.Exit());
    }

    private void callback() {
        inCallback = true;
        callbacks.forEach(at -> references.put(at, new Reference.Function(code.size())));
        code.add(new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R3)));
        move(Register.R8, 1);
        if (random.nextBoolean()) {
            touch(Register.R6, VALUE);
        }
        if (random.nextBoolean()) {
            find(TIMED, Register.R7);
            timer(Register.R7, CANCEL);
            touch(Register.R7, VALUE);
        }
        exit();
    }

    /** What a walk, or a loop, runs for each element: touches it, deletes or replaces a key, or does nothing; and may end the walk. */
    private void turn(int takenAt) {
        inCallback = true;
        references.put(takenAt, new Reference.Function(code.size()));
        int from = walked.get(takenAt);
        code.add(new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R3)));
        move(Register.R8, 1);
        if (from >= 0 && random.nextBoolean()) {
            touch(Register.R6, from);
        }
        switch (random.nextInt(3)) {
            case 0 -> hash();
            case 1 -> data();
            default -> { }
        }
        if (from >= 0 && random.nextInt(3) == 0) {
            touch(Register.R6, from);
        }
        exits.forEach(at -> code.set(at, jumpIfZero(code.size() - at - 1)));
        exits.clear();
        move(Register.R0, random.nextInt(3) / 2);
        code.add(new Instruction.Exit());
    }

    // ---- parts of programs

    /** bpf_for_each_map_elem over a hash map or an array, or bpf_loop. */
    private void turns() {
        int over = random.nextInt(4);
        if (over < 3) {
            references.put(code.size(), new Reference.Map(over < 2 ? HASH : ARRAY));
        }
        turns.add(code.size() + (over < 3 ? 2 : 0));
        int taken = turns.getLast();
        if (over < 3) {
            code.add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_FD, 0, 0));
            code.add(null);
        }
        code.add(new Instruction.LoadImmediate64(Register.R2, Instruction.LoadImmediate64.Pseudo.FUNCTION, 0, 0));
        code.add(null);
        if (over == 3) {
            move(Register.R1, random.nextInt(3));
        }
        move(Register.R3, 0);
        move(Register.R4, 0);
        code.add(new Instruction.CallHelper(over < 3 ? 164 : 181));
        walked.put(taken, over < 2 ? 0 : over == 2 ? 4 : -1);
    }

    private void locked() {
        find(ARRAY, Register.R6);
        if (random.nextInt(6) == 0) {
            find(ARRAY, Register.R7);
            lock(Register.R6, true);
            lock(Register.R7, true);
            touch(Register.R7, 4);
            lock(Register.R7, false);
        } else {
            lock(Register.R6, true);
        }
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            touch(Register.R6, 4);
        }
        lock(Register.R6, false);
    }

    /** A section under a lock that may be refused; what was returned goes on. */
    private void resilient() {
        find(RESILIENT, Register.R6);
        tryLock(Register.R6, "bpf_res_spin_lock");
        code.add(new Instruction.Move(Width.W64, Register.R8, new Operand.Reg(Register.R0)));
        int refused = code.size();
        code.add(null);
        touch(Register.R6, 4);
        if (random.nextInt(3) == 0) {
            find(RESILIENT, Register.R7);
            tryLock(Register.R7, "bpf_res_spin_lock");
            code.add(new Instruction.Branch(Width.W64, Condition.NE, Register.R0, new Operand.Imm(0), (short) 3));
            code.add(new Instruction.Store(Size.WORD, Register.R7, (short) 8, new Operand.Imm(2)));
            tryLock(Register.R7, "bpf_res_spin_unlock");
        }
        tryLock(Register.R6, "bpf_res_spin_unlock");
        code.set(refused, new Instruction.Branch(Width.W64, Condition.NE, Register.R0, new Operand.Imm(0), (short) (code.size() - refused - 1)));
    }

    private void tryLock(Register element, String function) {
        code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(element)));
        var lock = new FunctionPrototype.Parameter("lock", "struct bpf_res_spin_lock *", FunctionPrototype.Kind.POINTER, 8, 4, false);
        var result = new FunctionPrototype.Parameter("", "int", FunctionPrototype.Kind.INTEGER, 4, 0, false);
        references.put(code.size(), new Reference.Kfunc(function, new FunctionPrototype(function, result, Lists.immutable.with(lock)), false));
        code.add(new Instruction.CallKfunc(0, (short) 0));
    }

    private void unlocked() {
        find(ARRAY, Register.R6);
        touch(Register.R6, 4);
    }

    private void hash() {
        switch (random.nextInt(3)) {
            case 0 -> {
                find(HASH, Register.R6);
                touch(Register.R6, 0);
            }
            case 1 -> {
                key();
                code.add(new Instruction.Store(Size.DOUBLE, Register.R10, VALUE_AT, new Operand.Reg(Register.R8)));
                arguments(HASH);
                address(Register.R3, VALUE_AT);
                move(Register.R4, random.nextInt(3));
                code.add(new Instruction.CallHelper(2));
            }
            default -> {
                key();
                arguments(HASH);
                code.add(new Instruction.CallHelper(3));
            }
        }
    }

    private void data() {
        references.put(code.size(), new Reference.Data(DATA, 0));
        code.add(new Instruction.LoadImmediate64(Register.R6, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0));
        code.add(null);
        touch(Register.R6, 0);
    }

    /** Stores the time; or, if the time stored last is later than now, gives up. */
    private void clock() {
        code.add(new Instruction.CallHelper(5));
        code.add(new Instruction.Move(Width.W64, Register.R7, new Operand.Reg(Register.R0)));
        references.put(code.size(), new Reference.Data(DATA, 0));
        code.add(new Instruction.LoadImmediate64(Register.R6, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0));
        code.add(null);
        if (random.nextBoolean()) {
            code.add(new Instruction.Load(Size.DOUBLE, false, Register.R5, Register.R6, (short) 0));
            code.add(new Instruction.Alu(Width.W64, AluOp.SUB, Register.R7, new Operand.Reg(Register.R5)));
            code.add(new Instruction.Branch(Width.W64, Condition.GT, Register.R7, new Operand.Imm(1000), (short) 0));
        } else {
            code.add(new Instruction.Store(Size.DOUBLE, Register.R6, (short) 0, new Operand.Reg(Register.R7)));
        }
    }

    private void timed() {
        find(TIMED, Register.R6);
        switch (random.nextInt(4)) {
            case 0 -> timer(Register.R6, START);
            case 1 -> timer(Register.R6, CANCEL);
            default -> {
                callbacks.add(code.size());
                code.add(new Instruction.LoadImmediate64(Register.R2, Instruction.LoadImmediate64.Pseudo.FUNCTION, 0, 0));
                code.add(null);
                timer(Register.R6, SET_CALLBACK);
                timer(Register.R6, START);
            }
        }
        touch(Register.R6, VALUE);
    }

    private void timer(Register element, int helper) {
        code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(element)));
        if (helper == START) {
            move(Register.R2, 0);
            move(Register.R3, 0);
        }
        code.add(new Instruction.CallHelper(helper));
    }

    private void touch(Register element, int from) {
        short offset = (short) (from + 4 * random.nextInt(from == 0 ? 2 : 3));
        switch (random.nextInt(5)) {
            case 0 -> code.add(new Instruction.Store(Size.WORD, element, offset, new Operand.Imm(random.nextInt(3))));
            case 1 -> {
                code.add(new Instruction.Load(Size.WORD, false, Register.R8, element, offset));
                if (random.nextBoolean()) {
                    code.add(new Instruction.Branch(Width.W64, Condition.EQ, Register.R8, new Operand.Imm(random.nextInt(2)), (short) 1));
                    move(Register.R8, 7);
                }
            }
            case 2 -> code.add(new Instruction.Store(Size.WORD, element, offset, new Operand.Reg(Register.R8)));
            case 3 -> {
                code.add(new Instruction.Load(Size.WORD, false, Register.R5, element, offset));
                code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R5, new Operand.Imm(1)));
                code.add(new Instruction.Store(Size.WORD, element, offset, new Operand.Reg(Register.R5)));
            }
            default -> code.add(new Instruction.Atomic(random.nextBoolean() ? AtomicOp.ADD : AtomicOp.XCHG, true, Size.WORD, element, offset, Register.R8));
        }
    }

    private void key() {
        if (!inCallback && random.nextInt(3) == 0) {
            code.add(new Instruction.Load(Size.WORD, false, Register.R5, Register.R9, (short) MARK));
            code.add(new Instruction.Alu(Width.W64, AluOp.AND, Register.R5, new Operand.Imm(1)));
            code.add(new Instruction.Store(Size.WORD, Register.R10, KEY_AT, new Operand.Reg(Register.R5)));
        } else {
            code.add(new Instruction.Store(Size.WORD, Register.R10, KEY_AT, new Operand.Imm(random.nextInt(2))));
        }
    }

    private void find(int map, Register into) {
        key();
        arguments(map);
        code.add(new Instruction.CallHelper(1));
        exits.add(code.size());
        code.add(null);
        code.add(new Instruction.Move(Width.W64, into, new Operand.Reg(Register.R0)));
    }

    private static Instruction jumpIfZero(int offset) {
        return new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), (short) offset);
    }

    private void arguments(int map) {
        references.put(code.size(), new Reference.Map(map));
        code.add(new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.MAP_FD, 0, 0));
        code.add(null);
        address(Register.R2, KEY_AT);
    }

    private void lock(Register element, boolean take) {
        code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(element)));
        code.add(new Instruction.CallHelper(take ? 93 : 94));
    }

    private void address(Register register, int offset) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Reg(Register.R10)));
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, register, new Operand.Imm(offset)));
    }

    private void move(Register register, int value) {
        code.add(new Instruction.Move(Width.W64, register, new Operand.Imm(value)));
    }
}
