package bpfmc.explorer.cli;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.check.AllProperties;
import bpfmc.explorer.check.CheckEnvironment;
import bpfmc.explorer.check.CheckRequest;
import bpfmc.explorer.check.CheckRequest.MemoryModels;
import bpfmc.explorer.check.Checked;
import bpfmc.explorer.check.HashCompaction;
import bpfmc.explorer.check.ObjectCheck;
import bpfmc.explorer.check.ProgramChoice;
import bpfmc.explorer.check.RuleChoice;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Reports;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.synthetic.JoinedObjects;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** What is explored of an object, and for how long: the options of {@code check} that a scenario file can say as well. */
final class CheckOptions {
    @Option(names = "--cpus", paramLabel = "N", defaultValue = "2", converter = NumberOfCpus.class, description = "How many CPUs run programs (default: ${DEFAULT-VALUE}); with"
            + " 'any', a proof for any number of CPUs and runs is tried, and what stands in its way is searched for on 2 and 3 CPUs.")
    private int cpus;

    @Option(names = "--runs", paramLabel = "K", defaultValue = "1",
            description = "How many runs each CPU makes, one after the other (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--program", paramLabel = "NAME", description = "Only these programs. May be repeated.")
    private List<String> programs = List.of();

    @Option(names = "--all-alternatives", description = "Check programs together that loaders only load one of, too: the tp_btf, raw_tp, tp, fentry and kprobe"
            + " forms of one hook, and programs in '?' sections with others.")
    private boolean allAlternatives;

    @Option(names = "--map", paramLabel = "NAME", description = "Only pairs of programs that share one of these maps. May be repeated.")
    private List<String> maps = List.of();

    @Option(names = "--property", paramLabel = "NAME", description = "Judge this property too: atomicity. May be repeated.")
    private List<String> properties = List.of();

    @Option(names = "--user", paramLabel = "CALL", description = "A system call of user space that takes part: 'lookup MAP', 'update MAP', 'delete MAP',"
            + " 'lookup-and-delete MAP', 'rewrite MAP' or 'replace OUTER INNER', then flags: lock, noexist, exist, key=N. May be repeated.")
    private List<String> systemCalls = List.of();

    @Option(names = "--share", paramLabel = "MAP", description = "A map that several objects have in common, besides those that they pin by name. May be repeated.")
    private List<String> share = List.of();

    @Mixin
    private InterruptOptions interrupts = new InterruptOptions();

    @Mixin
    private MapOptions mapOptions = new MapOptions();

    @Mixin
    private RuleOptions rules;

    @Mixin
    private ReadOnlyData constants = new ReadOnlyData();

    @Option(names = "--max-states", paramLabel = "N", defaultValue = "100000000", description = "Stop a scenario after so many states.")
    private long maxStates;

