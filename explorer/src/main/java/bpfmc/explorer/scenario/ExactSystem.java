package bpfmc.explorer.scenario;

import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.space.Successors;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.model.memory.Bindings;
import bpfmc.model.thread.Notice;
import bpfmc.model.thread.PrivateState;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import bpfmc.model.value.bits.Decisions;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A scenario in which runs forget nothing: a state tells every condition on the inputs of the ways that lead to it. Steps after which the
 * conditions contradict each other are not taken. A state is one of the {@link BpfSystem}'s, and one component more, for the order in
 * which clocks were read.
 */
public final class ExactSystem implements TransitionSystem {
    private final BpfSystem system;
    private final TransitionSystem steps;
    private final int width;
    private final Interned<ImmutableList<Symbol>> samples = new Interned<>(Lists.immutable.empty());

    private final boolean clocks;
    private final Decisions decisions;

    private ExactSystem(BpfSystem system, boolean clocks, Decisions decisions) {
        this.decisions = decisions;
        this.system = system;
        this.clocks = clocks;
        this.steps = clocks ? system : new Selected(system, system.stubbornSets());
        this.width = system.width();
    }

    /**
     * {@return what {@code use} makes of the system}
     *
     * @param clocks whether it is known in what order clocks were read; otherwise fewer conditions are known, of fewer states, and steps
     *     that nobody's future can touch are left for later
     * @param decisions remembers what was decided
     */
    public static <R> R with(Scenario scenario, boolean clocks, Decisions decisions, Function<ExactSystem, R> use) {
        return Systems.unforgetting(scenario, system -> use.apply(new ExactSystem(system, clocks, decisions)));
    }

    /** {@return whether inputs can satisfy the conditions} */
    public Decision decide(Conditions conditions) {
        return decisions.of(CurrentThreads.different(system.scenario(), conditions));
    }

    /** {@return the system without the order of clocks} */
    public BpfSystem system() {
        return system;
    }

    @Override
    public int width() {
        return width + 1;
    }

    @Override
    public long named() {
        return steps.named() + samples.size();
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
            after[width] = !clocks ? 0 : samples.number(samples.value(state[width]).newWithAll(clocksRead(before, actor, choice)));
            if (!learned(before, after, actor) || !(decide(conditions(after)) instanceof Decision.Contradiction)) {
                sink.accept(actor, choice, after);
            }
        });
    }

    private ImmutableList<Symbol> clocksRead(int[] before, int actor, int choice) {
        return !(system.run(actor, before[actor]).state().operation() instanceof VisibleOperation.ReadClock) ? Lists.immutable.empty()
                : system.notices(before, actor, choice).selectInstancesOf(Notice.ClockRead.class).collect(Notice.ClockRead::sample);
    }

    /** {@return whether a step has added to the conditions} */
    private boolean learned(int[] before, int[] after, int actor) {
        boolean learned = !system.run(actor, before[actor]).state().facts().equals(system.run(actor, after[actor]).state().facts());
        for (int map = 0; map < system.scenario().object().maps().size() && !learned; map++) {
            int component = system.layout().bindings(map);
            learned = before[component] != after[component];
        }
        return learned;
    }

    /** {@return the state without the order of clocks} */
    public int[] state(int[] exact) {
        return Arrays.copyOf(exact, width);
    }

    /** {@return the path without the order of clocks} */
    public Path path(Path exact) {
        return new Path(Step.of(0, 0, state(exact.initial().toArray())).state(),
                exact.steps().collect(s -> Step.of(s.actor(), s.choice(), state(s.state().toArray()))));
    }

    /** {@return the runs as they are in a state, by agent} */
    public ImmutableList<PrivateState> runs(int[] exact) {
        return Lists.immutable.withAll(IntStream.range(0, system.actors()).mapToObj(agent -> system.run(agent, exact[agent]).state()).toList());
    }

    /** {@return what the order of a path asks of inputs: of clocks that it reads, and of tasks that are interrupted} */
    public ImmutableList<Literal> order(Path path) {
        MutableList<Symbol> read = Lists.mutable.empty();
        for (int i = 0; i < path.steps().size(); i++) {
            Step step = path.steps().get(i);
            read.addAllIterable(clocksRead(path.before(i), step.actor(), step.choice()));
        }
        return PathConditions.inOrder(read.toImmutable()).newWithAll(CurrentThreads.onTop(system, path));
    }

    /** {@return what inputs must satisfy for a state to be reached} No inputs that lead there violate any of it. */
    public Conditions conditions(int[] exact) {
        var view = system.view(state(exact));
        ImmutableList<Bindings> bindings = system.scenario().object().maps().collect(m -> view.bindings(m.index()));
        return PathConditions.of(runs(exact), bindings).and(PathConditions.inOrder(samples.value(exact[width])));
    }

    /** {@return alternatives of what is wanted besides} */
    public ImmutableList<Conditions> conditions(int[] exact, Wanted wanted) {
        Conditions reached = conditions(exact);
        return wanted.in(system.view(state(exact)), runs(exact)).collect(reached::and);
    }
}
