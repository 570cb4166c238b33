package bpfmc.explorer.bench;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.locks.LockCheck;
import bpfmc.explorer.locks.LockScenario;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.lock.Defect;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The scenarios by which bpfmc is measured. @param specs the folder of the samples */
public record Table(Path specs) {

    /** @param ours explores it once @param model of the same for Spin, in specs/peers, without its ending; "" for none */
    public record Row(String name, Supplier<Measured> ours, String model, List<String> defines) {}

    /** {@return the rows, each a scenario in one size} */
    public ImmutableList<Row> rows() {
        MutableList<Row> rows = Lists.mutable.empty();
        for (int n : new int[] {10, 16, 64, 256}) {
            rows.add(programs("counter, one lock, " + n + " CPUs", parallel("counter", n, 1), n <= 16 ? "counter" : "", "N=" + n));
        }
        for (int n : new int[] {10, 16, 64}) {
            rows.add(lock("trivial lock step by step, " + n + " CPUs", "trivial", n, n <= 16 ? "trivial_lock" : ""));
        }
        for (int n : new int[] {8, 10, 32}) {
            rows.add(programs("two elements, free choice, " + n + " CPUs", parallel("two_elements", n, 1), n <= 10 ? "two_elements" : "", "N=" + n));
        }
        for (int n : new int[] {4, 5, 8}) {
            rows.add(programs("task and softirq, irqsave, " + n + " CPUs", interrupted(n), n <= 5 ? "interrupts" : "", "N=" + n));
        }
        for (int n : new int[] {4, 5, 6}) {
            rows.add(lock("queued lock step by step, " + n + " CPUs", "queued", n, "queued_lock"));
        }
        rows.add(programs("counter, 3 CPUs, 16 sections each", parallel("counter", 3, 16), "counter", "N=3", "K=16"));
        rows.add(programs("1,000 branches that do not matter", parallel("parser", 2, 1), ""));
        rows.add(programs("two programs of 9,982 instructions each", beside("large", "ingress", "egress"), ""));
        rows.add(programs("a value of 4,160 bytes, copied in pieces", beside("big_value", "read_done", "read_done"), ""));
        rows.add(programs("two of seven probes on three maps", beside("seven_probes", "done", "failed"), ""));
        rows.add(new Row("an object of twelve programs, all pairs, with their faults", () -> pairs(object("twelve")), "", List.of()));
        Scenario raw = parallel("two_elements", 7, 1);
        rows.add(new Row("two elements, 7 CPUs, no reduction", () -> measured(raw, Reduction.Choice.none, 1), "two_elements", List.of("N=10")));
        rows.add(new Row("the same, two workers", () -> measured(raw, Reduction.Choice.none, 2), "", List.of()));
        return rows.toImmutable();
    }

    private Row programs(String name, Scenario scenario, String model, String... defines) {
        return new Row(name, () -> measured(scenario, Reduction.Choice.all, 1), model, List.of(defines));
    }

    /** Every pair of an object's programs, one after the other, with the counterexamples. */
    private static Measured pairs(BpfObject object) {
        long begun = System.nanoTime();
        var maps = object.maps().collectInt(MapDefinition::index).toSet().toImmutable();
        ImmutableList<ScenarioResult> results = Pairs.of(new ScenarioSpace(object, object.programs(), maps, 2, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS))
                .collect(s -> checked(s, Reduction.Choice.all, 1));
        return new Measured(results.sumOfLong(r -> r.exploration().states()), (System.nanoTime() - begun) / 1e9,
                results.collect(r -> r.exploration().bytes()).max(), results.allSatisfy(r -> r.verdict().unfinished().isEmpty()));
    }

    private static Measured measured(Scenario scenario, Reduction.Choice reduction, int workers) {
        ScenarioResult result = checked(scenario, reduction, workers);
        return new Measured(result.exploration().states(), result.exploration().seconds(), result.exploration().bytes(), result.verdict() instanceof Verdict.Holds);
    }

    /** {@return what exploring a scenario cost} @param workers how many threads did it together */
    public static ExplorationFigures explored(Scenario scenario, Reduction.Choice reduction, int workers) {
        return checked(scenario, reduction, workers).exploration();
    }

    private static ScenarioResult checked(Scenario scenario, Reduction.Choice reduction, int workers) {
        try (var threads = new Threads(workers)) {
            return threads.searching(() -> new ScenarioChecker(Properties.all(), Lists.immutable.empty(), Limits.NONE, Progress.NONE,
                    reduction.reductions(), StoragePolicy.ALL, threads).check(scenario));
        }
    }

    private static Row lock(String name, String lock, int cpus, String model) {
        return new Row(name, () -> {
            LockCheck.Result result = LockCheck.of(LockScenario.parallel(cpus, 1), lock, Defect.NONE, Limits.NONE);
            return new Measured(result.states(), result.nanos() / 1e9, 0, result.holds());
        }, model, List.of("N=" + cpus));
    }

    private BpfObject object(String sample) {
        return ObjectReader.read(specs.resolve("bench").resolve(sample + ".bpf.o"));
    }

    private Scenario parallel(String sample, int cpus, int runs) {
        BpfObject object = object(sample);
        BpfProgram program = object.programs().getFirst();
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            for (int run = 0; run < runs; run++) {
                agents.add(new AgentPlace(program, cpu));
            }
        }
        return new Scenario(object, agents.toImmutable(), cpus);
    }

    private Scenario beside(String sample, String... programs) {
        BpfObject object = object(sample);
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (String name : programs) {
            agents.add(new AgentPlace(object.programs().detect(p -> p.name().equals(name)), agents.size()));
        }
        return new Scenario(object, agents.toImmutable(), programs.length);
    }

    private Scenario interrupted(int cpus) {
        BpfObject object = object("interrupts");
        MutableList<AgentPlace> agents = Lists.mutable.empty();
        for (int cpu = 0; cpu < cpus; cpu++) {
            agents.add(new AgentPlace(object.programs().detect(p -> p.name().equals("task")), cpu, ContextLevel.TASK, 0));
            agents.add(new AgentPlace(object.programs().detect(p -> p.name().equals("softirq")), cpu, ContextLevel.SOFTIRQ, 1));
        }
        return new Scenario(object, agents.toImmutable(), cpus);
    }
}
