package bpfmc.model.value;

import java.util.function.IntUnaryOperator;

/**
 * Other numbers for those who take part: CPUs that nothing tells apart may change places, and then everything that names
 * them has to name the other one. The names {@link Symbol#OWN} and {@link Symbol#INITIAL} stay.
 *
 * @param agents new numbers of agents @param cpus of CPUs @param slots of elements
 */
public record Renaming(IntUnaryOperator agents, IntUnaryOperator cpus, IntUnaryOperator slots) {

    /** {@return the unknown by its new name} */
    public Symbol of(Symbol s) {
        int owner = s.owner() >= 0 ? agents.applyAsInt(s.owner()) : s.owner();
        int index = s.kind() == Symbol.Kind.ELEMENT || s.kind() == Symbol.Kind.ADDRESS && Place.of(s).inElement() ? slots.applyAsInt(s.index()) : s.index();
        return owner == s.owner() && index == s.index() ? s : new Symbol(owner, s.kind(), index, s.detail(), s.bytes());
    }

    /** {@return the term with all its unknowns by their new names} */
    public Term of(Term term) {
        return Terms.substitute(term, this::of);
    }

    /** {@return the key by its new names} */
    public Key of(Key key) {
        return key.substitute(this::of);
    }

    /** {@return the region by its new name} */
    public Region of(Region region) {
        if (!(region instanceof Region.Element e)) {
            return region;
        }
        int slot = slots.applyAsInt(e.slot());
        return slot == e.slot() ? e : new Region.Element(slot, e.life());
    }

    /** {@return the value by its new names; the value itself when it has none} */
    public Value of(Value value) {
        return switch (value) {
            case Value.Scalar s -> {
                Term term = of(s.term());
                yield term == s.term() ? s : new Value.Scalar(term, s.loads());
            }
            case Value.Pointer p -> {
                Region region = of(p.region());
                Term offset = of(p.offset());
                yield region == p.region() && offset == p.offset() ? p : p.at(region, offset);
            }
        };
    }
}
