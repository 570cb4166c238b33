package bpfmc.explorer.check;

import bpfmc.explorer.scenario.BpfSystem;
import bpfmc.explorer.scenario.FinalContents;
import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Systems;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.space.ManyGoals;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.verdict.FinalState.Held;
import bpfmc.explorer.verdict.FinalState.Turn;
import bpfmc.explorer.verdict.FinalState;
import bpfmc.explorer.verdict.FinalStates;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * All ways in which the runs of a scenario can leave the maps, and what they return and read, as herd7 and jcstress list them. What is
 * returned or read alike in all of them is not told. The scenario is explored without reduction and without forgetting any condition on the
 * inputs, so every terminal state is met.
 */
public final class Outcomes {
    private final BpfSystem system;
    private final Limits limits;
    private final ContentNames names;
    private final RunResults results;
    private final Map<FinalContents, Optional<Map<Symbol, Long>>> inputs = new HashMap<>();

    private Outcomes(BpfSystem system, Limits limits) {
        this.system = system;
        this.limits = limits;
        this.names = new ContentNames(system);
        this.results = new RunResults(system, names);
    }

    /** {@return the final states, in the order of their texts} */
    public static FinalStates of(Scenario scenario, Limits limits) {
        Scenario asking = scenario.asking(IntSets.immutable.ofAll(IntStream.range(0, scenario.agents().size())));
        return Systems.unforgetting(asking, system -> new Outcomes(system, limits).list());
    }

    /** What can be told of a final state. @param ended whether every run came to its end */
    private record Key(ImmutableList<Held> holds, ImmutableList<Held> results, boolean ended) {}

    /** One of the terminal states that are told alike, for which a run and inputs are looked for. */
    private record Example(Key key, FinalContents contents) {}

    private FinalStates list() {
        Map<Key, Integer> states = new HashMap<>();
        Map<Key, FinalContents> examples = new HashMap<>();
        Set<Gap> gaps = new LinkedHashSet<>();
        Outcome<FinalContents> outcome = Search.explore(system, (state, terminal, sink) -> {
            if (terminal && system.contradicted(state)) {
                return;
            }
            if (terminal && gaps(state).isEmpty()) {
                FinalContents contents = FinalContents.of(system, state);
                Key key = key(state);
                states.merge(key, 1, Integer::sum);
                if (!examples.containsKey(key) || inputs(examples.get(key)).isEmpty()) {
                    examples.put(key, contents);
                }
            } else if (terminal) {
                gaps.addAll(gaps(state).castToList());
            }
        }, limits, Progress.NONE);
        MutableList<Reason> unfinished = Lists.mutable.withAll(gaps).collect(Reason.Unsupported::new);
        if (outcome.end() instanceof LimitReached l) {
            unfinished.add(Limited.by(l, system));
        }
        return new FinalStates(told(states, Lists.mutable.withAll(examples.entrySet()).collect(e -> new Example(e.getKey(), e.getValue())).toImmutable())
                .toSortedList(Comparator.comparing(FinalState::text)).toImmutable(), unfinished.toImmutable());
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

    /** To look for inputs costs most where there are none, and many states are told alike. */
    private Optional<Map<Symbol, Long>> inputs(FinalContents contents) {
        return inputs.computeIfAbsent(contents, c -> c.inputsOutside(Sets.immutable.empty()));
    }

    /** {@return which of the examples a terminal state is; what it is called is asked only where it can be one} */
    private int number(Map<Example, Integer> numbers, Set<FinalContents> wanted, int[] state) {
        FinalContents contents = FinalContents.of(system, state);
        return wanted.contains(contents) ? numbers.getOrDefault(new Example(key(state), contents), ManyGoals.NONE) : ManyGoals.NONE;
    }

    /** The runs that lead to the examples are found in one search. */
    private ImmutableList<FinalState> told(Map<Key, Integer> states, ImmutableList<Example> examples) {
        Map<Example, Integer> numbers = new HashMap<>();
        examples.forEachWithIndex((example, number) -> numbers.put(example, number));
        Set<FinalContents> wanted = examples.collect(Example::contents).toSet();
        ImmutableList<PathResult> ways = ShortestPath.findAll(system, (state, terminal) -> terminal && gaps(state).isEmpty()
                ? number(numbers, wanted, state) : ManyGoals.NONE, examples.size(), limits);
        Set<Held> always = new HashSet<>();
        examples.getFirstOptional().ifPresent(e -> always.addAll(e.key().results().castToList()));
        examples.each(e -> always.retainAll(e.key().results().castToList()));
        return examples.collectWithIndex((example, number) -> {
            ImmutableList<Turn> run = ways.get(number) instanceof PathResult.Found f ? turns(f.path()) : Lists.immutable.empty();
            Optional<ImmutableList<String>> told = inputs(example.contents()).map(i -> InputNames.all(system.scenario(), i));
            ImmutableList<Held> holds = example.key().holds().newWithAll(example.key().results().reject(always::contains));
            return new FinalState(holds, example.key().ended(), states.get(example.key()), run, told);
        });
    }

    private ImmutableList<Turn> turns(Path path) {
        MutableList<Turn> turns = Lists.mutable.empty();
        int last = -1;
        for (int i = 0; i < path.steps().size(); i++) {
            int agent = path.steps().get(i).actor();
            var run = system.run(agent, path.before(i)[agent]);
            if (run.state().operation() instanceof VisibleOperation.Start) {
                continue;
            }
            ImmutableList<Integer> before = agent == last ? turns.removeLast().slots() : Lists.immutable.empty();
            turns.add(new Turn(system.scenario().agents().get(agent).cpu(), run.program().name(), before.newWith(run.state().pc())));
            last = agent;
        }
        return turns.toImmutable();
    }
}
