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
        return region instanceof Region.Element e ? new Region.Element(slots.applyAsInt(e.slot()), e.life()) : region;
    }

    /** {@return the value by its new names} */
    public Value of(Value value) {
        return switch (value) {
            case Value.Scalar s -> new Value.Scalar(of(s.term()), s.loads());
            case Value.Pointer p -> p.at(of(p.region()), of(p.offset()));
        };
    }
}
