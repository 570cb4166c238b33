package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Place;
import bpfmc.model.memory.Bindings;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What maps hold in one state, by the places of conditions. @param memory finds elements @param cpus how many there are */
record Contents(MemoryModel memory, int cpus, IntFunction<Element> elements, IntFunction<Bindings> bindings) {

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

    /** {@return the elements that the place is in} */
    ImmutableList<Integer> slots(Place place) {
        return place.key().isEmpty() ? memory.all(place.map(), cpus, bindings)
                : memory.find(place.map(), place.key().get(), cpus, bindings).orElse(Lists.immutable.empty());
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
