package bpfmc.explorer.check;

import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Alone;
import bpfmc.explorer.scenario.Alternatives;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.scenario.SharedMaps;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.RunLimit;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Scope;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.TailCalls;
import bpfmc.model.program.synthetic.SystemCalls;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.LockRules;
import bpfmc.model.verifier.CallbackUses;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The way from an object to verdicts: the lock rules judge its programs; scenarios are chosen, those that agents of a scenario file name, or
 * every pair of programs, side by side and one interrupting the other; each is explored; and what it all depends on is told.
 */
public final class ObjectCheck {
    /** Of the time of a run, one part in so many is kept from the lock rules for the scenarios. */
    private static final int KEPT_FROM_RULES = 2;

    private final CheckRequest asked;
    private final CheckEnvironment environment;
    private final Alternatives alternatives;
    private final BpfObject object;
    private final RunLimit run;
    private final Judgement judgement;
    private final ScenarioSpace extent;

    private ObjectCheck(CheckRequest asked, CheckEnvironment environment) {
        this.asked = asked;
        this.environment = environment;
        this.run = run(asked, environment);
        BooleanSupplier timeIsUp = timeIsUp(run.keeping(KEPT_FROM_RULES));
        this.alternatives = asked.agents().isEmpty() ? asked.programs().alternatives(asked.object()) : Alternatives.NONE;
        this.object = prepared(asked, alternatives, timeIsUp);
        this.extent = extent(asked, object, alternatives);
        this.judgement = judged(asked, extent, timeIsUp);
    }

    /** {@return what is to be said of the object} @throws InputException when what is asked names something that there is not, or comes to nothing */
    public static Checked of(CheckRequest asked, CheckEnvironment environment) {
        var check = new ObjectCheck(asked, environment);
        return asked.agents().notEmpty() ? check.ofAgents() : asked.cpus() == CheckRequest.ANY_CPUS ? check.ofAnyNumber() : check.ofPairs();
    }

    /** {@return the object with everything that takes part: callbacks, what tail calls reach, system calls} */
    private static BpfObject prepared(CheckRequest asked, Alternatives alternatives, BooleanSupplier timeIsUp) {
        ImmutableList<String> calls = asked.systemCalls().newWithAll(AgentPlacements.systemCalls(asked.agents()));
        BpfObject whole = CallbackUses.added(TailCalls.followed(asked.object()), name -> explores(asked, name) && !alternatives.programs().contains(name), timeIsUp);
        return calls.injectInto(whole, asked.exploring().outcomes() ? SystemCalls::addedToTell : SystemCalls::added);
    }

    /** {@return whether a program of this name, if there is one, is to be explored} */
    private static boolean explores(CheckRequest asked, String name) {
        return asked.agents().isEmpty() ? asked.programs().takes(asked.object(), name) : asked.agents().anySatisfy(a -> a.program().equals(name));
    }

    /** Only programs that take part are judged; but of maps, those that system calls need as well. */
    private static Judgement judged(CheckRequest asked, ScenarioSpace extent, BooleanSupplier timeIsUp) {
        BpfObject loaded = asked.object();
        BpfObject object = extent.object();
        ImmutableList<BpfProgram> explored = asked.maps().isEmpty() ? extent.programs()
                : extent.programs().select(p -> SharedMaps.of(object, p).anySatisfy(extent.maps()::contains));
        ImmutableList<BpfProgram> programs = asked.agents().isEmpty() ? AgentPlacements.parts(explored, loaded)
                : AgentPlacements.parts(object, asked.agents(), loaded);
        return LockRules.judge(loaded.withMaps(object.maps()), programs, asked.rules().kernel(), asked.rules().waived(), timeIsUp);
    }

