package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
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
import bpfmc.model.program.ValueLayout;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All final contents of shared memory, for random straight-line programs on two CPUs, against a naive explorer that keeps
 * concrete bytes and tries every interleaving.
 */
class NaiveInterleavingsTest {
    private static final int BYTES = 16;
    private static final int SYSTEMS = 500;

    /** One step on shared memory; r7 is the only register. */
    private record Op(Kind kind, int offset, int size, int number) {
        enum Kind { LOAD, STORE, STORE_NUMBER, ADD, FETCH_ADD, XCHG, CMPXCHG }
    }

    private static List<Op> program(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> {
            Op.Kind kind = Op.Kind.values()[random.nextInt(7)];
            boolean atomic = kind.ordinal() >= Op.Kind.ADD.ordinal();
            int size = atomic ? 4 << random.nextInt(2) : 1 << random.nextInt(4);
            return new Op(kind, size * random.nextInt(BYTES / size), size, random.nextInt(3));
        }).toList();
    }

    private static BpfProgram compile(String name, List<Op> ops) {
        MutableList<Instruction> code = Lists.mutable.with(
                new Instruction.LoadImmediate64(Register.R6, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0), null,
                new Instruction.Move(Width.W64, Register.R7, new Operand.Imm(5)));
        ops.forEach(op -> emit(op, code));
        code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0)));
        code.add(new Instruction.Exit());
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
            case STORE -> code.add(new Instruction.Store(size, Register.R6, offset, new Operand.Reg(Register.R7)));
            case STORE_NUMBER -> code.add(new Instruction.Store(size, Register.R6, offset, new Operand.Imm(op.number())));
            case ADD -> code.add(new Instruction.Atomic(AtomicOp.ADD, false, size, Register.R6, offset, Register.R7));
            case FETCH_ADD -> code.add(new Instruction.Atomic(AtomicOp.ADD, true, size, Register.R6, offset, Register.R7));
            case XCHG -> code.add(new Instruction.Atomic(AtomicOp.XCHG, true, size, Register.R6, offset, Register.R7));
            case CMPXCHG -> {
                code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(op.number())));
                code.add(new Instruction.Atomic(AtomicOp.CMPXCHG, true, size, Register.R6, offset, Register.R7));
                code.add(new Instruction.Move(Width.W64, Register.R7, new Operand.Reg(Register.R0)));
            }
        }
    }

    // ---- the naive explorer

    private record State(List<Integer> at, List<Long> registers, List<Byte> memory) {}

    private static Set<List<Byte>> naive(List<List<Op>> programs, byte[] initial) {
        Set<List<Byte>> finals = new HashSet<>();
        long[] registers = new long[programs.size()];
        Arrays.fill(registers, 5);
        explore(programs, new int[programs.size()], registers, initial.clone(), new HashSet<>(), finals);
        return finals;
    }

    private static void explore(List<List<Op>> programs, int[] at, long[] registers, byte[] memory, Set<State> seen, Set<List<Byte>> finals) {
        if (!seen.add(new State(Arrays.stream(at).boxed().toList(), Arrays.stream(registers).boxed().toList(), bytes(memory)))) {
            return;
        }
        boolean ended = true;
        for (int cpu = 0; cpu < at.length; cpu++) {
            if (at[cpu] < programs.get(cpu).size()) {
                ended = false;
                int[] nextAt = at.clone();
                long[] nextRegisters = registers.clone();
                byte[] nextMemory = memory.clone();
                nextRegisters[cpu] = step(programs.get(cpu).get(nextAt[cpu]++), registers[cpu], nextMemory);
                explore(programs, nextAt, nextRegisters, nextMemory, seen, finals);
            }
        }
        if (ended) {
            finals.add(bytes(memory));
        }
    }

    /** {@return r7 afterwards} */
    private static long step(Op op, long r7, byte[] memory) {
        long old = read(memory, op.offset(), op.size());
        return switch (op.kind()) {
            case LOAD -> old + op.number();
            case STORE -> write(memory, op, r7, r7);
            case STORE_NUMBER -> write(memory, op, op.number(), r7);
            case ADD -> write(memory, op, old + r7, r7);
            case FETCH_ADD -> write(memory, op, old + r7, old);
            case XCHG -> write(memory, op, r7, old);
            case CMPXCHG -> old == op.number() ? write(memory, op, r7, old) : old;
        };
    }

    private static long read(byte[] memory, int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | memory[offset + i] & 0xff;
        }
        return value;
    }

    private static long write(byte[] memory, Op op, long value, long result) {
        for (int i = 0; i < op.size(); i++) {
            memory[op.offset() + i] = (byte) (value >>> 8 * i);
        }
        return result;
    }

    private static List<Byte> bytes(byte[] memory) {
        return IntStream.range(0, memory.length).mapToObj(i -> memory[i]).toList();
    }

    // ---- bpfmc

    private static Set<List<Byte>> explored(List<List<Op>> programs, byte[] initial) {
        var bss = new MapDefinition(0, ".bss", MapType.ARRAY, 4, BYTES, 1, 0, ValueLayout.opaque(BYTES), ValueLayout.opaque(4),
                Optional.of(new MapDefinition.DataSection(MapDefinition.DataSection.Kind.BSS, new byte[BYTES])), Optional.empty());
        MutableList<BpfProgram> compiled = Lists.mutable.empty();
        programs.forEach(ops -> compiled.add(compile("p" + compiled.size(), ops)));
        var object = new BpfObject("random.o", "", compiled.toImmutable(), Lists.immutable.with(bss), Optional.empty(), Lists.immutable.empty());
        var agents = Lists.immutable.withAll(compiled.collectWithIndex((p, cpu) -> new Scenario.AgentPlace(p, cpu)));
        return Systems.with(new Scenario(object, agents, agents.size()), system -> {
            var ends = Search.<List<Byte>>explore(system, (state, terminal, sink) -> {
                if (terminal) {
                    sink.accept(contents(system.snapshot(state), initial));
                }
            }, Limits.NONE, Progress.NONE);
            return new HashSet<>(ends.findings().castToList());
        });
    }

    private static List<Byte> contents(Snapshot state, byte[] initial) {
        return IntStream.range(0, BYTES).mapToObj(i -> (byte) Terms.evaluate(state.element(0).read(0, i, 1), s -> word(s, initial))).toList();
    }

    private static long word(Symbol symbol, byte[] initial) {
        assertThat(symbol.owner()).isEqualTo(Symbol.INITIAL);
        return read(initial, symbol.detail(), 8);
    }

    /** A compare-and-exchange on unknown first contents goes both ways, so there bpfmc may reach more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void reachesExactlyTheContentsOfANaiveExplorer(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < SYSTEMS; i++) {
            List<List<Op>> programs = List.of(program(random), program(random));
            byte[] initial = new byte[BYTES];
            if (random.nextBoolean()) {
                random.nextBytes(initial);
            }
            Set<List<Byte>> expected = naive(programs, initial);
            Set<List<Byte>> found = explored(programs, initial);
            boolean decided = programs.stream().flatMap(List::stream).noneMatch(op -> op.kind() == Op.Kind.CMPXCHG);
            assertThat(found).as("%s from %s", programs, Arrays.toString(initial)).containsAll(expected);
            assertThat(decided ? found : expected).as("%s from %s", programs, Arrays.toString(initial)).isEqualTo(expected);
        }
    }
}
