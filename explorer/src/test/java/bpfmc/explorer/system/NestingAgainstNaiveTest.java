package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.CpuRules.Preemption;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.system.NaiveCpus.Acquiring;
import bpfmc.explorer.system.NaiveCpus.Around;
import bpfmc.explorer.system.NaiveCpus.End;
import bpfmc.explorer.system.NaiveCpus.Guard;
import bpfmc.explorer.system.NaiveCpus.Op;
import bpfmc.explorer.system.NaiveCpus.Program;
import bpfmc.explorer.system.NaiveCpus.Run;
import bpfmc.explorer.verdict.Finding;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.kernel.LockIrqMode;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.lock.LockTimeouts;
import bpfmc.model.step.Consistency;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Terms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntIntMaps;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random small systems with interrupts, locks, plain and resilient, and masks on two CPUs, against {@link NaiveCpus}: the same ends, and
 * deadlocks in the same systems, whether or not the wait for a lock is a step of its own.
 */
class NestingAgainstNaiveTest {
    private static final int SYSTEMS = 400;
    private static final int FIRST_LOCK = 8;
    private static final int FIRST_RESILIENT = 16;
    private static final int BYTES = 24;

    private static final Map<String, Around> SECTIONS = new TreeMap<>(Map.of(
            "cgroup/connect4", new Around(true, false, false, Guard.NONE),
            "cgroup_skb/egress", new Around(true, false, false, Guard.NONE),
            "tc", new Around(true, true, false, Guard.NONE),
            "kprobe/f", new Around(false, true, false, Guard.CPU),
            "perf_event", new Around(false, true, true, Guard.CPU),
            "fentry/f", new Around(false, false, false, Guard.PROGRAM),
            "tp_btf/sched_switch", new Around(false, true, true, Guard.PROGRAM)));

    private static final Map<ContextLevel, List<String>> RUN_AT = Map.of(
            ContextLevel.TASK, List.of("cgroup/connect4", "cgroup_skb/egress", "kprobe/f", "fentry/f", "tp_btf/sched_switch"),
            ContextLevel.SOFTIRQ, List.of("cgroup_skb/egress", "tc", "kprobe/f", "fentry/f"),
            ContextLevel.HARDIRQ, List.of("kprobe/f", "perf_event", "fentry/f"),
            ContextLevel.NMI, List.of("kprobe/f", "perf_event", "fentry/f"));

    private final Map<Integer, BpfProgram> compiled = new HashMap<>();
    private final Map<Integer, String> sections = new HashMap<>();

    // ---- random systems

    private static Op access(Random random) {
        return new Op(random.nextBoolean() ? Op.Kind.LOAD : Op.Kind.STORE, random.nextInt(2), 1 + random.nextInt(2));
    }

    private static Op op(Op.Kind kind, int where) {
        return new Op(kind, where, 0);
    }

    private static void section(Random random, List<Op> ops, int depth) {
        int lock = random.nextInt(NaiveCpus.LOCKS);
        switch (depth > 1 ? 0 : random.nextInt(9)) {
            case 0, 1 -> ops.add(access(random));
            case 2, 3, 4 -> {
                ops.add(op(Op.Kind.LOCK, lock));
                if (random.nextInt(4) == 0) {
                    ops.add(op(Op.Kind.LOCK, 1 - lock));
                    ops.add(op(Op.Kind.UNLOCK, 1 - lock));
                } else {
                    ops.add(access(random));
                }
                ops.add(op(Op.Kind.UNLOCK, lock));
            }
            case 5 -> {
                if (depth > 0) {
                    ops.add(access(random));
                } else {
                    ops.add(op(Op.Kind.IRQ_SAVE, 0));
                    section(random, ops, 1);
                    ops.add(op(Op.Kind.IRQ_RESTORE, 0));
                }
            }
            case 6, 7 -> resilient(random, ops, lock, 0);
            default -> {
                ops.add(op(Op.Kind.PREEMPT_OFF, 0));
                section(random, ops, depth + 1);
                ops.add(op(Op.Kind.PREEMPT_ON, 0));
            }
        }
    }