    private static ScenarioSpace extent(CheckRequest asked, BpfObject object, Alternatives alternatives) {
        ImmutableList<BpfProgram> chosen = asked.programs().of(object).newWithAll(object.programs().select(BpfProgram::isSystemCall)).distinct()
                .reject(p -> alternatives.programs().contains(p.name()));
        if (chosen.isEmpty()) {
            throw new InputException("there is no program in it to check");
        }
        ImmutableIntSet shared = Choice.maps(object, asked.maps().castToList()).collectInt(MapDefinition::index).toSet().toImmutable();
        InterruptChoice interrupts = asked.interrupts();
        return new ScenarioSpace(object, chosen, shared, Math.max(1, asked.cpus()), asked.runs(), interrupts.rules().in(asked.rules().kernel().version()), interrupts.contexts(object), alternatives);
    }

    /** The whole run of an object has one limit: the rules, every search, and what is told of findings. */
    private static RunLimit run(CheckRequest asked, CheckEnvironment environment) {
        Limits limits = asked.exploring().limits();
        return RunLimit.from(environment.clock(), environment.begun(), limits.timeout(), limits.maxMemoryBytes(), environment.stopped(), environment.threads()::giveWay);
    }

    private static BooleanSupplier timeIsUp(RunLimit limit) {
        return () -> limit.reached().isPresent();
    }

    /** The scenarios of agents that are named. */
    private Checked ofAgents() {
        ImmutableList<AgentSpec> agents = asked.agents();
        AgentPlacements.requireUsed(extent.contexts(), agents);
        CheckRequest.Exploring how = asked.exploring();
        boolean numbersAreAlike = how.reduction().reductions().contains(Reduction.SYMMETRY) && asked.stated().conditions().isEmpty() && !how.outcomes();
        ImmutableList<Scenario> placed = AgentPlacements.scenarios(extent, agents, numbersAreAlike);
        ImmutableList<ScenarioResult> results = explored(placed, extent.programs().select(p -> agents.anySatisfy(a -> a.program().equals(p.name()))));
        ImmutableList<String> settings = asked.interrupts().settings(extent, placed).newWithAll(AgentPlacements.told(agents, placed));
        return new Checked(object, results, judgement, scope(placed.getFirst().cpus(), AgentPlacements.runs(agents), settings.newWithAll(more(programs(placed), results))));
    }

    /** The scenarios of every pair of programs. */
    private Checked ofPairs() {
        ImmutableList<Scenario> pairs = Pairs.of(extent);
        ImmutableList<Scenario> alone = asked.maps().isEmpty() ? Alone.of(extent) : Lists.immutable.empty();
        ImmutableList<Scenario> atOnce = pairs.newWithAll(alone).newWithAll(asked.interrupts().onOneCpu(extent));
        if (atOnce.isEmpty()) {
            throw new InputException("--map " + asked.maps().makeString(", ") + ": no program that was chosen uses it, so nothing would be explored");
        }
        ImmutableList<ScenarioResult> first = explored(atOnce, extent.programs());
        ImmutableList<ScenarioResult> onOne = first.drop(pairs.size() + alone.size());
        ImmutableList<ScenarioResult> onEach = explored(asked.interrupts().onEachCpu(extent, onOne), extent.programs());
        ImmutableList<ScenarioResult> results = first.newWithAll(onEach);
        ImmutableList<String> settings = asked.interrupts().settings(extent, onOne.size(), onEach.size()).newWithAll(alone(alone, results));
        return new Checked(object, results, judgement, scope(asked.cpus(), asked.runs(), settings.newWithAll(more(programs(atOnce), results))));
    }

    /** Any number of CPUs and runs; where that is not shown, some. */
    private Checked ofAnyNumber() {
        if (judgement.rejected()) {
            return ObjectCheck.of(asked.on(2, 1), environment);
        }
        AnyNumberCheck check = AnyNumberCheck.of(asked, extent, environment.clock(), timeIsUp(run.keeping(KEPT_FROM_RULES)));
        ScenarioResult shown = check.result();
        ImmutableList<String> settings = check.settings().newWithAll(more(extent.programs(), Lists.immutable.with(shown)));
        return check.completed(new Checked(object, Lists.immutable.with(shown), judgement, scope(Scope.ANY, Scope.ANY, settings)), some -> ObjectCheck.of(some, environment));
    }

