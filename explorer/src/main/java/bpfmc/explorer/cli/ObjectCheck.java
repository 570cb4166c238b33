package bpfmc.explorer.cli;

import bpfmc.explorer.check.AllProperties;
import bpfmc.explorer.check.Outcomes;
import bpfmc.explorer.check.Refused;
import bpfmc.explorer.check.RunSetProperty;
import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.condition.Stated;
import bpfmc.explorer.condition.StatedProperty;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.report.Report;
import bpfmc.explorer.report.Reports;
import bpfmc.explorer.scenario.Alone;
import bpfmc.explorer.scenario.Extent;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.search.Keep;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Storing;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.spec.AgentSpec;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.StateGraph;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.TailCalls;
import bpfmc.model.program.synthetic.JoinedObjects;
import bpfmc.model.program.synthetic.SystemCalls;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.LockRules;
import bpfmc.model.verifier.CallbackUses;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/** What is explored of an object, and for how long: the options of {@code check} that a scenario file can say as well. */
final class ObjectCheck {
    /** The memory models that programs are explored under. */
    enum MemoryModels { sc }

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "2", description = "How many CPUs run programs (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--runs", paramLabel = "K", defaultValue = "1",
            description = "How many runs each CPU makes, one after the other (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--program", paramLabel = "NAME", description = "Only these programs. May be repeated.")
    private List<String> programs = List.of();

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
    private Surroundings surroundings = new Surroundings();

    @Mixin
    private MapOptions mapOptions = new MapOptions();

    @Mixin
    private RuleOptions rules;

    @Mixin
    private ReadOnlyData constants = new ReadOnlyData();

    @Option(names = "--max-states", paramLabel = "N", defaultValue = "100000000", description = "Stop a scenario after so many states.")
    private long maxStates;

    @Option(names = "--max-memory", paramLabel = "MIB", defaultValue = "4096",
            description = "Stop a scenario when its visited set takes so many MiB (default: ${DEFAULT-VALUE}).")
    private long maxMemory;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "600",
            description = "Stop a scenario after so many seconds, and the lock rules as well (default: ${DEFAULT-VALUE}).")
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
            description = "What stores are seen when: ${COMPLETION-CANDIDATES}, sequentially consistent, is the only one so far.")
    private MemoryModels memoryModel;

    @Option(names = "--reduction", paramLabel = "NAME", defaultValue = "all", description = "By which means fewer states are looked at: none,"
            + " symmetry (of CPUs), elements (symmetry of elements), stubborn (sets), chains (states with one successor are not stored), contents (of maps"
            + " that decide nothing are left out) or all. Changes counts and time, never verdicts (default: ${DEFAULT-VALUE}).")
    private Reduction.Choice reduction;

    private Checkpoints checkpoints = new Checkpoints();

    private boolean draws;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec spec;

    void validate() {
        if (compaction.isPresent() && checkpoints.keeps()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--hash-compaction: hashes cannot be kept in a checkpoint; leave out one of the two");
        }
        atLeast(1, cpus, "--cpus");
        atLeast(1, runs, "--runs");
        atLeast(1, maxStates, "--max-states");
        atLeast(1, maxMemory, "--max-memory");
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
     * @param filters choose programs @param agents who runs where, none for every pair of programs
     * @param stated of memory @param err for progress
     */
    Report check(BpfObject loaded, Filters filters, ImmutableList<AgentSpec> agents, Stated stated, PrintWriter err) {
        try (var threads = new Threads(workers)) {
            return check(loaded, filters, agents, stated, threads, err);
        }
    }

    private Report check(BpfObject read, Filters filters, ImmutableList<AgentSpec> agents, Stated stated, Threads threads, PrintWriter err) {
        BpfObject loaded = mapOptions.applied(read);
        ImmutableList<String> calls = Lists.immutable.withAll(systemCalls).newWithAll(Agents.systemCalls(agents));
        BpfObject object = calls.injectInto(CallbackUses.added(TailCalls.followed(loaded)), outcomes ? SystemCalls::addedToTell : SystemCalls::added);
        ImmutableList<BpfProgram> asked = agents.isEmpty() ? chosen(loaded, filters) : Agents.parts(object, agents, loaded);
        Judgement judgement = LockRules.judge(loaded.withMaps(object.maps()), asked, rules.kernel(), rules.waived(), timeIsUp());
        ImmutableList<BpfProgram> chosen = chosen(object, filters).newWithAll(object.programs().select(BpfProgram::isSystemCall))
                .distinct();
        if (chosen.isEmpty()) {
            throw new InputException("there is no program in it to check");
        }
        ImmutableIntSet shared = Choice.maps(object, maps).collectInt(MapDefinition::index).toSet().toImmutable();
        ImmutableList<Property> judged = Properties.all();
        var progress = ProgressLine.onTerminal(err);
        ImmutableList<RunSetProperty> onRequest = AllProperties.onRequest().select(p -> properties.contains(p.name()));
        var limits = new Limits(maxStates, maxMemory << 20, Duration.ofSeconds(timeout));
        Scenario.Start start = stated.start(object, agents.isEmpty() ? chosen : chosen.select(p -> agents.anySatisfy(a -> a.program().equals(p.name()))));
        Function<Scenario, ScenarioResult> explorer = anywhere -> {
            ImmutableList<StatedProperty> conditions = stated.properties(anywhere);
            Scenario scenario = anywhere.startingWith(start).asking(runs(conditions));
            ProgressLine.Task task = progress.begin(object.name() + ": " + scenario.name());
            Set<Reduction> reductions = keeping(conditions);
            try {
                Checkpoint checkpoint = checkpoints.of(loaded, scenario, List.of(new TreeSet<>(reductions), judged.collect(Property::name), stated), err);
                var checker = new ScenarioChecker(judged.newWithAll(conditions), onRequest, limits, task, reductions,
                        new Storing(Keep.ALL, compaction.isPresent(), checkpoint), threads);
                return Refused.by(judgement, scenario).orElseGet(() -> finals(drawn(told(checker.check(scenario)), () -> checker.graph(scenario)), scenario, limits));
            } finally {
                progress.end(task);
            }
        };
        var extent = new Extent(object, chosen, shared, cpus, runs, surroundings.rules().in(rules.kernel().version()), surroundings.contexts(object));
        ImmutableList<Explanation> names = judged.<Explanation>collect(p -> p).newWithAll(onRequest).newWithAll(stated.explanations());
        ImmutableList<String> assumptions = rules.assumptions().newWithAll(Assumptions.of(object, onRequest.flatCollect(RunSetProperty::assumptions), surroundings.assumptions(extent), constants.said(), extent.rules().walk()))
                .newWithAll(notes()).newWithAll(Refused.notJudged(judgement));
        if (agents.notEmpty()) {
            Agents.requireUsed(extent.contexts(), agents);
            boolean numbersAreAlike = reduction.reductions().contains(Reduction.SYMMETRY) && stated.conditions().isEmpty() && !outcomes;
            ImmutableList<Scenario> placed = Agents.scenarios(extent, agents, numbersAreAlike);
            progress.expect(placed.size());
            ImmutableList<ScenarioResult> one = new Workers(threads).explore(placed, explorer);
            return Reports.of(object, one, judgement, new Scope(placed.getFirst().cpus(), Agents.runs(agents), told(memoryModel), names,
                    Surroundings.told(extent), surroundings.settings(extent, placed).newWithAll(Agents.told(agents, placed)).newWithAll(more(object, placed, stated, one)), assumptions));
        }
        ImmutableList<Scenario> pairs = Pairs.of(extent);
        ImmutableList<Scenario> alone = maps.isEmpty() ? Alone.of(extent) : Lists.immutable.empty();
        var explorers = new Workers(threads);
        ImmutableList<Scenario> atOnce = pairs.newWithAll(alone).newWithAll(surroundings.onOneCpu(extent));
        if (atOnce.isEmpty()) {
            throw new InputException("--map " + String.join(", ", maps) + ": no program that was chosen uses it, so nothing would be explored");
        }
        progress.expect(atOnce.size());
        ImmutableList<ScenarioResult> first = explorers.explore(atOnce, explorer);
        ImmutableList<ScenarioResult> onOne = first.drop(pairs.size() + alone.size());
        ImmutableList<Scenario> later = surroundings.onEachCpu(extent, onOne);
        progress.expect(later.size());
        ImmutableList<ScenarioResult> onEach = explorers.explore(later, explorer);
        ImmutableList<ScenarioResult> results = first.newWithAll(onEach);
        return Reports.of(object, results, judgement, new Scope(cpus, runs, told(memoryModel), names, Surroundings.told(extent),
                surroundings.settings(extent, onOne.size(), onEach.size()).newWithAll(alone(alone, results)).newWithAll(more(object, atOnce, stated, results)), assumptions));
    }

    /** {@return what the scope says of programs that were explored alone} @param all results of the object */
    private static ImmutableList<String> alone(ImmutableList<Scenario> alone, ImmutableList<ScenarioResult> all) {
        boolean shown = alone.size() == all.size() && all.allSatisfy(r -> r.verdict() instanceof Verdict.Holds);
        return alone.isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(shown ? Scope.NOTHING_SHARED
                : "explored alone, as they name no map that holds elements: " + alone.collect(s -> s.agents().getFirst().program().name()).makeString(", "));
    }

    /** {@return what the scope says of what was chosen besides CPUs and interrupts} */
    private ImmutableList<String> more(BpfObject object, ImmutableList<Scenario> explored, Stated stated, ImmutableList<ScenarioResult> results) {
        ImmutableList<String> parts = explored.flatCollect(Scenario::agents).flatCollect(a -> Refused.parts(a.program())).distinct();
        ImmutableList<String> others = object.programs().collect(BpfProgram::name).reject(parts::contains);
        return stated.told().newWithAll(mapOptions.settings()).newWithAll(others.isEmpty() ? Lists.immutable.empty()
                : Lists.immutable.with("NOT CHECKED, no agents of a scenario: " + others.makeString(", "))).newWithAll(compacted(results));
    }

    private BooleanSupplier timeIsUp() {
        long end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        return () -> System.nanoTime() - end > 0;
    }

    private ScenarioResult drawn(ScenarioResult result, Supplier<Optional<StateGraph>> graph) {
        return draws ? graph.get().map(result::with).orElse(result) : result;
    }

    /** Keeps the graphs of small explorations. */
    void draw() {
        draws = true;
    }

    private ScenarioResult told(ScenarioResult result) {
        return compaction.map(c -> c.told(result)).orElse(result);
    }

    private ImmutableList<String> compacted(ImmutableList<ScenarioResult> results) {
        return compaction.isPresent() ? HashCompaction.said(results) : Lists.immutable.empty();
    }

    private ImmutableList<BpfProgram> chosen(BpfObject object, Filters filters) {
        ImmutableList<BpfProgram> named = Choice.programs(object, programs);
        return filters.isEmpty() ? named : named.select(filters.of(object)::contains);
    }

    private ScenarioResult finals(ScenarioResult result, Scenario scenario, Limits limits) {
        return outcomes ? result.with(Outcomes.of(scenario, limits)) : result;
    }

    /** Keeps long searches there. */
    ObjectCheck keepingIn(Checkpoints kept) {
        checkpoints = kept;
        return this;
    }

    /** Keeps searches where these settings do, and the graphs that they keep. */
    ObjectCheck keptWith(ObjectCheck asked) {
        checkpoints = asked.checkpoints;
        draws = asked.draws;
        return this;
    }

    /** {@return the options that the call names, with their values} */
    ImmutableList<OptionSpec> given() {
        return Lists.immutable.withAll(spec.commandLine().getParseResult().matchedOptions()).distinct();
    }

    /**
     * {@return the reductions that leave every state in which one of the conditions must hold, or one like it, and that do not rely
     * on lock rules that are waived}
     */
    private Set<Reduction> keeping(ImmutableList<StatedProperty> conditions) {
        boolean endsMatter = conditions.allSatisfy(c -> c.when() == StatedProperty.When.FINALLY) && rules.waived().isEmpty();
        boolean cpusAreAlike = conditions.noneSatisfy(StatedProperty::tellsCpusApart);
        boolean contentsAreNobodysBusiness = conditions.isEmpty() && rules.waived().isEmpty();
        return reduction.reductions().stream().filter(r -> switch (r) {
            case SYMMETRY -> cpusAreAlike;
            case ELEMENTS -> true;
            case STUBBORN, CHAINS -> endsMatter;
            case CONTENTS -> contentsAreNobodysBusiness;
        }).collect(Collectors.toSet());
    }

    /** {@return the runs that conditions ask for what they return} */
    private static ImmutableIntSet runs(ImmutableList<StatedProperty> conditions) {
        return conditions.flatCollect(c -> c.condition().returned()).flatCollect(r -> Lists.immutable.withAll(r.runs().collect(i -> i)))
                .collectInt(i -> i).toSet().toImmutable();
    }

    private static String told(MemoryModels model) {
        return switch (model) {
            case sc -> "sequentially consistent";
        };
    }

    /** What is not as usual. */
    private ImmutableList<String> notes() {
        return reduction == Reduction.Choice.all ? Lists.immutable.empty() : Lists.immutable.with("explored with --reduction " + reduction);
    }
}
