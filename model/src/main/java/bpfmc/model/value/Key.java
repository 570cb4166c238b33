package bpfmc.model.value;

import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;

/** A map key: its bytes as little-endian words of 8 bytes, the last one as long as what remains. */
public record Key(ImmutableList<Term> words) implements Comparable<Key> {

    /** {@return whether every byte is known} */
    public boolean isConstant() {
        return words.allSatisfy(Term::isConstant);
    }

    @Override
    public int compareTo(Key other) {
        int c = Integer.compare(words.size(), other.words.size());
        for (int i = 0; c == 0 && i < words.size(); i++) {
            c = TermOrder.compare(words.get(i), other.words.get(i));
        }
        return c;
    }

    public Key substitute(Function<Symbol, ? extends Term> replacement) {
        return new Key(words.collect(w -> Terms.substitute(w, replacement)));
    }

    @Override
    public String toString() {
        return words.makeString("{", ", ", "}");
    }
}
