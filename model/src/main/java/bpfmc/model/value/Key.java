package bpfmc.model.value;

import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/** A map key: its bytes as little-endian words of 8 bytes, the last one as long as what remains. */
public record Key(ImmutableList<Term> words) {

    /** {@return whether every byte is known} */
    public boolean isConstant() {
        return words.allSatisfy(Term::isConstant);
    }

    public Key substitute(Function<Symbol, ? extends Term> replacement) {
        return new Key(words.collect(w -> Terms.substitute(w, replacement)));
    }

    @Override
    public String toString() {
        return words.makeString("{", ", ", "}");
    }
}
