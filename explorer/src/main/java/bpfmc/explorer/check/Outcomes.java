package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.ContentNames;
import bpfmc.explorer.check.witness.InputNames;
import bpfmc.explorer.check.witness.RunResults;
import bpfmc.explorer.check.witness.StoreSteps;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.exact.ExactSystem;
import bpfmc.explorer.verdict.FinalState;
import bpfmc.explorer.verdict.FinalState.Held;
import bpfmc.explorer.verdict.FinalState.Turn;
import bpfmc.explorer.verdict.FinalStates;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.step.Consistency;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.bits.Decision;
import bpfmc.model.value.bits.Decisions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * All ways in which the runs of a scenario can leave the maps, and what they return and read, as herd7 and jcstress list them. What is
 * returned or read alike in all of them is not told. The scenario is explored without reduction and without forgetting any condition on the
 * inputs, so every terminal state is met; those that no inputs lead to are none.
 */
public final class Outcomes {
    /** Most different groups of conditions that are decided. */
    private static final int MOST_DECISIONS = 100_000;

    private final ExactSystem exact;
    private final BpfSystem system;
    private final Limits limits;
    private final ContentNames names;
    private final RunResults results;

    private Outcomes(ExactSystem exact, Limits limits) {
        this.exact = exact;
        this.system = exact.system();
        this.limits = limits;
        this.names = new ContentNames(system);
        this.results = new RunResults(system, names);
    }

    /** {@return the final states, in the order of their texts; those are marked that are none where every store is seen at once} */
    public static FinalStates of(Scenario scenario, Limits limits) {
        FinalStates all = listed(scenario, limits);
        if (scenario.rules().memory() == Consistency.SEQUENTIAL) {
            return all;
        }
        FinalStates atOnce = listed(scenario.over(Consistency.SEQUENTIAL), limits);
        Set<String> texts = new HashSet<>(atOnce.states().collect(FinalState::text).castToList());
        return new FinalStates(all.states().collect(s -> atOnce.unfinished().notEmpty() || texts.contains(s.text()) ? s : s.onlyWeak()),
                all.unfinished().newWithAll(atOnce.unfinished().reject(all.unfinished()::contains)));
    }

    private static FinalStates listed(Scenario scenario, Limits limits) {
        Scenario asking = scenario.asking(IntSets.immutable.ofAll(IntStream.range(0, scenario.agents().size())));
        return ExactSystem.with(asking, true, new Decisions(MOST_DECISIONS, () -> limits.run().reached().isPresent()), exact -> new Outcomes(exact, limits).list());
    }

    /** What can be told of a final state. @param ended whether every run came to its end */
    private record Key(ImmutableList<Held> holds, ImmutableList<Held> results, boolean ended) {}

    /** One of the terminal states that are told alike, for which a run is looked for. @param inputs that lead there, or why none are known */
    private record Example(Key key, ImmutableIntList state, Decision inputs) {}

    private FinalStates list() {
        Map<Key, Integer> states = new HashMap<>();
        Map<Key, Example> examples = new LinkedHashMap<>();
        Set<Gap> gaps = new LinkedHashSet<>();
        Outcome<Key> outcome = Search.explore(exact, (state, terminal, sink) -> {
            if (terminal && ends(state)) {
                ImmutableList<Gap> open = gaps(exact.state(state));
                Decision decision = exact.decide(exact.conditions(state));
                if (!(decision instanceof Decision.Contradiction) && open.isEmpty()) {
                    Key key = key(exact.state(state));
                    states.merge(key, 1, Integer::sum);
                    examples.merge(key, new Example(key, IntLists.immutable.of(state.clone()), decision),
                            (known, other) -> known.inputs() instanceof Decision.Satisfied ? known : other);
                }
                gaps.addAll(open.castToList());
            }
        }, limits, Progress.NONE);
        MutableList<Reason> unfinished = Lists.mutable.withAll(gaps).collect(Reason.Unsupported::new);
        if (outcome.end() instanceof LimitReached l) {
            unfinished.add(Limited.by(l, system));
        }
        return new FinalStates(told(states, Lists.immutable.withAll(examples.values())).toSortedList(Comparator.comparing(FinalState::text)).toImmutable(),
                unfinished.toImmutable());
    }

    /** {@return whether nobody can go on} Where all that can follow contradicts itself, the state does too. */
    private boolean ends(int[] state) {
        boolean[] ends = {true};
        system.successors(exact.state(state), (actor, choice, successor) -> ends[0] = false);
        return ends[0] && !system.contradicted(exact.state(state));
    }

    /** {@return what runs stand before that is not modelled: the state is none in which they end} */
    private ImmutableList<Gap> gaps(int[] state) {
        MutableList<Gap> gaps = Lists.mutable.empty();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            Run run = system.run(agent, state[agent]);
            if (run.state().operation() instanceof VisibleOperation.Unsupported u) {
                gaps.add(new Gap(u.what(), run.program().name(), run.program().functionAt(run.state().pc()).name(), run.state().pc()));
            }
        }
        return gaps.toImmutable();
    }

    private Key key(int[] state) {
        boolean ended = true;
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            ended &= !system.active(state, agent);
        }
        return new Key(names.of(state), results.of(state), ended);
    }

    /** The runs that lead to the examples are found in one search. */
    private ImmutableList<FinalState> told(Map<Key, Integer> states, ImmutableList<Example> examples) {
        Map<ImmutableIntList, Integer> numbers = new HashMap<>();
        examples.forEachWithIndex((example, number) -> numbers.put(example.state(), number));
        ImmutableList<PathResult> ways = ShortestPath.findAll(exact, (state, terminal, reached) -> {
            Integer number = terminal ? numbers.get(IntLists.immutable.of(state.clone())) : null;
            if (number != null) {
                reached.accept(number);
            }
        }, examples.size(), limits);
        Set<Held> always = new HashSet<>();
        examples.getFirstOptional().ifPresent(e -> always.addAll(e.key().results().castToList()));
        examples.each(e -> always.retainAll(e.key().results().castToList()));
        return examples.collectWithIndex((example, number) -> {
            ImmutableList<Turn> run = ways.get(number) instanceof PathResult.Found f ? turns(exact.path(f.path())) : Lists.immutable.empty();
            ImmutableList<Held> holds = example.key().holds().newWithAll(example.key().results().reject(always::contains));
            Optional<ImmutableList<String>> inputs = example.inputs() instanceof Decision.Satisfied s
                    ? Optional.of(InputNames.all(system.scenario(), s.values())) : Optional.empty();
            Optional<String> doubt = example.inputs() instanceof Decision.Undecided u ? Optional.of(u.limit()) : Optional.empty();
            return new FinalState(holds, example.key().ended(), states.get(example.key()), run, inputs, doubt, false);
        });
    }

    private ImmutableList<Turn> turns(Path path) {
        MutableList<Turn> turns = Lists.mutable.empty();
        StoreSteps stores = new StoreSteps(system, path);
        int last = -1;
        for (int i = 0; i < path.steps().size(); i++) {
            int actor = path.steps().get(i).actor();
            int by = stores.by(i);
            int agent = path.steps().get(by).actor();
            var run = system.run(agent, path.before(by)[agent]);
            if (run.state().operation() instanceof VisibleOperation.Start) {
                continue;
            }
            ImmutableList<Integer> before = actor == last ? turns.removeLast().slots() : Lists.immutable.empty();
            turns.add(new Turn(system.scenario().agents().get(agent).cpu(), run.program().name(), before.newWith(run.state().pc()), !system.isAgent(actor)));
            last = actor;
        }
        return turns.toImmutable();
    }
}
