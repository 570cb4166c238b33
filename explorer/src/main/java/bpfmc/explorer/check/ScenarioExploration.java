package bpfmc.explorer.check;

import bpfmc.explorer.condition.UserProperty;
import bpfmc.explorer.condition.When;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.rules.Judgement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.ImmutableIntSet;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Explores scenarios of a check, one after the other or several at the same time.
 *
 * @param limits of each search, and of all together
 * @param judgement of the lock rules: what the kernel does not load is not explored @param start what is known at first
 */
record ScenarioExploration(CheckRequest asked, Limits limits, CheckEnvironment environment, Judgement judgement, Scenario.Start start) {

    /** {@return what came of a scenario} */
    ScenarioResult of(Scenario anywhere) {
        ImmutableList<UserProperty> conditions = asked.stated().properties(anywhere);
        Scenario scenario = anywhere.startingWith(start).asking(runs(conditions));
        CheckEnvironment.Listener.Task task = environment.listener().begin(scenario.object().name() + ": " + scenario.name());
        try {
            ScenarioChecker checker = checker(scenario, conditions, task);
            return Refused.by(judgement, scenario).orElseGet(() -> begun(checker, scenario));
        } catch (OutOfMemoryError full) {
            return Limited.without(scenario, limits.run().full());
        } finally {
            task.end();
        }
    }

    private ScenarioChecker checker(Scenario scenario, ImmutableList<UserProperty> conditions, CheckEnvironment.Listener.Task task) {
        ImmutableList<Property> judged = Properties.all();
        Set<Reduction> reductions = keeping(conditions);
        Checkpoint checkpoint = environment.keeper().of(asked.object(), scenario, List.of(new TreeSet<>(reductions), judged.collect(Property::name), asked.stated()));
        return new ScenarioChecker(judged.newWithAll(conditions), asked.onRequest(), limits, task, reductions,
                new StoragePolicy(StoragePolicy.States.ALL, asked.exploring().compaction().isPresent(), checkpoint), environment.threads());
    }

    /** A scenario that the run has no time left for is told as one of which nothing is known. */
    private ScenarioResult begun(ScenarioChecker checker, Scenario scenario) {
        return limits.run().reached().map(limit -> Limited.without(scenario, limit)).orElseGet(() -> told(checker, scenario));
    }

    private ScenarioResult told(ScenarioChecker checker, Scenario scenario) {
        CheckRequest.Exploring how = asked.exploring();
        ScenarioResult checked = checker.check(scenario);
        ScenarioResult compacted = how.compaction().map(c -> c.told(checked)).orElse(checked);
        ScenarioResult drawn = how.graphs() ? checker.graph(scenario).map(compacted::with).orElse(compacted) : compacted;
        return how.outcomes() ? drawn.with(Outcomes.of(scenario, limits)) : drawn;
    }

    /**
     * {@return the reductions that leave every state in which one of the conditions must hold, or one like it, and that do not rely
     * on lock rules that are waived}
     */
    private Set<Reduction> keeping(ImmutableList<UserProperty> conditions) {
        boolean allRules = asked.rules().waived().isEmpty();
        boolean endsMatter = conditions.allSatisfy(c -> c.when() == When.FINALLY) && allRules;
        boolean cpusAreAlike = conditions.noneSatisfy(UserProperty::tellsCpusApart);
        boolean contentsAreNobodysBusiness = conditions.isEmpty() && allRules;
        return asked.exploring().reduction().reductions().stream().filter(r -> switch (r) {
            case SYMMETRY -> cpusAreAlike;
            case ELEMENTS -> true;
            case STUBBORN, CHAINS -> endsMatter;
            case CONTENTS -> contentsAreNobodysBusiness;
        }).collect(Collectors.toSet());
    }

    /** {@return the runs that conditions ask for what they return} */
    private static ImmutableIntSet runs(ImmutableList<UserProperty> conditions) {
        return conditions.flatCollect(c -> c.condition().returned()).flatCollect(r -> Lists.immutable.withAll(r.runs().collect(i -> i)))
                .collectInt(i -> i).toSet().toImmutable();
    }
}