    @Option(names = "--max-memory", paramLabel = "SIZE", converter = Units.Mebibytes.class,
            description = "Stop a scenario when what bpfmc keeps takes so many MiB, or so much: 800M, 4G (default: what the Java heap can hold).")
    private Optional<Long> maxMemory = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "600", converter = Units.Seconds.class,
            description = "Stop after so many seconds, or so long (90s, 2m, 1h), of all scenarios of an object together and the lock rules too; what is known by then is told"
                    + " (default: ${DEFAULT-VALUE}).")
    private long timeout;

    @Option(names = "--workers", paramLabel = "N",
            description = "How many threads explore, several scenarios at the same time, or one together (default: one for each core). Changes no result.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(names = "--hash-compaction", paramLabel = "VERDICT",
            description = "Keep 64 bits of each state in place of the state, where memory is scarce. With 'holds', what holds is told with the probability that a"
                    + " state was missed; with 'inconclusive', it is inconclusive.")
    private Optional<HashCompaction> compaction = Optional.empty();

    @Option(names = "--outcomes", description = "List all final contents of the maps too, with a run that leads to each.")
    private boolean outcomes;

    @Option(names = "--memory-model", paramLabel = "NAME", defaultValue = "sc",
            description = "When others see a CPU's stores: sc, at once (sequential consistency); tso, later and in order, as on x86; bpf is not there for"
                    + " objects yet (default: ${DEFAULT-VALUE}).")
    private MemoryModels memoryModel;

    @Option(names = "--reduction", paramLabel = "NAME", defaultValue = "all", description = "By which means fewer states are looked at: none,"
            + " symmetry (of CPUs), elements (symmetry of elements), stubborn (sets), chains (states with one successor are not stored), contents (of maps"
            + " that decide nothing are left out) or all. Changes counts and time, never verdicts (default: ${DEFAULT-VALUE}).")
    private Reduction.Choice reduction;

    private Checkpoints checkpoints = new Checkpoints();

    private Optional<AgainstKernel> kernel = Optional.empty();

    private boolean draws;

    private BooleanSupplier stopped = () -> false;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    void validate() {
        if (compaction.isPresent() && checkpoints.keeps()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--hash-compaction: hashes cannot be kept in a checkpoint; leave out one of the two");
        }
        if (cpus == CheckRequest.ANY_CPUS && runs != 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--runs does not go with --cpus any, which is about any number of runs");
        }
        if (cpus == CheckRequest.ANY_CPUS && checkpoints.keeps()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--checkpoint, --resume: a proof for any number of CPUs keeps nothing; say --cpus N, or leave them out");
        }
        atLeast(1, runs, "--runs");
        atLeast(1, maxStates, "--max-states");
        atLeast(1, maxMemory.orElse(1L), "--max-memory");
        atLeast(1, timeout, "--timeout");
        atLeast(1, workers, "--workers");
        if (cpus * runs > 256) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--cpus times --runs is at most 256");
        }
        for (String name : properties) {
            if (AllProperties.named().noneSatisfy(e -> e.name().equals(name))) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--property: there is no property '" + name + "'; there are "
                        + AllProperties.named().collect(Explanation::name).makeString(", "));
            }
        }
    }

    private void atLeast(long least, long value, String option) {
        if (value < least) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " must be at least " + least);
        }
    }

    /** {@return the objects as one that is loaded} */
    BpfObject joined(ImmutableList<BpfObject> objects) {
        return constants.set(JoinedObjects.of(objects, Lists.immutable.withAll(share)));
    }

    /**
     * {@return the report}
     *
     * @param paths of the object's parts @param filters choose programs @param agents who runs where, none for every pair of programs
     * @param stated of memory @param err for progress @param begun when reading the object began, by {@link System#nanoTime} @param ended is told each scenario as it ends
     */
    Report check(BpfObject loaded, ImmutableList<Path> paths, Filters filters, ImmutableList<AgentSpec> agents, ScenarioConditions stated, PrintWriter err, long begun,
            BiConsumer<BpfObject, ScenarioResult> ended) {
        RuleChoice ruling = kernel.map(k -> k.choice(paths, rules, err)).orElseGet(rules::choice);
        try (var threads = new Threads(workers)) {
            var environment = new CheckEnvironment(threads, ProgressLine.onTerminal(err, ended),
                    (object, scenario, choices) -> checkpoints.of(object, scenario, choices, err), System::nanoTime, begun, stopped);
            Checked checked = ObjectCheck.of(request(loaded, ruling, filters, agents, stated), environment);
            return Reports.of(checked.object(), checked.results(), checked.rules(), checked.scope());
        }
    }

    private CheckRequest request(BpfObject loaded, RuleChoice ruling, Filters filters, ImmutableList<AgentSpec> agents, ScenarioConditions stated) {
        var limits = new Limits(maxStates, maxMemory.map(m -> m << 20).orElse(Runtime.getRuntime().maxMemory()), Duration.ofSeconds(timeout));
        var programs = new ProgramChoice(Lists.immutable.withAll(this.programs), filters::choose, allAlternatives);
        return new CheckRequest(mapOptions.applied(loaded), mapOptions.settings(), constants.said(), programs, Lists.immutable.withAll(maps),
                Lists.immutable.withAll(systemCalls), agents, stated, AllProperties.onRequest().select(p -> properties.contains(p.name())), cpus, runs,
                interrupts.choice(), ruling, new CheckRequest.Exploring(limits, memoryModel, reduction, compaction, outcomes, draws));
    }

    /** Keeps the graphs of small explorations. */
    void draw() {
        draws = true;
    }

    /** Keeps long searches there. */
    CheckOptions keepingIn(Checkpoints kept) {
        checkpoints = kept;
        return this;
    }

    /** Asks the running kernel first. */
    CheckOptions against(AgainstKernel running) {
        kernel = Optional.of(running);
        return this;
    }

    /** Ends with what is known once asked to. */
    CheckOptions stoppedBy(BooleanSupplier asked) {
        stopped = asked;
        return this;
    }

    /** {@return whether the check is asked to end} */
    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    /** Keeps searches where these settings do, and the graphs that they keep, asks the kernel that they ask, and ends when they do. */
    CheckOptions keptWith(CheckOptions asked) {
        checkpoints = asked.checkpoints;
        draws = asked.draws;
        kernel = asked.kernel;
        stopped = asked.stopped;
        return this;
    }

    /** {@return the options that the call names, with their values} */
    ImmutableList<OptionSpec> given() {
        return Lists.immutable.withAll(spec.commandLine().getParseResult().matchedOptions()).distinct();
    }
}
