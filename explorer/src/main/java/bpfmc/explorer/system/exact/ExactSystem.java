package bpfmc.explorer.system.exact;

import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.DifferentInputs;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.model.Numbering;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import bpfmc.model.value.bits.Decisions;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A scenario in which runs forget nothing: a state tells every condition on the inputs of the ways that lead to it. Steps after which the
 * conditions contradict each other are not taken. A state is one of the {@link BpfSystem}'s, and one component more, for the
 * {@link History} of which that one keeps nothing.
 */
public final class ExactSystem implements TransitionSystem {
    private final BpfSystem system;
    private final TransitionSystem steps;
    private final int width;
    private final Numbering<History> histories = Numbering.from(History.NONE);

    private final boolean historic;
    private final Decisions decisions;

    private ExactSystem(BpfSystem system, boolean historic, Decisions decisions) {
        this.decisions = decisions;
        this.system = system;
        this.historic = historic;
        this.steps = historic ? system : new Selected(system, StubbornSets.of(system));
        this.width = system.width();
    }

    /**
     * {@return what {@code use} makes of the system}
     *
     * @param historic whether a state knows its history; otherwise fewer conditions are known, of fewer states, and steps that nobody's
     *     future can touch are left for later
     * @param decisions remembers what was decided
     */
    public static <R> R with(Scenario scenario, boolean historic, Decisions decisions, Function<ExactSystem, R> use) {
        return Systems.unforgetting(scenario, system -> use.apply(new ExactSystem(system, historic, decisions)));
    }

    /** {@return whether inputs can satisfy the conditions} */
    public Decision decide(Conditions conditions) {
        return decide(decisions, conditions);
    }

    private Decision decide(Decisions by, Conditions conditions) {
        return by.of(KernelFacts.with(system.scenario(), DifferentInputs.with(system.scenario(), conditions)));
    }

    /** {@return of inputs that satisfy the conditions of a state those that show what goes wrong there} @param found some that do */
    public Map<Symbol, Long> visible(Map<Symbol, Long> found, Conditions conditions, int[] exact) {
        Decisions wishes = decisions.aside(VisibleInputs.MOST_DECISIONS);
        return VisibleInputs.of(found, conditions, system.view(state(exact)), runs(exact), c -> decide(wishes, c));
    }

    private boolean contradict(Conditions conditions) {
        return decisions.contradict(KernelFacts.with(system.scenario(), DifferentInputs.with(system.scenario(), conditions)));
    }

    /** {@return the system without histories} */
    public BpfSystem system() {
        return system;
    }

    @Override
    public int width() {
        return width + 1;
    }

    @Override
    public long named() {
        return steps.named() + histories.size();
    }

    @Override
    public void initial(int[] state) {
        int[] inner = new int[width];
        system.initial(inner);
        System.arraycopy(inner, 0, state, 0, width);
        state[width] = 0;
    }

    @Override
    public void successors(int[] state, Successors sink) {
        int[] before = state(state);
        int[] after = new int[width + 1];
        steps.successors(before, (actor, choice, successor) -> {
            System.arraycopy(successor, 0, after, 0, width);
            after[width] = historic ? histories.number(histories.value(state[width]).after(system, before, actor, choice)) : 0;
            if (!learned(before, after, actor) || !contradict(conditions(after))) {
                sink.accept(actor, choice, after);
            }
        });
    }

    /** {@return whether a step has added to the conditions} */
    private boolean learned(int[] before, int[] after, int actor) {
        if (!system.isAgent(actor)) {
            return false;
        }
        boolean learned = !system.run(actor, before[actor]).state().facts().equals(system.run(actor, after[actor]).state().facts());
        for (int map = 0; map < system.scenario().object().maps().size() && !learned; map++) {
            int component = system.dictionary().layout().bindings(map);
            learned = before[component] != after[component];
        }
        return learned;
    }

    /** {@return the state without its history} */
    public int[] state(int[] exact) {
        return Arrays.copyOf(exact, width);
    }

    /** {@return the path without histories} */
    public Path path(Path exact) {
        return new Path(Step.of(0, 0, state(exact.initial().toArray())).state(),
                exact.steps().collect(s -> Step.of(s.actor(), s.choice(), state(s.state().toArray()))));
    }

    /** {@return the runs as they are in a state, by agent} */
    public ImmutableList<PrivateState> runs(int[] exact) {
        return Lists.immutable.withAll(IntStream.range(0, system.scenario().agents().size()).mapToObj(agent -> system.run(agent, exact[agent]).state()).toList());
    }

    /** {@return what inputs must satisfy for a state to be reached} No inputs that lead there violate any of it. */
    public Conditions conditions(int[] exact) {
        return histories.value(exact[width]).of(remembered(exact), system.scenario());
    }

    private Conditions remembered(int[] exact) {
        var view = system.view(state(exact));
        return PathConditions.of(runs(exact), system.scenario().object().maps().collect(m -> view.bindings(m.index())));
    }

    /** {@return alternatives of what inputs must satisfy for a state to be reached, and what is wanted to happen there} */
    public ImmutableList<Conditions> conditions(int[] exact, TargetCondition wanted) {
        return conditions(exact, wanted, histories.value(exact[width]));
    }

    /** {@return the same for the last state of a path, with all that the path tells besides} */
    public ImmutableList<Conditions> conditions(Path exact, TargetCondition wanted) {
        Path path = path(exact);
        History history = History.NONE;
        for (int i = 0; i < path.steps().size(); i++) {
            history = history.after(system, path.before(i), path.steps().get(i).actor(), path.steps().get(i).choice());
        }
        return conditions(exact.last().toArray(), wanted, history);
    }

    private ImmutableList<Conditions> conditions(int[] exact, TargetCondition wanted, History history) {
        Conditions remembered = remembered(exact);
        return wanted.in(system.view(state(exact)), runs(exact)).collect(w -> history.of(remembered.and(w), system.scenario()));
    }
}
