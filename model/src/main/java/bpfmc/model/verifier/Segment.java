package bpfmc.model.verifier;

import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.HashSet;
import java.util.Set;

/**
 * The part of a way since the last checkpoint: which conditions it passed that were open both ways. With them it is known on which of the
 * checkpoint's numbers a later number rests ({@link Checkpoint}).
 *
 * @param from where it began
 * @param links the conditions passed, the last one first; null for none
 */
record Segment(Checkpoint from, Link links) {
    /**
     * A condition that connects what is known of some unknowns.
     *
     * @param numbers of the checkpoint that its operands come from, one bit each
     */
    record Link(Set<Symbol> symbols, long numbers, Link before) {}

    /** {@return the segment after an open condition on these terms} @param numbers that the operands come from */
    Segment passed(Set<Symbol> symbols, long numbers) {
        return symbols.isEmpty() ? this : new Segment(from, new Link(symbols, numbers, links));
    }

    /** {@return the segment after a number was made of which only a range is known: it may rest on all that was passed} */
    Segment forgot(Set<Symbol> symbols, long numbers) {
        long all = numbers | from.named();
        for (Link l = links; l != null; l = l.before) {
            all |= l.numbers;
        }
        return new Segment(from, new Link(symbols, all, links));
    }

    /** {@return the checkpoint's numbers that a number rests on, with all that is known of it} */
    long restsOn(Term term, long numbers) {
        return term.isConstant() ? numbers : restsOn(symbols(term), numbers);
    }

    long restsOn(Set<Symbol> of, long numbers) {
        Set<Symbol> symbols = new HashSet<>(of);
        long all = numbers;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Link l = links; l != null; l = l.before) {
                if (l.symbols.stream().anyMatch(symbols::contains) && ((all | l.numbers) != all || !symbols.containsAll(l.symbols))) {
                    symbols.addAll(l.symbols);
                    all |= l.numbers;
                    grown = true;
                }
            }
        }
        for (Symbol s : symbols) {
            all |= from.holding(s);
        }
        return all;
    }

    /** {@return the checkpoint's numbers that what is known of a value rests on; an address's constant offset is no number} */
    long restsOn(Value value) {
        return switch (value) {
            case null -> 0;
            case Value.Scalar s -> restsOn(s.term(), s.loads());
            case Value.Pointer p -> restsOn(p.offset(), 0);
        };
    }

    static Set<Symbol> symbols(Term term) {
        Set<Symbol> symbols = new HashSet<>();
        Terms.forEachSymbol(term, symbols::add);
        return symbols;
    }
}
