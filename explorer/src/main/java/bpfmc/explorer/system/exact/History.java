package bpfmc.explorer.system.exact;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Conditions;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What conditions on inputs rest on besides what runs and maps remember.
 *
 * @param samples of clocks, in the order in which they were taken @param tops which agents have come on top of which
 */
record History(ImmutableList<Symbol> samples, ImmutableList<Top> tops) {
    static final History NONE = new History(Lists.immutable.empty(), Lists.immutable.empty());

    /** @param upper agent that began @param lower agent that was under way on the same CPU */
    record Top(int upper, int lower) {}

    /** {@return the history after a step} @param before the state that it is taken in */
    History after(BpfSystem system, int[] before, int actor, int choice) {
        if (!system.isAgent(actor)) {
            return this;
        }
        ImmutableList<Symbol> read = system.run(actor, before[actor]).state().operation() instanceof VisibleOperation.ReadClock
                ? system.notices(before, actor, choice).selectInstancesOf(Invalidation.ClockRead.class).collect(Invalidation.ClockRead::sample) : Lists.immutable.empty();
        ImmutableList<Top> begun = system.underway(before, actor) ? Lists.immutable.empty()
                : Lists.immutable.withAll(java.util.stream.IntStream.range(0, system.scenario().agents().size()).filter(lower -> lower != actor && system.underway(before, lower)
                        && system.scenario().agents().get(lower).cpu() == system.scenario().agents().get(actor).cpu()).mapToObj(lower -> new Top(actor, lower)).toList());
        return read.isEmpty() && begun.isEmpty() ? this : new History(samples.newWithAll(read), tops.newWithAll(begun));
    }

    /** {@return the conditions with what the history adds to them} */
    Conditions of(Conditions conditions, Scenario scenario) {
        return conditions.and(PathConditions.inOrder(samples))
                .and(tops.flatCollect(t -> CurrentThreads.onTop(scenario, t.upper(), t.lower())));
    }
}
