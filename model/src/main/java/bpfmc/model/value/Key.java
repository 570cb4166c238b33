package bpfmc.model.value;

import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** A map key: its bytes as little-endian words of 8 bytes, the last one as long as what remains. */
public record Key(ImmutableList<Term> words) implements Comparable<Key> {

    /** {@return the key of at most 8 bytes} */
    public static Key of(long number) {
        return new Key(Lists.immutable.with(Terms.constant(number)));
    }

    /** {@return the key of these bytes} */
    public static Key of(byte[] bytes) {
        MutableList<Term> words = Lists.mutable.empty();
        for (int at = 0; at < bytes.length; at += Long.BYTES) {
            long word = 0;
            for (int i = Math.min(bytes.length, at + Long.BYTES) - 1; i >= at; i--) {
                word = word << 8 | bytes[i] & 0xff;
            }
            words.add(Terms.constant(word));
        }
        return new Key(words.toImmutable());
    }

    /** {@return the byte at this offset of a key whose bytes are known} */
    public byte byteAt(int offset) {
        return (byte) (((Constant) words.get(offset / Long.BYTES)).value() >>> 8 * (offset % Long.BYTES));
    }

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
