package bpfmc.explorer.check;

import bpfmc.explorer.scenario.BpfSystem;
import bpfmc.explorer.scenario.FinalContents;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Systems;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.verdict.FinalState;
import bpfmc.explorer.verdict.FinalState.Held;
import bpfmc.explorer.verdict.FinalState.Turn;
import bpfmc.explorer.verdict.FinalStates;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.value.Symbol;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * All ways in which the runs of a scenario can leave the maps, as herd7 and jcstress list them. The scenario is explored
 * without reduction and without forgetting any condition on the inputs, so every terminal state is met.
 */
public final class Outcomes {
    private final BpfSystem system;
    private final Limits limits;
    private final ContentNames names;

    private Outcomes(BpfSystem system, Limits limits) {
        this.system = system;
        this.limits = limits;
        this.names = new ContentNames(system);
    }

    /** {@return the final states, in the order of their texts} */
    public static FinalStates of(Scenario scenario, Limits limits) {
        return Systems.unforgetting(scenario, system -> new Outcomes(system, limits).list());
    }

    private record Key(ImmutableList<Held> holds, boolean ended) {}

    private FinalStates list() {
        Map<Key, Integer> states = new HashMap<>();
        Map<Key, FinalContents> examples = new HashMap<>();
        Outcome<FinalContents> outcome = Search.explore(system, (state, terminal, sink) -> {
            if (terminal) {
                FinalContents contents = FinalContents.of(system, state);
                Key key = key(state);
                states.merge(key, 1, Integer::sum);
                if (!examples.containsKey(key) || inputs(examples.get(key)).isEmpty()) {
                    examples.put(key, contents);
                }
            }
        }, limits, Progress.NONE);
        MutableList<FinalState> all = Lists.mutable.empty();
        states.forEach((key, count) -> all.add(state(key, count, examples.get(key))));
        return new FinalStates(all.sortThis(Comparator.comparing(FinalState::text)).toImmutable(),
                outcome.end() instanceof LimitReached l ? Optional.of(Limited.by(l, system)) : Optional.<Reason>empty());
    }

    private Key key(int[] state) {
        boolean ended = true;
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            ended &= !system.active(state, agent);
        }
        return new Key(names.of(state), ended);
    }

    private static Optional<Map<Symbol, Long>> inputs(FinalContents contents) {
        return contents.inputsOutside(org.eclipse.collections.impl.factory.Sets.immutable.empty());
    }

    private FinalState state(Key key, long count, FinalContents example) {
        PathResult way = ShortestPath.find(system, (state, terminal) -> terminal && FinalContents.of(system, state).equals(example), limits);
        ImmutableList<Turn> run = way instanceof PathResult.Found f ? turns(f.path()) : Lists.immutable.empty();
        Optional<ImmutableList<String>> told = inputs(example).map(i -> InputNames.all(system.scenario(), i));
        return new FinalState(key.holds(), key.ended(), count, run, told);
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