    /** {@return the results in the order of the scenarios} @param programs that inputs are stated of */
    private ImmutableList<ScenarioResult> explored(ImmutableList<Scenario> scenarios, ImmutableList<BpfProgram> programs) {
        var exploration = new ScenarioExploration(asked, asked.exploring().limits().within(run), environment, judgement, asked.stated().start(object, programs));
        Consumer<ScenarioResult> ended = r -> environment.listener().ended(object, r);
        return new AlikeScenarios(extent.contexts(), s -> namesMatter() || Refused.by(judgement, s).isPresent(), ended).explore(scenarios, some -> {
            environment.listener().expect(some.size());
            return new Workers(environment.threads(), run, ended).explore(some, exploration::of);
        });
    }

    /** {@return whether what is asked for differs between programs of the same code} */
    private boolean namesMatter() {
        return !asked.stated().equals(ScenarioConditions.NOTHING) || asked.exploring().outcomes() || asked.exploring().graphs() || !asked.onRequest().isEmpty();
    }

    // ---- what the scope says

    private Scope scope(int cpus, int runs, ImmutableList<String> settings) {
        ImmutableList<Explanation> judged = Properties.all().<Explanation>collect(p -> p).newWithAll(asked.onRequest()).newWithAll(asked.stated().explanations());
        ImmutableList<String> programs = judgement.programs().collect(Judgement.OfProgram::name);
        ImmutableList<String> assumptions = asked.rules().assumptions(programs).newWithAll(Assumptions.of(object, asked.onRequest().flatCollect(RunSetProperty::assumptions),
                asked.interrupts().assumptions(extent), asked.constants(), extent.rules().walk())).newWithAll(notes()).newWithAll(Refused.notJudged(judgement));
        return new Scope(cpus, runs, asked.exploring().memory(), judged, InterruptChoice.told(extent), asked.rules().settings(programs).newWithAll(settings), assumptions);
    }

    /** What is not as usual. */
    private ImmutableList<String> notes() {
        Reduction.Choice reduction = asked.exploring().reduction();
        ImmutableList<String> chosen = reduction == Reduction.Choice.all ? Lists.immutable.empty() : Lists.immutable.with("explored with --reduction " + reduction);
        return asked.exploring().model() != CheckRequest.MemoryModels.tso ? chosen
                : chosen.newWith("explored without --reduction symmetry, elements and contents, which tso does not have");
    }

    /** {@return what the scope says of programs that were explored alone} @param all results of the object */
    private static ImmutableList<String> alone(ImmutableList<Scenario> alone, ImmutableList<ScenarioResult> all) {
        boolean shown = alone.size() == all.size() && all.allSatisfy(r -> r.verdict() instanceof Verdict.Holds);
        return alone.isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(shown ? Scope.NOTHING_SHARED
                : "explored alone, as they name no map that holds elements: " + alone.collect(s -> s.agents().getFirst().program().name()).makeString(", "));
    }

    private static ImmutableList<BpfProgram> programs(ImmutableList<Scenario> scenarios) {
        return scenarios.flatCollect(Scenario::agents).collect(Scenario.AgentPlace::program).distinct();
    }

    /** {@return what the scope says of what was chosen besides CPUs and interrupts} */
    private ImmutableList<String> more(ImmutableList<BpfProgram> explored, ImmutableList<ScenarioResult> results) {
        ImmutableList<String> parts = explored.flatCollect(Refused::parts).distinct();
        ImmutableList<String> others = object.programs().collect(BpfProgram::name).reject(parts::contains).reject(alternatives.programs()::contains);
        ScenarioConditions stated = asked.stated();
        return stated.told().newWithAll(asked.loading()).newWithAll(NotChecked.told(alternatives, others))
                .newWithAll(asked.exploring().compaction().isPresent() ? HashCompaction.said(results) : Lists.immutable.empty());
    }
}
