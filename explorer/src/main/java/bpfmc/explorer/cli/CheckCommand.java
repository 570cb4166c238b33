package bpfmc.explorer.cli;

import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Unreadable;
import bpfmc.explorer.report.format.ReportDiff;
import bpfmc.explorer.report.format.StoredReport;
import bpfmc.model.InputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfmc check}: every pair of programs that share a map, side by side and one interrupting the other, every interleaving. */
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Explores every interleaving of every pair of programs that share a map, on two CPUs and interrupting each other.",
        footer = {"", "Examples:", "  bpfmc check counters.bpf.o", "  bpfmc check --cpus 3 --map entries counters.bpf.o",
            "  bpfmc check --together --share flows ingress.bpf.o egress.bpf.o", "  bpfmc check scenarios.yaml",
            "  bpfmc check --format sarif=bpfmc.sarif --format junit=bpfmc.xml build/*.bpf.o"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "OBJECT", description = "Objects as clang compiled them (.bpf.o), scenario files (.yaml), or folders of them.")
    private List<String> objects;

    @Option(names = "--together", description = "The objects are loaded together: also pairs of programs of two of them are explored.")
    private boolean together;

    @Mixin
    private CheckOptions settings = new CheckOptions();

    @Option(names = "--fail-on", paramLabel = "LEVEL", defaultValue = "warning",
            description = "Which findings fail the run, in exit code 1: warning (all) or error. The report says so.")
    private FailOn failOn;

    @Option(names = {"-f", "--filter"}, paramLabel = "FILTER", description = "Only programs that match, as veristat takes it: FILE/PROGRAM, or a pattern for"
            + " either; ! in front excludes; @FILE for a file of filters. May be repeated.")
    private List<String> filters = List.of();

    @Option(names = "--compare", paramLabel = "OLD.json", description = "Tell what is otherwise than in an earlier JSON report: new, fixed, still open, newly"
            + " inconclusive. The exit code stays that of this run.")
    private Optional<Path> old = Optional.empty();

    @Option(names = RuleOptions.AGAINST_KERNEL, description = "First load each program into the running kernel, alone and without attaching it: the scope then says what"
            + " that kernel accepts. Its lock rules count. Exit code 1 where it disagrees with them. Takes root or CAP_BPF, and libbpf.")
    private boolean againstKernel;

    @Mixin
    private Checkpoints checkpoints = new Checkpoints();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @CommandLine.ParentCommand
    private Listening process;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (!againstKernel) {
            return check();
        }
        try (AgainstKernel kernel = AgainstKernel.open()) {
            settings.against(kernel);
            int code = check();
            return kernel.disagreed() ? ExitCodes.graver(code, ExitCodes.VIOLATED) : code;
        }
    }

    private int check() {
        settings.keepingIn(checkpoints).validate();
        checkpoints.validate();
        output.validate();
        if (output.needsStates()) {
            settings.draw();
        }
        PrintWriter err = spec.commandLine().getErr();
        Filters chosen = Filters.of(filters);
        if (together && !chosen.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "-f chooses programs of one object each; with --together, say --program");
        }
        old.ifPresent(StoredReport::read);
        MutableList<ObjectReport> reports = Lists.mutable.empty();
        MutableList<Unreadable> unreadable = Lists.mutable.empty();
        settings.stoppedBy(process.listening()::asked);
        ImmutableList<Path> paths = ObjectPaths.orScenarios(objects);
        ReportSink sink = output.sink(failOn);
        if (together) {
            reports.add(Checks.together(paths, settings, err, sink));
        }
        for (Path path : together ? Lists.immutable.<Path>empty() : paths) {
            if (settings.isStopped()) {
                unreadable.add(new Unreadable(path.toString(), "not begun: stopped by a signal"));
                continue;
            }
            try {
                reports.addAllIterable(Checks.of(path, settings, chosen, err, sink));
            } catch (InputException e) {
                err.println("bpfmc: " + e.getMessage());
                unreadable.add(new Unreadable(path.toString(), e.getMessage()));
            }
        }
        var report = new CheckReport(reports.toImmutable(), unreadable.toImmutable(), failOn, Build.origin());
        if (!chosen.isEmpty() && reports.isEmpty() && unreadable.isEmpty()) {
            throw new InputException("-f: no program matches");
        }
        Optional<ReportDiff> since = old.map(o -> ReportDiff.of(o, report));
        output.write(report);
        since.ifPresent(s -> output.tell("\nsince " + old.get() + "\n" + s.text()));
        return ExitCodes.of(report);
    }
}
