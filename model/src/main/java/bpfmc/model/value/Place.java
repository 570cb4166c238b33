package bpfmc.model.value;

import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Where an object lies in the kernel's memory, as an unknown: the address of its first byte, which the kernel chooses. Two objects that are
 * there at the same time never overlap; which lies below the other is the kernel's choice.
 *
 * @param of what is there @param size of the object in bytes
 */
public record Place(Of of, int size) {
    private static final int SIZE_BITS = 24;

    /** Kinds of objects. */
    public enum Of {
        /** A value of a hash map, of a per-CPU map, or a data section. */
        ELEMENT(8),
        /** A value of an array: all of one map lie beside each other. */
        ARRAY_ELEMENT(8),
        MAP(8),
        /** A function's frame; the address is that of its end. */
        STACK(8),
        CONTEXT(8),
        PACKET(1),
        /** Memory that was allocated, or reserved. */
        MEMORY(8),
        CODE(1);

        private final int alignment;

        Of(int alignment) {
            this.alignment = alignment;
        }

        /** {@return what divides the address} */
        public int alignment() {
            return alignment;
        }
    }

    /** {@return the unknown address} @param owner whose object it is, {@link Symbol#INITIAL} when all share it @param index its name among its kind */
    public Symbol at(int owner, int index) {
        return new Symbol(owner, Symbol.Kind.ADDRESS, index, of.ordinal() << SIZE_BITS | Math.min(size, (1 << SIZE_BITS) - 1), Long.BYTES);
    }

    /** {@return what lies there} @param symbol of kind ADDRESS */
    public static Place of(Symbol symbol) {
        return new Place(Of.values()[symbol.detail() >>> SIZE_BITS], symbol.detail() & (1 << SIZE_BITS) - 1);
    }

    /** {@return whether it is a value of a map} */
    public boolean inElement() {
        return of == Of.ELEMENT || of == Of.ARRAY_ELEMENT;
    }

    /** {@return whether two objects are surely there at the same time} Runs may be over before others begin, and allocated memory may be freed. */
    public static boolean together(Symbol a, Symbol b) {
        boolean passing = of(a).of() == Of.MEMORY && of(b).of() == Of.MEMORY;
        return a.owner() == Symbol.INITIAL || b.owner() == Symbol.INITIAL || a.owner() == b.owner() && !passing;
    }

    /** {@return the address of the object's first byte} A frame's unknown is that of its end. */
    public static Term first(Symbol address) {
        return of(address).of() == Of.STACK ? Terms.add(address, Terms.constant(-of(address).size())) : address;
    }

    /** {@return conditions of which one holds when the objects do not overlap} */
    public static ImmutableList<Literal> apart(Symbol a, Symbol b) {
        return Lists.immutable.with(below(a, b), below(b, a));
    }

    /** {@return that an object ends where the other begins, or before} */
    private static Literal below(Symbol a, Symbol b) {
        return new Literal(new Comparison(Order.LESS_UNSIGNED, first(b), Terms.add(first(a), Terms.constant(of(a).size()))), false);
    }
}
