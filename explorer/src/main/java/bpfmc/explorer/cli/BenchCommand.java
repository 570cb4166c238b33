package bpfmc.explorer.cli;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Extent;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.verdict.Exploration;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ObjectReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc bench}: what exploring an object's scenarios costs. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Explores the scenarios of objects several times and prints what the fastest time cost.",
        footer = {"", "Example: bpfmc bench --cpus 8 specs/bench/counter.bpf.o specs/bench/two_elements.bpf.o"})
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OBJECT", description = "Objects as clang compiled them (.bpf.o).")
    private List<Path> objects;

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "8", description = "How many CPUs run programs (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "3", description = "How often (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--reduction", paramLabel = "NAME", defaultValue = "all",
            description = "none, symmetry, stubborn, chains or all (default: ${DEFAULT-VALUE}).")
    private Reduction.Choice reduction;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-28s %5s %12s %12s %9s %12s %12s %14s%n", "object", "cpus", "states", "transitions", "seconds",
                "states/s", "bytes/state", "private states");
        for (Path path : objects) {
            BpfObject object = ObjectReader.read(path);
            var maps = object.maps().collectInt(MapDefinition::index).toSet().toImmutable();
            for (Scenario scenario : Pairs.of(new Extent(object, object.programs(), maps, cpus, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS))) {
                Exploration best = best(scenario);
                out.printf(Locale.ROOT, "%-28s %5d %12d %12d %9.3f %12.0f %12.1f %14d%n", object.name(), cpus, best.states(),
                        best.transitions(), best.seconds(), best.states() / best.seconds(), (double) best.bytes() / best.states(),
                        best.privateStates());
                out.flush();
            }
        }
        return 0;
    }

    private Exploration best(Scenario scenario) {
        Exploration best = null;
        for (int i = 0; i < Math.max(1, repeat); i++) {
            Exploration one = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), Limits.NONE, Progress.NONE, reduction)
                    .check(scenario).exploration();
            best = best == null || one.nanoseconds() < best.nanoseconds() ? one : best;
        }
        return best;
    }
}
