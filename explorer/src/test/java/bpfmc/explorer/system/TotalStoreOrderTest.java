package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
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
import bpfmc.model.step.Consistency;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All final contents of shared memory under total store order, for random straight-line programs on two or three CPUs, some on top of others, against a
 * naive explorer of its own that keeps concrete bytes and a queue of stores for each CPU.
 */
class TotalStoreOrderTest {
    private static final int DATA = 8;
    /** The lock's offset, behind what programs touch. */
    private static final int LOCK = DATA;
    private static final int BYTES = DATA + 8;
    private static final int SYSTEMS = 100;

    /** One step; r7 is the only register. */
    private record Op(Kind kind, int offset, int size, int number) {
        enum Kind {
            LOAD, LOAD_ACQUIRE, STORE, STORE_NUMBER, STORE_RELEASE, ADD, FETCH_ADD, XCHG, CMPXCHG, FENCE, LOCK, UNLOCK;

            boolean atomic() {
                return this == ADD || this == FETCH_ADD || this == XCHG || this == CMPXCHG;
            }

            /** {@return whether x86 has a LOCK prefix there} */
            boolean locked() {
                return atomic() || this == FENCE || this == LOCK;
            }
        }
    }

    /** @param cpu where it runs @param level 1 on top of what runs at 0 */
    private record Run(int cpu, int level, List<Op> ops) {}

    private static List<Op> program(Random random, boolean strong, int length) {
        List<Op> ops = new ArrayList<>();
        int most = 1 + random.nextInt(length);
        boolean held = false;
        while (ops.size() < most) {
            Op.Kind kind = Op.Kind.values()[random.nextInt(strong || random.nextInt(4) == 0 ? 10 : 5)];
            if (strong && !kind.locked() && !held) {
                kind = Op.Kind.LOCK;
            } else if (random.nextInt(8) == 0) {
                kind = Op.Kind.LOCK;
            }
            if (kind == Op.Kind.LOCK) {
                if (!held) {
                    ops.add(new Op(kind, LOCK, 4, 0));
                }
                held = true;
                continue;
            }
            int size = kind.atomic() ? 4 << random.nextInt(2) : strong ? 4 : 1 << random.nextInt(4);
            ops.add(new Op(kind, size * random.nextInt(DATA / size), size, 1 + random.nextInt(3)));
            if (held && random.nextInt(3) == 0) {
                ops.add(new Op(Op.Kind.UNLOCK, LOCK, 4, 0));
                held = false;
            }
        }
        if (held) {
            ops.add(new Op(Op.Kind.UNLOCK, LOCK, 4, 0));
        }
        return ops;
    }

    /** What a run has read shows where it is stored: at last, each has an atomic operation for that. */
    private static List<Run> system(Random random, boolean strong) {
        List<Run> runs = new ArrayList<>();
        int cpus = random.nextInt(12) == 0 ? 3 : 2;
        for (int cpu = 0; cpu < cpus; cpu++) {
            runs.add(new Run(cpu, 0, program(random, strong, cpus == 3 ? 2 : 3)));
            if (cpus == 2 && cpu == 0 && random.nextInt(4) == 0) {
                runs.add(new Run(cpu, 1, program(random, strong, 2).stream().filter(op -> op.kind() != Op.Kind.LOCK && op.kind() != Op.Kind.UNLOCK)
                        .filter(op -> !strong || op.kind().locked()).limit(2).toList()));
            }
        }
        return runs;
    }

    // ---- the naive explorer

    private record Entry(int offset, int size, long value) {}

    private record State(List<Integer> at, List<Long> registers, List<Byte> memory, List<List<Entry>> buffers) {}

    /** All final contents, each followed by what the runs' registers hold. */
    private record Naive(List<Run> runs, int cpus, boolean buffered, Set<State> seen, Set<List<Long>> ends) {

        void explore(State first) {
            var work = new ArrayDeque<State>();
            work.add(first);
            while (!work.isEmpty()) {
                State state = work.pop();
                if (!seen.add(state)) {
                    continue;
                }
                int before = work.size();
                for (int run = 0; run < runs.size(); run++) {
                    if (mayStep(state, run)) {
                        step(state, run).ifPresent(work::push);
                    }
                }
                for (int cpu = 0; cpu < cpus; cpu++) {
                    if (!state.buffers().get(cpu).isEmpty()) {
                        work.push(drained(state, cpu));
                    }
                }
                if (work.size() == before) {
                    List<Long> end = new ArrayList<>(state.registers());
                    for (int i = 0; i < DATA; i++) {
                        end.add((long) state.memory().get(i));
                    }
                    ends.add(end);
                }
            }
        }

