package bpfmc.model.memory;

import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Renaming;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import bpfmc.model.value.Words;
import java.util.OptionalInt;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * One map value in memory: its bytes and the owners of its locks. Unknowns are named for all agents. The element does
 * not know its own identity; whoever reads names the slot, from which the unknown first contents get their names.
 *
 * @param cells what has been written
 * @param locks the locks that are taken, by offset
 */
public record Element(Cells cells, ImmutableList<TakenLock> locks) {
    public static final Element UNTOUCHED = new Element(Cells.EMPTY, Lists.immutable.empty());

    /** Bytes of a struct bpf_spin_lock. */
    static final int LOCK_SIZE = 4;

    /** @param offset of the lock in the value @param owner the agent's number */
    public record TakenLock(int offset, int owner) {}

    /** {@return the number in these bytes} @param size 1 to 8 */
    public Term read(int slot, int offset, int size) {
        return ((Value.Scalar) cells.read(offset, size, initially(slot))).term();
    }

    /** {@return the bytes, from offset 0, in the cells they were written in} */
    public Cells copyOut(int slot, int offset, int size) {
        MutableList<Cells.Cell> copy = Lists.mutable.empty();
        int at = offset;
        while (at < offset + size) {
            int bytes = Math.min(offset + size - at, Math.min(cells.runAt(at), 8 - Math.floorMod(at, 8)));
            copy.add(new Cells.Cell(at - offset, bytes, Value.of(read(slot, at, bytes))));
            at += bytes;
        }
        return new Cells(copy.toImmutable());
    }

    /** {@return the element after a store} */
    public Element write(int slot, int offset, int size, Term value) {
        return new Element(cells.write(offset, size, Value.of(value), initially(slot)), locks);
    }

    /** {@return the element after each of these cells has been stored, {@code offset} further on} */
    public Element copyIn(int slot, int offset, Cells contents) {
        return new Element(cells.writeAll(offset, contents.map(Element::stored), initially(slot)), locks);
    }

    /** {@return the value as memory holds it, which does not know what loads it comes from} */
    private static Value stored(Value value) {
        return ((Value.Scalar) value).loads() == 0 ? value : Value.of(((Value.Scalar) value).term());
    }

    /** {@return the owner of the lock at this offset, -1 when it is free} */
    public int owner(int offset) {
        TakenLock taken = locks.detect(l -> l.offset() == offset);
        return taken == null ? -1 : taken.owner();
    }

    /** {@return the element with the lock at this offset owned, or free when {@code owner} is -1} */
    public Element withOwner(int offset, int owner) {
        MutableList<TakenLock> after = locks.reject(l -> l.offset() == offset).toList();
        if (owner >= 0) {
            after.add(new TakenLock(offset, owner));
            after.sortThisByInt(TakenLock::offset);
        }
        return new Element(cells, after.toImmutable());
    }

    /**
     * {@return the lock word at this offset; empty when it is not a known number} Nobody has written to it before a program or a
     * lock does, and until then it is 0.
     */
    OptionalInt lockWord(int slot, int offset) {
        Term word = read(slot, offset, LOCK_SIZE);
        return word instanceof Constant c ? OptionalInt.of((int) c.value())
                : word.equals(UNTOUCHED.read(slot, offset, LOCK_SIZE)) ? OptionalInt.of(0) : OptionalInt.empty();
    }

    /** {@return the element with this lock word; a 0 leaves no trace} */
    public Element withLockWord(int slot, int offset, int word) {
        return word == 0 ? new Element(cells.without(offset, LOCK_SIZE, initially(slot)), locks)
                : write(slot, offset, LOCK_SIZE, Terms.constant(Integer.toUnsignedLong(word)));
    }

    /** {@return the element as a program sees it that may reach the lock word at this offset: an untouched one is 0} */
    Element withLockWordShown(int slot, int offset) {
        return read(slot, offset, LOCK_SIZE).equals(UNTOUCHED.read(slot, offset, LOCK_SIZE)) ? write(slot, offset, LOCK_SIZE, Constant.ZERO) : this;
    }

    /** {@return the element as it is when agents and elements have other numbers} */
    public Element rename(Renaming names) {
        Cells renamed = cells.map(names::of);
        return renamed == cells && locks.isEmpty() ? this
                : new Element(renamed, locks.collect(l -> new TakenLock(l.offset(), names.agents().applyAsInt(l.owner()))));
    }

    private static Cells.Gaps initially(int slot) {
        return (offset, size) -> Words.read(offset, size,
                word -> new Symbol(Symbol.INITIAL, Symbol.Kind.ELEMENT, slot, word, 8));
    }

    /** {@return a term known to all as this agent sees it: its own unknowns relative to itself} */
    public static Term toAgent(Term shared, int agent) {
        return Terms.substitute(shared, s -> s.owner() == agent ? owned(s, Symbol.OWN) : s);
    }

    /** {@return an agent's term as all see it} */
    public static Term toShared(Term own, int agent) {
        return Terms.substitute(own, s -> s.owner() == Symbol.OWN ? owned(s, agent) : s);
    }

    /** {@return what an agent knows of its unknowns, with these renamed as above} */
    public static Facts toShared(Facts own, int agent) {
        return own.rename(s -> s.owner() == Symbol.OWN ? owned(s, agent) : s);
    }

    private static Symbol owned(Symbol s, int owner) {
        return new Symbol(owner, s.kind(), s.index(), s.detail(), s.bytes());
    }
}