    /** A section under a resilient lock, now and then with another, or the same, inside; then stores the error, if any. */
    private static void resilient(Random random, List<Op> ops, int lock, int depth) {
        boolean irq = random.nextBoolean();
        List<Op> inside = new ArrayList<>();
        if (depth == 0 && random.nextInt(3) == 0) {
            resilient(random, inside, random.nextInt(3) == 0 ? lock : 1 - lock, 1);
        } else {
            inside.add(access(random));
        }
        ops.add(new Op(irq ? Op.Kind.TRY_IRQ : Op.Kind.TRY, lock, inside.size() + 2));
        ops.addAll(inside);
        ops.add(op(irq ? Op.Kind.RELEASE_IRQ : Op.Kind.RELEASE, lock));
        if (random.nextBoolean()) {
            ops.add(op(Op.Kind.STORE, 2 + depth));
        }
    }

    private Program program(Random random, int id, ContextLevel level) {
        List<String> names = RUN_AT.get(level);
        String name = names.get(random.nextInt(names.size()));
        List<Op> ops = new ArrayList<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            section(random, ops, 0);
        }
        sections.put(id, name);
        return new Program(id, SECTIONS.get(name), ops);
    }

    private List<Run> system(Random random, CpuRules rules) {
        List<Run> runs = new ArrayList<>();
        boolean three = random.nextInt(4) == 0;
        for (int cpu = 0; cpu < (three ? 1 : 2); cpu++) {
            ContextLevel below = random.nextInt(3) > 0 ? ContextLevel.TASK : ContextLevel.SOFTIRQ;
            runs.add(new Run(program(random, runs.size(), below), cpu, below, 0));
            for (int rank = 1; rank <= (three ? 2 : 1); rank++) {
                Run last = runs.getLast();
                boolean task = last.level() == ContextLevel.TASK && rules.preemption() == Preemption.TASKS && random.nextBoolean();
                int next = Math.min(3, last.level().ordinal() + 1 + random.nextInt(3));
                ContextLevel level = task ? ContextLevel.TASK : ContextLevel.values()[next];
                if (task || next > last.level().ordinal()) {
                    boolean same = random.nextInt(4) == 0 && RUN_AT.get(level).contains(sections.get(last.program().id()));
                    runs.add(new Run(same ? last.program() : program(random, runs.size(), level), cpu, level, rank));
                }
            }
        }
        return runs;
    }

    // ---- bpfmc

    private BpfProgram compile(Program program) {
        return compiled.computeIfAbsent(program.id(), id -> {
            MutableList<Instruction> code = Lists.mutable.with(
                    new Instruction.LoadImmediate64(Register.R6, Instruction.LoadImmediate64.Pseudo.MAP_VALUE, 0, 0), null,
                    new Instruction.Move(Width.W64, Register.R7, new Operand.Imm(0)));
            var references = IntObjectMaps.mutable.<Reference>with(0, new Reference.Data(0, 0));
            var starts = IntLists.mutable.empty();
            var refusals = IntIntMaps.mutable.empty();
            for (int i = 0; i < program.ops().size(); i++) {
                Op op = program.ops().get(i);
                starts.add(code.size());
                switch (op.kind()) {
                    case LOAD -> {
                        code.add(new Instruction.Load(Size.BYTE, false, Register.R7, Register.R6, (short) op.where()));
                        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R7, new Operand.Imm(op.number())));
                    }
                    case STORE -> code.add(new Instruction.Store(Size.BYTE, Register.R6, (short) op.where(), new Operand.Reg(Register.R7)));
                    case LOCK, UNLOCK -> {
                        argument(code, Register.R6, FIRST_LOCK + 4 * op.where());
                        code.add(new Instruction.CallHelper(op.kind() == Op.Kind.LOCK ? 93 : 94));
                    }
                    case IRQ_SAVE, IRQ_RESTORE -> {
                        argument(code, Register.R10, -8);
                        kfunc(code, references, op.kind() == Op.Kind.IRQ_SAVE ? "bpf_local_irq_save" : "bpf_local_irq_restore", 1);
                    }
                    case PREEMPT_OFF, PREEMPT_ON ->
                            kfunc(code, references, op.kind() == Op.Kind.PREEMPT_OFF ? "bpf_preempt_disable" : "bpf_preempt_enable", 0);
                    case TRY, TRY_IRQ, RELEASE, RELEASE_IRQ -> {
                        argument(code, Register.R6, FIRST_RESILIENT + 4 * op.where());
                        code.add(new Instruction.Move(Width.W64, Register.R2, new Operand.Reg(Register.R10)));
                        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R2, new Operand.Imm(-16 - 8 * op.where())));
                        boolean irq = op.kind() == Op.Kind.TRY_IRQ || op.kind() == Op.Kind.RELEASE_IRQ;
                        kfunc(code, references, op.tries() ? irq ? "bpf_res_spin_lock_irqsave" : "bpf_res_spin_lock"
                                : irq ? "bpf_res_spin_unlock_irqrestore" : "bpf_res_spin_unlock", irq ? 2 : 1);
                        if (op.tries()) {
                            code.add(new Instruction.Branch(Width.W64, Condition.EQ, Register.R0, new Operand.Imm(0), (short) 2));
                            code.add(new Instruction.Move(Width.W64, Register.R7, new Operand.Reg(Register.R0)));
                            refusals.put(code.size(), i + op.number());
                            code.add(null);
                        }
                    }
                }
            }
            starts.add(code.size());
            refusals.forEachKeyValue((slot, to) -> code.set(slot, new Instruction.Jump(false, starts.get(to) - slot - 1)));
            code.add(new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0)));
            code.add(new Instruction.Exit());
            String name = "p" + id;
            return new BpfProgram(name, Sections.parse(sections.get(id)), code.toImmutable(),
                    Lists.immutable.with(new Function(name, 0, code.size(), true)), references.toImmutable(), IntObjectMaps.immutable.empty());
        });
    }

    private static void argument(MutableList<Instruction> code, Register base, int offset) {
        code.add(new Instruction.Move(Width.W64, Register.R1, new Operand.Reg(base)));
        code.add(new Instruction.Alu(Width.W64, AluOp.ADD, Register.R1, new Operand.Imm(offset)));
    }

    private static void kfunc(MutableList<Instruction> code, org.eclipse.collections.api.map.primitive.MutableIntObjectMap<Reference> references,
            String name, int arguments) {
        var flags = new FunctionPrototype.Parameter("flags", "unsigned long *", FunctionPrototype.Kind.POINTER, 8, 8, false);
        var nothing = new FunctionPrototype.Parameter("", "void", FunctionPrototype.Kind.VOID, 0, 0, false);
        references.put(code.size(), new Reference.Kfunc(name, new FunctionPrototype(name, nothing,
                Lists.immutable.withAll(Collections.nCopies(arguments, flags))), false));
        code.add(new Instruction.CallKfunc(0, (short) 0));
    }

    private record Explored(Set<End> ends, boolean deadlock, boolean interruptsLeftOff) {}

    private Explored explored(List<Run> runs, int cpus, CpuRules rules) {
        var bss = new MapDefinition(0, ".bss", MapType.ARRAY, 4, BYTES, 1, 0, ValueLayout.opaque(BYTES), ValueLayout.opaque(4),
                Optional.of(new MapDefinition.DataSection(MapDefinition.DataSection.Kind.BSS, new byte[BYTES])), Optional.empty());
        var agents = Lists.mutable.withAll(runs).collect(r -> new AgentPlace(compile(r.program()), r.cpu(), r.level(), r.rank()));
        var object = new BpfObject("random.o", "", agents.collect(AgentPlace::program).distinct().toImmutable(), Lists.immutable.with(bss),
                Optional.empty(), Lists.immutable.empty());
        return Systems.with(new Scenario(object, agents.toImmutable(), cpus, rules), system -> {
            var ends = Search.<End>explore(system, (state, terminal, sink) -> {
                if (terminal) {
                    sink.accept(end(system, state));
                }
            }, Limits.NONE, Progress.NONE);
            var findings = Search.explore(system, new PropertyJudge(system, Properties.all()), Limits.NONE, Progress.NONE).findings()
                    .selectInstancesOf(Finding.class);
            return new Explored(new HashSet<>(ends.findings().castToList()), findings.anySatisfy(f -> f.property().equals("deadlock")),
                    findings.anySatisfy(f -> f.property().equals("interrupt-state")));
        });
    }

    private static End end(BpfSystem system, int[] state) {
        Snapshot snapshot = system.snapshot(state);
        return new End(IntStream.range(0, NaiveCpus.CELLS).mapToObj(i -> (int) Terms.evaluate(snapshot.element(0).read(0, i, 1), s -> 0L)).toList(),
                IntStream.range(0, snapshot.agents()).mapToObj(agent -> {
                    return snapshot.run(agent).state().operation() instanceof VisibleOperation.End e ? e.flags().irqsOff() ? "off" : "done"
                            : system.begun(state, agent) ? "underway" : "new";
                }).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsAreThoseOfNaiveCpus(long seed) {
        Random random = new Random(seed);
        int deadlocks = 0;
        int leftOff = 0;
        int unstarted = 0;
        int refused = 0;
        int timedOut = 0;
        for (int i = 0; i < SYSTEMS; i++) {
            compiled.clear();
            sections.clear();
            var rules = new CpuRules(LockIrqMode.values()[random.nextInt(3)], Preemption.values()[random.nextInt(2)],
                    LockImplementation.SPECIFICATION, LockTimeouts.values()[random.nextInt(2)], KernelVersion.NEWEST, Consistency.SEQUENTIAL, 2);
            List<Run> runs = system(random, rules);
            int cpus = runs.getLast().cpu() + 1;
            Set<End> expected = new NaiveCpus(runs, cpus, rules, Acquiring.ONE_STEP).ends();
            Set<End> inTwoSteps = new NaiveCpus(runs, cpus, rules, Acquiring.TWO_STEPS).ends();
            Explored found = explored(runs, cpus, rules);
            assertThat(found.ends()).as("%s %s %s", rules, runs, sections).isEqualTo(expected);
            assertThat(found.deadlock()).as("deadlock: %s %s", rules, runs).isEqualTo(expected.stream().anyMatch(End::stuck));
            assertThat(inTwoSteps.stream().anyMatch(End::stuck)).isEqualTo(found.deadlock());
            assertThat(inTwoSteps.stream().filter(e -> !e.stuck())).containsExactlyInAnyOrderElementsOf(
                    expected.stream().filter(e -> !e.stuck()).toList());
            assertThat(found.interruptsLeftOff()).as("interrupts: %s %s", rules, runs).isEqualTo(inTwoSteps.stream().anyMatch(e -> e.runs().contains("off")));
            deadlocks += found.deadlock() ? 1 : 0;
            leftOff += found.interruptsLeftOff() ? 1 : 0;
            refused += stores(expected, NaiveCpus.EDEADLK) ? 1 : 0;
            timedOut += stores(expected, NaiveCpus.ETIMEDOUT) ? 1 : 0;
            unstarted += expected.stream().anyMatch(e -> e.runs().contains("new")) ? 1 : 0;
        }
        assertThat(deadlocks).as("systems that can hang").isGreaterThan(20);
        assertThat(leftOff).as("systems that can leave interrupts off").isGreaterThan(10);
        assertThat(unstarted).as("systems in which a hang keeps an interrupt away").isGreaterThan(0);
        assertThat(refused).as("systems in which a resilient lock is refused with -EDEADLK, and the error is stored").isGreaterThan(10);
        assertThat(timedOut).as("likewise with -ETIMEDOUT").isGreaterThan(10);
    }

    private static boolean stores(Set<End> ends, int error) {
        return ends.stream().anyMatch(e -> e.cells().contains(error & 0xff));
    }
}
