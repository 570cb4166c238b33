package bpfmc.explorer.cli;

import bpfmc.explorer.bench.Measured;
import bpfmc.explorer.bench.Spin;
import bpfmc.explorer.bench.Table;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
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
        description = {"Explores the scenarios of objects several times and prints what the fastest time cost.",
            "Without an object: a table of scenarios, beside Spin on models of the same where it is installed."},
        footer = {"", "Example: bpfmc bench", "         bpfmc bench --cpus 8 specs/bench/counter.bpf.o specs/bench/two_elements.bpf.o"})
final class BenchCommand implements Callable<Integer> {
    /** Longer runs are not repeated. */
    private static final double MOST_REPEATED = 5;

    @Parameters(arity = "0..*", paramLabel = "OBJECT", description = "Objects as clang compiled them (.bpf.o).")
    private List<Path> objects = List.of();

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "8", description = "How many CPUs run programs (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "3", description = "How often (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--reduction", paramLabel = "NAME", defaultValue = "all",
            description = "none, symmetry, elements, stubborn, chains, contents or all (default: ${DEFAULT-VALUE}).")
    private Reduction.Choice reduction;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "How many threads explore together (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--specs", paramLabel = "DIR", defaultValue = "specs", description = "Where the table's samples and models are (default: ${DEFAULT-VALUE}).")
    private Path specs;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        validate();
        PrintWriter out = spec.commandLine().getOut();
        if (objects.isEmpty()) {
            table(out);
            return 0;
        }
        out.printf(Locale.ROOT, "%-28s %5s %12s %12s %9s %12s %12s %14s%n", "object", "cpus", "states", "transitions", "seconds",
                "states/s", "bytes/state", "private states");
        for (Path path : objects) {
            BpfObject object = ObjectReader.read(path);
            var maps = object.maps().collectInt(MapDefinition::index).toSet().toImmutable();
            for (Scenario scenario : Pairs.of(new ScenarioSpace(object, object.programs(), maps, cpus, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS))) {
                ExplorationFigures best = best(scenario);
                out.printf(Locale.ROOT, "%-28s %5d %12d %12d %9.3f %12.0f %12.1f %14d%n", object.name(), cpus, best.states(),
                        best.transitions(), best.seconds(), best.states() / best.seconds(), (double) best.bytes() / best.states(),
                        best.privateStates());
                out.flush();
            }
        }
        return 0;
    }

    /** The table's scenarios have their own numbers of CPUs, and so on. */
    private void validate() {
        for (String option : objects.isEmpty() ? List.of("--cpus", "--reduction", "--workers") : List.of("--specs")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new CommandLine.ParameterException(spec.commandLine(), option + (objects.isEmpty() ? " is for objects; the table says itself what it explores"
                        : " is for the table, which is made where no object is named"));
            }
        }
        if (cpus < 1 || repeat < 1 || workers < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--cpus, --repeat and --workers are at least 1");
        }
    }

    private void table(PrintWriter out) {
        boolean spin = Spin.installed();
        out.printf(Locale.ROOT, "%-42s %12s %9s %12s %9s   %12s %9s %10s %9s%n", "scenario", "states", "seconds", "states/s", "B/state", "Spin states", "seconds",
                "states: 1/", "time: 1/");
        for (Table.Row row : new Table(specs).rows()) {
            Measured best = row.ours().get();
            for (int i = 1; i < repeat && best.seconds() < MOST_REPEATED; i++) {
                best = best.orFaster(row.ours().get());
            }
            out.printf(Locale.ROOT, "%-42s %,12d %9.3f %,12.0f %9s   ", row.name() + (best.complete() ? "" : " (unfinished)"), best.states(), best.seconds(),
                    best.states() / best.seconds(), best.bytes() == 0 ? "" : String.format(Locale.ROOT, "%.1f", (double) best.bytes() / best.states()));
            Measured ours = best;
            out.println(row.model().isEmpty() || !spin ? "" : Spin.run(specs.resolve("peers").resolve(row.model() + ".pml"), row.defines())
                    .map(s -> String.format(Locale.ROOT, "%,12d %9.3f %,10.0f %9.1f", s.states(), s.seconds(),
                            (double) s.states() / ours.states(), s.seconds() / ours.seconds())).orElse("did not end"));
            out.flush();
        }
        if (!spin) {
            out.println("(Spin is not installed, or no C compiler: Debian packages spin and gcc)");
        }
    }

    private ExplorationFigures best(Scenario scenario) {
        ExplorationFigures best = null;
        for (int i = 0; i < Math.max(1, repeat); i++) {
            ExplorationFigures one = Table.explored(scenario, reduction, workers);
            best = best == null || one.nanoseconds() < best.nanoseconds() ? one : best;
        }
        return best;
    }
}