        private boolean mayStep(State state, int run) {
            if (state.at().get(run) == runs.get(run).ops().size() + 1) {
                return false;
            }
            for (int other = 0; other < runs.size(); other++) {
                boolean above = runs.get(other).cpu() == runs.get(run).cpu() && runs.get(other).level() > runs.get(run).level();
                if (above && state.at().get(other) > 0 && state.at().get(other) <= runs.get(other).ops().size()) {
                    return false;
                }
                boolean below = runs.get(other).cpu() == runs.get(run).cpu() && runs.get(other).level() < runs.get(run).level();
                if (below && state.at().get(run) == 0 && irqsOff(state, other)) {
                    return false;
                }
            }
            return true;
        }

        /** Interrupts are off while a lock is held. */
        private boolean irqsOff(State state, int run) {
            List<Op> done = runs.get(run).ops().subList(0, Math.max(0, state.at().get(run) - 1));
            return done.stream().filter(op -> op.kind() == Op.Kind.LOCK).count() > done.stream().filter(op -> op.kind() == Op.Kind.UNLOCK).count();
        }

        private Optional<State> step(State state, int run) {
            int at = state.at().get(run);
            List<Integer> nextAt = new ArrayList<>(state.at());
            nextAt.set(run, at + 1);
            if (at == 0) {
                return Optional.of(new State(nextAt, state.registers(), state.memory(), state.buffers()));
            }
            Op op = runs.get(run).ops().get(at - 1);
            int cpu = runs.get(run).cpu();
            List<Entry> own = state.buffers().get(cpu);
            if (op.kind().locked() && !own.isEmpty()) {
                return Optional.empty();
            }
            byte[] memory = bytes(state.memory());
            byte[] seenHere = memory.clone();
            own.forEach(e -> write(seenHere, e));
            long r7 = state.registers().get(run);
            long old = read(seenHere, op.offset(), op.size());
            long result = r7;
            Entry stored = null;
            switch (op.kind()) {
                case LOAD, LOAD_ACQUIRE -> result = old + op.number();
                case STORE, STORE_RELEASE -> stored = new Entry(op.offset(), op.size(), r7);
                case STORE_NUMBER -> stored = new Entry(op.offset(), op.size(), op.number());
                case UNLOCK -> stored = new Entry(op.offset(), op.size(), 0);
                case ADD -> write(memory, new Entry(op.offset(), op.size(), old + r7));
                case FETCH_ADD -> {
                    write(memory, new Entry(op.offset(), op.size(), old + r7));
                    result = old;
                }
                case XCHG -> {
                    write(memory, new Entry(op.offset(), op.size(), r7));
                    result = old;
                }
                case CMPXCHG -> {
                    if (old == op.number()) {
                        write(memory, new Entry(op.offset(), op.size(), r7));
                    }
                    result = old;
                }
                case FENCE -> { }
                case LOCK -> {
                    if (old != 0) {
                        return Optional.empty();
                    }
                    write(memory, new Entry(op.offset(), op.size(), 1));
                }
            }
            List<Long> registers = new ArrayList<>(state.registers());
            registers.set(run, result);
            List<List<Entry>> buffers = new ArrayList<>(state.buffers());
            if (stored != null && buffered) {
                List<Entry> longer = new ArrayList<>(own);
                longer.add(stored);
                buffers.set(cpu, longer);
            } else if (stored != null) {
                write(memory, stored);
            }
            return Optional.of(new State(nextAt, registers, list(memory), buffers));
        }

        private static State drained(State state, int cpu) {
            byte[] memory = bytes(state.memory());
            List<List<Entry>> buffers = new ArrayList<>(state.buffers());
            List<Entry> own = buffers.get(cpu);
            write(memory, own.getFirst());
            buffers.set(cpu, own.subList(1, own.size()));
            return new State(state.at(), state.registers(), list(memory), buffers);
        }
    }

    private static Set<List<Long>> naive(List<Run> runs, byte[] initial, boolean buffered) {
        int cpus = runs.getLast().cpu() + 1;
        var naive = new Naive(runs, cpus, buffered, new HashSet<>(), new HashSet<>());
        naive.explore(new State(runs.stream().map(r -> 0).toList(), runs.stream().map(r -> 5L).toList(), list(initial),
                IntStream.range(0, cpus).mapToObj(cpu -> List.<Entry>of()).toList()));
        return naive.ends();
    }

