package bpfmc.model.value;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * {@code constant + coefficient * term + ...} modulo 2^64. The terms are in ascending order, none is a constant or a
 * sum, no coefficient is zero; a sum has at least one product, and a constant or a coefficient beside a lone term.
 */
public record Sum(long constant, ImmutableList<Product> products) implements Term {
    public record Product(long coefficient, Term term) {}

    @Override
    public String toString() {
        String text = products.collect(p -> p.coefficient() == 1 ? p.term().toString() : p.coefficient() + "*" + p.term())
                .makeString(" + ");
        return "(" + (constant == 0 ? text : text + " + " + constant) + ")";
    }
}
