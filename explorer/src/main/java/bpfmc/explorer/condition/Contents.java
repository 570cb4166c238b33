package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number;
import bpfmc.explorer.condition.Condition.Place;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What conditions read in one state.
 *
 * @param memory finds elements @param cpus how many there are @param runs the agents' own states
 */
record Contents(MemoryModel memory, int cpus, IntFunction<Element> elements, IntFunction<KeyPartition> bindings, ImmutableList<PrivateState> runs) {

    /** What is known of an element. */
    enum Presence { THERE, ABSENT, UNKNOWN }

    /** {@return whether the place is there; a sum always is} */
    Presence presence(Place place) {
        return place.key().isEmpty() ? Presence.THERE
                : memory.find(place.map(), place.key().get(), cpus, bindings).map(s -> s.isEmpty() ? Presence.ABSENT : Presence.THERE)
                        .orElse(Presence.UNKNOWN);
    }

    /** {@return what the place holds, all of its elements added up} */
    Term value(Place place) {
        Term sum = Constant.ZERO;
        for (int slot : slots(place)) {
            Term one = elements.apply(slot).read(slot, place.offset(), place.size());
            sum = Terms.add(sum, place.signed() && place.size() < 8 ? Terms.signExtend(one, place.size()) : one);
        }
        return sum;
    }

    /** {@return what the runs return, added up; empty when it is of one that the guard against recursion sent away} */
    Optional<Term> returned(Number.Returned of) {
        ImmutableList<Term> values = Lists.immutable.withAll(of.runs().collect(this::returned)).select(Optional::isPresent).collect(Optional::get);
        return values.isEmpty() && of.where() == Number.Where.ONE ? Optional.empty() : Optional.of(values.injectInto((Term) Constant.ZERO, Terms::add));
    }

    private Optional<Term> returned(int run) {
        return runs.get(run).operation() instanceof VisibleOperation.End end ? end.returned().map(r -> Element.toShared(r.term(), run))
                : Optional.empty();
    }

    /** {@return the elements that the place is in} */
    ImmutableList<Integer> slots(Place place) {
        return place.key().isEmpty() ? memory.all(place.map(), cpus, bindings)
                : memory.find(place.map(), place.key().get(), cpus, bindings).orElse(Lists.immutable.empty());
    }

    /** {@return whether the literal holds, by what unknowns can be at all and by what runs that have ended know of theirs} */
    Optional<Boolean> decide(Literal literal) {
        Optional<Boolean> always = Facts.NONE.decide(literal);
        for (int run = 0; run < runs.size() && always.isEmpty(); run++) {
            always = Element.toShared(runs.get(run).facts(), run).decide(literal);
        }
        return always;
    }

    /** {@return the same memory, with the agents as they are here} */
    Contents withRuns(ImmutableList<PrivateState> agents) {
        return new Contents(memory, cpus, elements, bindings, agents);
    }

    /** {@return whether no lock of the elements that the place is in is owned} */
    boolean unlocked(Place place) {
        return slots(place).allSatisfy(s -> elements.apply(s).locks().isEmpty());
    }

    /** {@return a place of which it is not known whether it is there} */
    Optional<Place> unknown(Condition condition) {
        return condition.places().detectOptional(p -> presence(p) == Presence.UNKNOWN);
    }
}