    private static long read(byte[] memory, int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | memory[offset + i] & 0xff;
        }
        return value;
    }

    private static void write(byte[] memory, Entry entry) {
        for (int i = 0; i < entry.size(); i++) {
            memory[entry.offset() + i] = (byte) (entry.value() >>> 8 * i);
        }
    }

    private static List<Byte> list(byte[] memory) {
        return IntStream.range(0, memory.length).mapToObj(i -> memory[i]).toList();
    }

    private static byte[] bytes(List<Byte> memory) {
        byte[] bytes = new byte[memory.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = memory.get(i);
        }
        return bytes;
    }

    // ---- bpfmc

    /** Shared bytes and the lock, then eight bytes for each run, where it stores its register at last. */
    private static BpfProgram compile(int number, Run run) {
        MutableList<Instruction> code = Lists.mutable.with(
                new Instruction.LoadImmediate64(Register.R6, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0), null,
                new Instruction.Move(Width.W64, Register.R7, new Operand.Imm(5)));
        run.ops().forEach(op -> emit(op, code));
        code.add(new Instruction.Store(Size.DOUBLE, Register.R6, (short) (BYTES + 8 * number), new Operand.Reg(Register.R7)));
        code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0)));
        code.add(new Instruction.Exit());
        String name = "p" + number;
        return new BpfProgram(name, Sections.parse("tc"), code.toImmutable(), Lists.immutable.with(new Function(name, 0, code.size(), true)),
                IntObjectMaps.immutable.<Reference>empty().newWithKeyValue(0, new Reference.Data(0, 0)), IntObjectMaps.immutable.empty());
    }

    private static void emit(Op op, MutableList<Instruction> code) {
        Size size = Arrays.stream(Size.values()).filter(s -> s.bytes() == op.size()).findFirst().orElseThrow();
        short offset = (short) op.offset();
        switch (op.kind()) {
            case LOAD -> {
                code.add(new Instruction.Load(size, false, Register.R7, Register.R6, offset));
                code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R7, new Operand.Imm(op.number())));
            }
            case LOAD_ACQUIRE -> {
                code.add(new Instruction.LoadAcquire(size, Register.R7, Register.R6, offset));
                code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R7, new Operand.Imm(op.number())));
            }
            case STORE -> code.add(new Instruction.Store(size, Register.R6, offset, new Operand.Reg(Register.R7)));
            case STORE_NUMBER -> code.add(new Instruction.Store(size, Register.R6, offset, new Operand.Imm(op.number())));
            case STORE_RELEASE -> code.add(new Instruction.StoreRelease(size, Register.R6, offset, Register.R7));
            case ADD -> code.add(new Instruction.Atomic(AtomicOp.ADD, false, size, Register.R6, offset, Register.R7));
            case FETCH_ADD -> code.add(new Instruction.Atomic(AtomicOp.ADD, true, size, Register.R6, offset, Register.R7));
            case XCHG -> code.add(new Instruction.Atomic(AtomicOp.XCHG, true, size, Register.R6, offset, Register.R7));
            case CMPXCHG -> {
                code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(op.number())));
                code.add(new Instruction.Atomic(AtomicOp.CMPXCHG, true, size, Register.R6, offset, Register.R7));
                code.add(new Instruction.Move(Width.W64, Register.R7, new Operand.Reg(Register.R0)));
            }
            case FENCE -> {
                code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Imm(0)));
                code.add(new Instruction.Store(Size.DOUBLE, Register.R10, (short) -8, new Operand.Reg(Register.R1)));
                code.add(new Instruction.Atomic(AtomicOp.ADD, op.number() != 1, Size.DOUBLE, Register.R10, (short) -8, Register.R1));
            }
            case LOCK, UNLOCK -> {
                code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(Register.R6)));
                code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R1, new Operand.Imm(op.offset())));
                code.add(new Instruction.CallHelper(op.kind() == Op.Kind.LOCK ? 93 : 94));
            }
        }
    }

    private static Scenario scenario(List<Run> runs, Consistency memory) {
        int bytes = BYTES + 8 * runs.size();
        var layout = new ValueLayout(bytes, "", Lists.immutable.with(new SpecialField(SpecialKind.SPIN_LOCK, LOCK, 4)), Lists.immutable.empty(), (o, s) -> Optional.empty());
        var bss = new MapDefinition(0, ".bss", MapType.ARRAY, 4, bytes, 1, 0, layout, ValueLayout.opaque(4),
                Optional.of(new MapDefinition.DataSection(MapDefinition.DataSection.Kind.BSS, new byte[bytes])), Optional.empty());
        MutableList<BpfProgram> compiled = Lists.mutable.empty();
        runs.forEach(run -> compiled.add(compile(compiled.size(), run)));
        var object = new BpfObject("random.o", "", compiled.toImmutable(), Lists.immutable.with(bss), Optional.empty(), Lists.immutable.empty());
        var agents = Lists.immutable.withAll(runs).collectWithIndex((r, i) -> new Scenario.AgentPlace(compiled.get(i), r.cpu(),
                r.level() == 0 ? ContextLevel.TASK : ContextLevel.SOFTIRQ, r.level()));
        return new Scenario(object, agents, runs.getLast().cpu() + 1, CpuRules.DEFAULT.over(memory));
    }

    private static Set<List<Long>> explored(List<Run> runs, byte[] initial, Consistency memory, boolean reduced) {
        return Systems.with(scenario(runs, memory), system -> {
            TransitionSystem steps = reduced ? new Selected(system, StubbornSets.of(system)) : system;
            var ends = Search.<List<Long>>explore(steps, (state, terminal, sink) -> {
                if (terminal) {
                    sink.accept(contents(system.snapshot(state), initial, runs.size()));
                }
            }, Limits.NONE, Progress.NONE);
            return new HashSet<>(ends.findings().castToList());
        });
    }

    private static List<Long> contents(Snapshot state, byte[] initial, int runs) {
        List<Long> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(Terms.evaluate(state.element(0).read(0, BYTES + 8 * run, 8), s -> word(s, initial)));
        }
        for (int i = 0; i < DATA; i++) {
            all.add((long) (byte) Terms.evaluate(state.element(0).read(0, i, 1), s -> word(s, initial)));
        }
        return all;
    }

    private static long word(Symbol symbol, byte[] initial) {
        if (symbol.owner() != Symbol.INITIAL) {
            throw new AssertionError(symbol + " is no first content");
        }
        return symbol.detail() < DATA ? read(initial, symbol.detail(), 8) : 0;
    }

    private static byte[] initial(Random random) {
        byte[] initial = new byte[BYTES];
        for (int i = 0; i < DATA; i++) {
            initial[i] = (byte) random.nextInt(1, 4);
        }
        return initial;
    }

    /** A compare-and-exchange on unknown first contents goes both ways, so there bpfmc may reach more. */
    private static boolean decided(List<Run> runs) {
        return runs.stream().flatMap(r -> r.ops().stream()).noneMatch(op -> op.kind() == Op.Kind.CMPXCHG);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void reachesExactlyTheContentsOfANaiveExplorer(long seed) {
        Random random = new Random(seed);
        int weak = 0;
        for (int i = 0; i < SYSTEMS; i++) {
            List<Run> runs = system(random, false);
            byte[] initial = initial(random);
            Set<List<Long>> expected = naive(runs, initial, true);
            Set<List<Long>> found = explored(runs, initial, Consistency.TOTAL_STORE_ORDER, false);
            assertThat(found).as("%s from %s", runs, Arrays.toString(initial)).containsAll(expected);
            assertThat(decided(runs) ? found : expected).as("%s from %s", runs, Arrays.toString(initial)).isEqualTo(expected);
            if (i % 2 == 0) {
                assertThat(explored(runs, initial, Consistency.TOTAL_STORE_ORDER, true)).as("reduced: %s", runs).isEqualTo(found);
            }
            Set<List<Long>> atOnce = explored(runs, initial, Consistency.SEQUENTIAL, false);
            assertThat(found).as("%s from %s", runs, Arrays.toString(initial)).containsAll(atOnce);
            weak += found.size() > atOnce.size() ? 1 : 0;
        }
        assertThat(weak).as("systems that show more").isGreaterThan(SYSTEMS / 20);
    }

    /** Every access is atomic, or of a lock's owner. */
    @Test
    void showsNoMoreThanSequentialConsistencyWhereEveryAccessIsLockedOrAtomic() {
        Random random = new Random(7);
        for (int i = 0; i < SYSTEMS / 2; i++) {
            List<Run> runs = locked(system(random, true));
            byte[] initial = initial(random);
            assertThat(explored(runs, initial, Consistency.TOTAL_STORE_ORDER, false)).as("%s", runs)
                    .isEqualTo(explored(runs, initial, Consistency.SEQUENTIAL, false));
        }
    }

    /** Atomics on the low half, what is plain on the high half, which the lock guards. */
    private static List<Run> locked(List<Run> runs) {
        return runs.stream().map(r -> new Run(r.cpu(), r.level(), r.ops().stream().map(op -> op.kind().atomic() ? new Op(op.kind(), 0, 4, op.number())
                : op.kind() == Op.Kind.LOCK || op.kind() == Op.Kind.UNLOCK ? op : new Op(op.kind(), 4, 4, op.number())).toList())).toList();
    }
}
